/** 月报, for those who answer for a street, a community or an estate. */
import type { Context } from 'hono';
import { download, estatesWithin, type Place, type ProductDeps } from '../places/index.ts';
import {
  answer,
  cutPage,
  fileAnswer,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  XLSX_TYPE,
  type Role,
} from '../platform/index.ts';
import { writeXlsx } from '../platform/files/index.ts';
import * as examples from './disclosure.examples.ts';
import * as schemas from './disclosure.schemas.ts';
import { estateOfReportView, reportView } from './disclosure.views.ts';
import { estatesOfReport, monthReport } from './read-report.ts';
import { reportSheet } from './report-sheet.ts';

const READS = ['staff', 'auditor', 'operator'] as const satisfies readonly Role[];
const atPlace = (c: Context) => c.req.param('place');
/** A shop is no place of which there is a report. */
const REPORTED: ReadonlySet<string> = new Set(['district', 'street', 'community', 'estate']);

export const reportRoutes = (deps: ProductDeps) => {
  const { engine, places } = deps;
  const placeNamed = async (id: string): Promise<Place | undefined> => {
    const place = await places.find(id);
    return place && REPORTED.has(place.kind) ? place : undefined;
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/reports/{month}',
        summary: '月报：人数、时长、发放、使用、结余 · The monthly report',
        access: { who: READS, at: atPlace, scope: 'reports:read' },
        request: { params: schemas.PlaceMonthParams },
        responses: { 200: answer(schemas.ReportSchema, '月报 · Report') },
        problems: ['month-to-come'],
        example: examples.report,
      }),
      async (c) => {
        const { place: id, month } = c.req.valid('param');
        const place = await placeNamed(id);
        if (!place) return refuse(c, problem('not-found'));
        const found = await monthReport(deps, { place, month });
        return isProblem(found) ? refuse(c, found) : c.json(reportView(found), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/reports/{month}/estates',
        summary: '月报：每个小区 · The report, estate by estate',
        access: { who: READS, at: atPlace, scope: 'reports:read' },
        request: { params: schemas.PlaceMonthParams, query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.ReportEstatesSchema, '小区 · Estates') },
        example: examples.reportEstates,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const { place: id, month } = c.req.valid('param');
        const place = await placeNamed(id);
        if (!place) return refuse(c, problem('not-found'));
        const after = page.after === undefined ? '' : String(page.after.id);
        const all = (await estatesWithin(engine, place)).filter((estate) => estate.id > after);
        const cut = cutPage(page, all, (estate) => ({ value: estate.id, id: estate.id }));
        const items = await estatesOfReport(engine, { estates: cut.items, month });
        return c.json({ ...cut, items: items.map(estateOfReportView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/reports/{month}/file',
        summary: '下载月报 · The report as a workbook',
        access: { who: READS, at: atPlace, scope: 'reports:read' },
        request: { params: schemas.PlaceMonthParams },
        responses: { 200: fileAnswer('XLSX 文件 · An XLSX file', XLSX_TYPE) },
        problems: ['month-to-come'],
        example: examples.reportFile,
      }),
      async (c) => {
        const { place: id, month } = c.req.valid('param');
        const place = await placeNamed(id);
        if (!place) return refuse(c, problem('not-found'));
        const report = await monthReport(deps, { place, month });
        if (isProblem(report)) return refuse(c, report);
        const estates = await estatesOfReport(engine, {
          estates: await estatesWithin(engine, place),
          month,
        });
        const name = `积分月报-${place.name}-${month}`;
        return download(writeXlsx(reportSheet(report, estates)), { name, format: 'xlsx' });
      },
    );
};

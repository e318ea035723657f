/** Files of an estate: the roster is checked, taken in, and its refused rows given back; past imports are listed. */
import type { Context } from 'hono';
import {
  actorOf,
  actorText,
  answer,
  cutPage,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { followImport, listImportRuns } from './import-runs.ts';
import { getImport, listImports } from './imports.ts';
import { importRoster, readRoster } from './import-roster.ts';
import type { ProductDeps } from './index.ts';
import * as schemas from './places.schemas.ts';
import { importReportView, importRunView, importView } from './places.views.ts';
import { answerRejectedRows, givesRejectedRows } from './rejected-rows.ts';
import { confirmedIn, readUpload, RejectedQuery, UploadQuery } from './upload.ts';
import * as examples from './import.examples.ts';

const LOOKS_UP = ['staff', 'accountant', 'finance_lead', 'auditor', 'operator'] as const;

export const importRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfImport = async (c: Context): Promise<string | undefined> =>
    (await getImport(engine, c.req.param('import') ?? ''))?.place;

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/roster',
        summary: '导入花名册 · Import the roster of an estate',
        description:
          '整个文件一次写入：要么全部导入，要么什么都不写。The whole file is written at once, or nothing of it.',
        access: { who: ['staff', 'operator'], at: (c) => c.req.param('estate') },
        upload: true,
        request: { params: schemas.EstateParams, query: UploadQuery },
        responses: { 200: answer(schemas.ImportReportSchema, '结果 · Result') },
        problems: ['too-large', 'invalid-input', 'not-confirmed'],
        example: examples.takeRoster,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const file = await readUpload(c, query);
        if (isProblem(file)) return refuse(c, file);
        const [{ estate }, actor, dryRun] = [c.req.valid('param'), actorOf(c), query.dryRun === 'true'];
        const { fileName } = file;
        const of = { place: estate, kind: 'roster' as const, fileName, by: actorText(actor), dryRun };
        const report = await followImport(deps, of, (onStage) =>
          importRoster(deps, { estate, file, dryRun, confirmed: confirmedIn(query), actor, onStage }),
        );
        return isProblem(report) ? refuse(c, report) : c.json(importReportView(report), 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/estates/{estate}/roster/rejected',
        summary: '花名册中未能导入的行 · The refused rows of a roster, to be mended',
        access: { who: ['staff', 'operator'], at: (c) => c.req.param('estate') },
        ...givesRejectedRows,
        request: { params: schemas.EstateParams, query: RejectedQuery },
        example: examples.rosterRejected,
      }),
      (c) =>
        answerRejectedRows(c, c.req.valid('query'), (file) =>
          readRoster(deps, { estate: c.req.valid('param').estate, file }),
        ),
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/imports',
        summary: '导入过的文件 · Files that were imported',
        access: { who: LOOKS_UP, at: (c) => c.req.param('estate') },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(['newest']).extend(schemas.ImportsQuery.shape),
        },
        responses: { 200: answer(schemas.ImportsSchema, '导入记录 · Imports') },
        example: examples.listImports,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listImports(engine, {
          place: c.req.valid('param').estate,
          kind: query.kind,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: cut.items.map(importView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/import-runs',
        summary: '正在导入和导入过的文件：到哪一步，结果怎样 · Files on their way in, and what came of them',
        description:
          '离开页面后导入照样继续；这里看得到进度和结果。An import goes on when its page is left; here one sees how far it is and what came of it.',
        access: { who: LOOKS_UP, at: (c) => c.req.param('estate') },
        request: {
          params: schemas.EstateParams,
          query: pageQuery(['newest']).extend(schemas.ImportsQuery.shape),
        },
        responses: { 200: answer(schemas.ImportRunsSchema, '导入 · Imports') },
        example: examples.listImportRuns,
      }),
      async (c) => {
        const query = c.req.valid('query');
        const page = parsePage(query, 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listImportRuns(engine, {
          ...{ place: c.req.valid('param').estate, kind: query.kind, limit: page.limit + 1 },
          ...(page.after && { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const by = { reader: actorText(actorOf(c)), now: deps.clock() };
        return c.json({ ...cut, items: cut.items.map((row) => importRunView(row, by)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/imports/{import}',
        summary: '一次导入 · One import',
        access: { who: LOOKS_UP, at: placeOfImport },
        request: { params: schemas.ImportParams },
        responses: { 200: answer(schemas.ImportSchema, '导入记录 · Import') },
        example: examples.oneImport,
      }),
      async (c) => {
        const row = await getImport(engine, c.req.valid('param').import);
        return row ? c.json(importView(row), 200) : refuse(c, problem('not-found'));
      },
    );
};

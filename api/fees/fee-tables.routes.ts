/** The firm's lists as files; each one that is taken away stands in the access log. */
import type { Context } from 'hono';
import { logAccess } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  actorText,
  CSV_TYPE,
  fileAnswer,
  newModule,
  route,
  XLSX_TYPE,
  type AppEnv,
} from '../platform/index.ts';
import { downloadTable, type OutCell } from '../platform/files/index.ts';
import { monthOf } from '../programme/index.ts';
import * as examples from './fee-tables.examples.ts';
import { billTable, breakTable, offsetTable } from './fee-tables.ts';
import * as schemas from './fees.schemas.ts';

const LOOKS_UP = ['accountant', 'finance_lead', 'auditor'] as const;
const file = { 200: fileAnswer('XLSX 或 CSV 文件 · An XLSX or CSV file', XLSX_TYPE, CSV_TYPE) };

export const feeTableRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  const access = { who: LOOKS_UP, at: (c: Context) => c.req.param('estate'), scope: 'fees:read' } as const;

  /** Written down before the first row is read. */
  async function given(
    c: Context<AppEnv>,
    what: { estate: string; subject: string; format: 'xlsx' | 'csv' | 'csv-gb18030' | undefined },
    table: { name: string; rows: AsyncIterable<readonly OutCell[]>; widths: readonly number[] },
  ): Promise<Response> {
    const { estate, subject, format = 'xlsx' } = what;
    const by = { id: deps.ids(), at: clock(), actor: actorText(actorOf(c)), action: 'export' as const };
    await logAccess(engine, { ...by, subject: `${subject}:${estate}`, place: estate, reason: '' });
    return downloadTable(table.rows, { name: table.name, format, widths: table.widths });
  }

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/bills/file',
        summary: '下载账单 · The bills of a month as a file',
        description: '与列表用同样的条件。With the conditions of the list.',
        access,
        request: {
          params: schemas.EstateParams,
          query: schemas.FormatQuery.extend(schemas.BillFilterQuery.shape),
        },
        responses: file,
        example: examples.billFile,
      }),
      (c) => {
        const { estate } = c.req.valid('param');
        const { format, period = monthOf(clock()), house, state } = c.req.valid('query');
        const filter = { estate, period, ...(house !== undefined && { house }), ...(state && { state }) };
        const rows = billTable(engine, filter);
        const table = { name: `账单-${period}`, rows, widths: [16, 14, 10, 12, 12, 12, 12, 12] };
        return given(c, { estate, subject: 'bills', format }, table);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/offsets/file',
        summary: '下载抵扣单列表 · The offsets of a state as a file',
        access,
        request: {
          params: schemas.EstateParams,
          query: schemas.FormatQuery.extend(schemas.OffsetStateQuery.shape),
        },
        responses: file,
        example: examples.offsetFile,
      }),
      (c) => {
        const { estate } = c.req.valid('param');
        const { format, state = 'held' } = c.req.valid('query');
        const rows = offsetTable(engine, { estate, state });
        const table = { name: '抵扣单', rows, widths: [16, 14, 10, 14, 10, 12, 24, 12, 12] };
        return given(c, { estate, subject: 'offset-list', format }, table);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/breaks/file',
        summary: '下载差异 · The breaks of an estate as a file',
        access,
        request: {
          params: schemas.EstateParams,
          query: schemas.FormatQuery.extend(schemas.BreakStateQuery.shape),
        },
        responses: file,
        example: examples.breakFile,
      }),
      (c) => {
        const { estate } = c.req.valid('param');
        const { format, state = 'open' } = c.req.valid('query');
        const rows = breakTable(engine, { estate, state });
        const table = { name: '差异', rows, widths: [30, 16, 14, 12, 14, 12, 10, 24, 10, 30] };
        return given(c, { estate, subject: 'breaks', format }, table);
      },
    );
};

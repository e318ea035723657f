/** The firm's lists as files; each one that is taken away stands in the access log. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { newModule, pageQuery, route } from '../platform/index.ts';
import { monthOf } from '../programme/index.ts';
import * as examples from './fee-tables.examples.ts';
import { billTable, offsetTable } from './fee-tables.ts';
import * as schemas from './fees.schemas.ts';
import { BILL_SORTS } from './find-bills.ts';
import { OFFSET_SORTS } from './offsets.ts';

const LOOKS_UP = ['accountant', 'finance_lead', 'auditor'] as const;

export const feeTableRoutes = (deps: ProductDeps) => {
  const { engine, clock } = deps;
  const access = { who: LOOKS_UP, at: (c: Context) => c.req.param('estate'), scope: 'fees:read' } as const;

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/bills/file',
        summary: '下载账单 · The bills of a month as a file',
        description: '与列表用同样的条件和排序。With the conditions and the order of the list.',
        access,
        request: {
          params: schemas.EstateParams,
          query: FormatQuery.extend(schemas.BillFilterQuery.shape).extend(
            pageQuery(BILL_SORTS).pick({ sort: true }).shape,
          ),
        },
        responses: tableAnswer,
        example: examples.billFile,
      }),
      (c) => {
        const { estate } = c.req.valid('param');
        const { format, period = monthOf(clock()), house, state, sort = 'newest' } = c.req.valid('query');
        const filter = {
          estate,
          period,
          sort,
          ...(house !== undefined && { house }),
          ...(state && { state }),
        };
        const rows = billTable(engine, filter);
        const of = { subject: 'bills', place: estate, format, name: `账单-${period}` };
        return giveTable(deps, c, { ...of, rows, widths: [16, 14, 10, 12, 12, 12, 12, 12] });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/estates/{estate}/offsets/file',
        summary: '下载抵扣单列表 · The offsets of the list as a file',
        access,
        request: {
          params: schemas.EstateParams,
          query: FormatQuery.extend(schemas.OffsetFilterQuery.shape).extend(
            pageQuery(OFFSET_SORTS).pick({ sort: true }).shape,
          ),
        },
        responses: tableAnswer,
        example: examples.offsetFile,
      }),
      (c) => {
        const { estate } = c.req.valid('param');
        const { format, sort = 'newest', ...query } = c.req.valid('query');
        const { period } = query;
        const rows = offsetTable(engine, { estate, sort, ...schemas.offsetFilter(query) });
        const name = period === undefined ? '抵扣单' : `抵扣单-${period}`;
        const of = { subject: 'offset-list', place: estate, format, name };
        return giveTable(deps, c, { ...of, rows, widths: [16, 14, 10, 14, 10, 12, 24, 12, 12] });
      },
    );
};

/** A shop's day and its prices as files. */
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { isProblem, newModule, refuse, route } from '../platform/index.ts';
import { dayOf } from '../programme/index.ts';
import * as examples from './counter.examples.ts';
import { AT_TILL } from './counter.routes.ts';
import { priceListOf } from './price-list.ts';
import { priceTable } from './price-table.ts';
import { salesTable } from './sales-table.ts';
import { MerchantParams, OnDaySchema } from './shop.schemas.ts';

export const salesTableRoutes = (deps: ProductDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/today/file',
        summary: '下载今日小结，或写明日期的那一天 · The day of a shop as a file',
        access: { who: [...AT_TILL, 'auditor'], at: (c) => c.req.param('place') },
        request: { params: MerchantParams, query: FormatQuery.extend({ day: OnDaySchema.optional() }) },
        responses: tableAnswer,
        example: examples.dayFile,
      }),
      (c) => {
        const { place } = c.req.valid('param');
        const { format, day = dayOf(deps.clock()) } = c.req.valid('query');
        const of = { subject: 'sales', place, format, name: `小结-${day}` };
        const rows = salesTable(deps.engine, { place, day });
        return giveTable(deps, c, { ...of, rows, widths: [18, 12, 12, 10, 24, 12, 10, 10, 10, 10] });
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/merchants/{place}/prices/file',
        summary: '下载价目 · The prices of a shop as a file',
        access: {
          who: ['clerk', 'merchant_manager', 'staff', 'operator'],
          at: (c) => c.req.param('place'),
        },
        request: { params: MerchantParams, query: FormatQuery },
        responses: tableAnswer,
        problems: ['not-found'],
        example: examples.priceFile,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const list = await priceListOf(deps, place);
        if (isProblem(list)) return refuse(c, list);
        const { format } = c.req.valid('query');
        const of = { subject: 'prices', place, format, name: `价目-${list.name}` };
        return giveTable(deps, c, { ...of, rows: priceTable(list), widths: [20, 24, 16] });
      },
    );

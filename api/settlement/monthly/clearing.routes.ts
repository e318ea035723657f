/** A clearing party's own month: in, out, zero. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../../identity/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { answer, newModule, problem, refuse, route } from '../../platform/index.ts';
import { formatMicro } from '../../platform/money/index.ts';
import { monthOf } from '../../programme/index.ts';
import { LOOKS } from '../fund-month.routes.ts';
import { isOver } from '../take-statement.ts';
import { clearingMonth, clearingSums, type ClearingMonth, type ClearingRow } from './clearing-month.ts';
import * as examples from './monthly.examples.ts';
import * as schemas from './monthly.schemas.ts';
import { namesOfParties } from './monthly.views.ts';
import { clearingRows } from './settlement-sheet.ts';

export const clearingRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const access = { who: LOOKS, at: (c: Context) => c.req.param('place') };
  const read = async ({ place: id, month }: { place: string; month: string }) => {
    const place = await places.find(id);
    if (!place) return problem('not-found');
    if (place.kind !== 'clearing') return problem('invalid-input', { fields: [notClearing] });
    if (month > monthOf(clock())) return problem('month-to-come');
    const of = await clearingMonth(engine, { book: place.book, party: id, month });
    const named = await namesOfParties(
      deps,
      [...of.fromFunds, ...of.toRedeemers].map(({ party }) => party),
    );
    return { place, month: of, named };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/clearing-months/{month}',
        summary: '结算方的一个月：收、付、差额为零 · A clearing party’s month: in, out, zero',
        description:
          '按记账时间算。本期向出资方收的与向收分方付的必须相等；收到的和付出的可以一时不等。By when it was booked. What funds came to owe and what it came to owe are equal; what was received and paid may differ for a while.',
        access,
        request: { params: schemas.ClearingParams },
        responses: { 200: answer(schemas.ClearingSchema, '结算方的一个月 · A month') },
        problems: ['month-to-come'],
        example: examples.clearing,
      }),
      async (c) => {
        const found = await read(c.req.valid('param'));
        if ('code' in found) return refuse(c, found);
        const { place, month: of, named } = found;
        const { month } = c.req.valid('param');
        const { in: into, out, differenceMicro } = clearingSums(of);
        const side = (sum: ClearingRow, rows: ClearingMonth['fromFunds']) => ({
          sum: moneyOf(sum),
          rows: rows.map((row) => ({ party: named(row.party), ...moneyOf(row) })),
        });
        return c.json(
          {
            ...{ party: { id: place.id, name: place.name }, month, over: isOver(month, clock()) },
            ...{ in: side(into, of.fromFunds), out: side(out, of.toRedeemers) },
            ...{ difference: formatMicro(differenceMicro), held: formatMicro(out.closing - into.closing) },
          },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/clearing-months/{month}/file',
        summary: '下载结算方的一个月 · A clearing party’s month as a file',
        access,
        request: { params: schemas.ClearingParams, query: FormatQuery },
        responses: tableAnswer,
        problems: ['month-to-come'],
        example: examples.clearingFile,
      }),
      async (c) => {
        const found = await read(c.req.valid('param'));
        if ('code' in found) return refuse(c, found);
        const { place, month, named } = found;
        const name = `结算-${place.name}-${c.req.valid('param').month}`;
        const of = { subject: 'clearing-month', place: place.id, format: c.req.valid('query').format, name };
        const rows = clearingRows(month, named);
        return giveTable(deps, c, { ...of, rows, widths: [8, 28, 14, 14, 14, 14, 14] });
      },
    );
};

const notClearing = { field: 'place', zh: '这里不是结算方', en: 'This is no clearing party' };

function moneyOf({ opening, taken, returned, paid, closing }: ClearingRow) {
  return {
    ...{ opening: formatMicro(opening), taken: formatMicro(taken), returned: formatMicro(returned) },
    ...{ paid: formatMicro(paid), closing: formatMicro(closing) },
  };
}

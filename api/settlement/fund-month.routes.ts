/** A fund's month: the ledger's side, and as a file. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  isProblem,
  mayAt,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import { addMonths, getFund, monthOf, type Fund } from '../programme/index.ts';
import { SENDS } from './agree.ts';
import { fundMonthRows } from './fund-month-sheet.ts';
import { fundsPayingAt } from './liability.ts';
import { ourSide } from './our-side.ts';
import { pairsOf, withPairs } from './pairings.ts';
import { owedOf } from './read-owed.ts';
import * as examples from './settlement.examples.ts';
import * as schemas from './settlement.schemas.ts';
import { fundMonthView, statementView } from './settlement.views.ts';
import { agreementsOf, statementsOf } from './statements.ts';
import { isOver } from './take-statement.ts';

export const LOOKS = [...SENDS, 'auditor'] as const;

export const fundMonthRoutes = (deps: ProductDeps) => {
  const { engine, places, clock } = deps;
  const placeOfFund = async (c: Context): Promise<string | undefined> =>
    (await getFund(engine, c.req.param('fund') ?? ''))?.place;
  const monthHas = async (fund: Fund, month: string) => {
    const found = await statementsOf(engine, { fund: fund.id, month });
    const ids = found.map(({ id }) => id);
    const paired = await pairsOf(engine, ids);
    const statements = found.map((one) => withPairs(one, paired.get(one.id)));
    return { statements, agreed: await agreementsOf(engine, ids) };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/fund-months',
        summary: '各项经费一个月的对账情况 · How far the funds of a place are with a month',
        description:
          '这里的和所辖商户、物业的；不写月份就是上个月。Of the place, and of the shops and firms within it; the month before the present one where none is named.',
        access: { who: LOOKS, at: (c) => c.req.param('place') },
        request: {
          params: schemas.PlaceParams,
          query: schemas.MonthQuery.extend(pageQuery(['oldest']).shape),
        },
        responses: { 200: answer(schemas.FundMonthsSchema, '经费 · Funds') },
        example: examples.fundMonths,
      }),
      async (c) => {
        const { month = addMonths(monthOf(clock()), -1), ...query } = c.req.valid('query');
        const page = parsePage(query, 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const place = await places.find(c.req.valid('param').place);
        if (!place) return refuse(c, problem('not-found'));
        const after = page.after === undefined ? '' : String(page.after.id);
        const funds = (await fundsPayingAt(engine, place))
          .filter(({ fund }) => fund.id > after)
          .toSorted((a, b) => (a.fund.id < b.fund.id ? -1 : 1));
        const cut = cutPage(page, funds.slice(0, page.limit + 1), ({ fund: { id } }) => ({ value: id, id }));
        const items = await Promise.all(
          cut.items.map(async ({ fund, payer }) => {
            const { statements, agreed } = await monthHas(fund, month);
            const [latest] = statements;
            const sides = agreed.flatMap((one) => (one.statement === latest?.id ? [one.side] : []));
            const of = { fund: { id: fund.id, name: fund.name, unit: fund.unit }, payer, month };
            const owed = formatYuan(await owedOf(engine, { fund, month }));
            if (!latest) return { ...of, owed };
            const { id, number, differences } = latest;
            return { ...of, owed, statement: { id, number, differences, agreed: sides } };
          }),
        );
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funds/{fund}/months/{month}',
        summary:
          '经费的一个月：我们的账和出资方的对账单 · A fund’s month: the ledger, and the funder’s statements',
        description:
          '按记账时间算，所以过完的月份不再变；每一行期初加减变动等于期末。By when it was booked, so that a month that is over never changes; in each row opening + movements = closing.',
        access: { who: LOOKS, at: placeOfFund },
        request: { params: schemas.FundMonthParams },
        responses: { 200: answer(schemas.FundMonthSchema, '一个月 · A month') },
        problems: ['month-to-come'],
        example: examples.fundMonth,
      }),
      async (c) => {
        const { fund: id, month } = c.req.valid('param');
        const fund = await getFund(engine, id);
        if (!fund) return refuse(c, problem('not-found'));
        if (month > monthOf(clock())) return refuse(c, problem('month-to-come'));
        const { statements, agreed } = await monthHas(fund, month);
        const actor = actorOf(c);
        const over = isOver(month, clock());
        const side = await ourSide(deps, { fund, month });
        const shown = statements.map((statement, nth) =>
          statementView(deps, { statement, fund, agreed, latest: nth === 0, actor }),
        );
        return c.json(
          {
            ...fundMonthView(side, { fund, month, over }),
            statements: await Promise.all(shown),
            maySend: over && (await mayAt(actor, SENDS, fund.place, places)),
          },
          200,
        );
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funds/{fund}/months/{month}/file',
        summary: '下载经费的一个月，含每一张单据 · A fund’s month as a file, with every document',
        access: { who: LOOKS, at: placeOfFund },
        request: { params: schemas.FundMonthParams, query: FormatQuery },
        responses: tableAnswer,
        problems: ['month-to-come'],
        example: examples.fundMonthFile,
      }),
      async (c) => {
        const { fund: id, month } = c.req.valid('param');
        const fund = await getFund(engine, id);
        if (!fund) return refuse(c, problem('not-found'));
        if (month > monthOf(clock())) return refuse(c, problem('month-to-come'));
        const side = await ourSide(deps, { fund, month });
        const rows = fundMonthRows(side, fund);
        const { format } = c.req.valid('query');
        const of = {
          subject: 'fund-month',
          place: fund.place,
          format,
          name: `经费对账-${fund.name}-${month}`,
        };
        return giveTable(deps, c, { ...of, rows, widths: [18, 24, 14, 14, 14, 14, 14, 14] });
      },
    );
};

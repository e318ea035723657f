/** Funds and their budgets: asked for by one person, approved by another. */
import type { Context } from 'hono';
import { FormatQuery, giveTable, tableAnswer } from '../identity/index.ts';
import { balancesOf } from '../ledger/index.ts';
import { listChildren, type ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  noContent,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import {
  approveBudget,
  getBudget,
  listBudgets,
  requestBudget,
  waitingBudgets,
  withdrawBudget,
} from './budgets.ts';
import { budgetTable } from './budget-table.ts';
import { budgetView } from './budget.views.ts';
import { fundsAt, fundsAtAll, getFund, type Fund } from './funds.ts';
import * as schemas from './programme.schemas.ts';
import * as examples from './programme.examples.ts';

const PAYERS = ['staff', 'merchant_manager', 'operator'] as const;
/** Who pays below a community. */
const PAYING_KINDS = ['merchant', 'firm'] as const;
const MOST_SHOPS = 200;

export const programmeRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const placeOfFund = async (c: Context): Promise<string | undefined> =>
    (await getFund(engine, c.req.param('fund') ?? ''))?.place;
  const placeOfBudget = async (c: Context): Promise<string | undefined> => {
    const budget = await getBudget(engine, c.req.param('budget') ?? '');
    return budget && (await getFund(engine, budget.fund))?.place;
  };
  const fundView = async ({ id, place, name, unit, rateMicro, book }: Fund) => {
    const balances = await balancesOf(engine, { book, owner: id });
    const of = (role: string): number => balances.find((b) => b.role === role)?.balance ?? 0;
    const amounts = { approved: String(Math.abs(of('outside'))), unissued: String(of('unissued')) };
    return { id, place, name, unit, rateMicro: String(rateMicro), ...amounts };
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/funds',
        summary: '出资方经费 · Funds of a place',
        access: {
          who: [...PAYERS, 'accountant', 'finance_lead', 'auditor'],
          at: (c) => c.req.param('place'),
        },
        request: { params: schemas.PlaceParams, query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.FundsSchema, '经费 · Funds') },
        example: examples.listFunds,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const funds = await fundsAt(engine, {
          ...{ place: c.req.valid('param').place, limit: page.limit + 1 },
          ...(page.after && { after: String(page.after.id) }),
        });
        const cut = cutPage(page, funds, ({ id }) => ({ value: id, id }));
        return c.json({ ...cut, items: await Promise.all(cut.items.map(fundView)) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/places/{place}/waiting-budgets',
        summary: '等批准的额度申请，含所辖商户 · Budgets that wait, those of its shops too',
        access: { who: [...PAYERS, 'auditor'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams, query: pageQuery(['fund']) },
        responses: { 200: answer(schemas.WaitingBudgetsSchema, '申请 · Requests') },
        example: examples.waitingBudgets,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'fund');
        if (isProblem(page)) return refuse(c, page);
        const { place } = c.req.valid('param');
        const below = await Promise.all(
          PAYING_KINDS.map((kind) => listChildren(engine, { place, kind, limit: MOST_SHOPS })),
        );
        const funds = await fundsAtAll(engine, [place, ...below.flat().map(({ id }) => id)]);
        const rows = await waitingBudgets(engine, {
          funds: funds.map(({ id }) => id),
          limit: page.limit + 1,
          ...(page.after === undefined
            ? {}
            : { after: { fund: String(page.after.value), id: String(page.after.id) } }),
        });
        const cut = cutPage(page, rows, ({ fund, id }) => ({ value: fund, id }));
        const items = await Promise.all(
          cut.items.map(async (budget) => {
            const fund = funds.find(({ id }) => id === budget.fund);
            const { name = '', unit = '', rateMicro = 0 } = fund ?? {};
            const of = { fundName: name, unit, rateMicro: String(rateMicro) };
            return { ...(await budgetView(engine, budget)), ...of };
          }),
        );
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/budgets/{budget}',
        summary: '收回或退回额度申请 · Take a request back, or turn it down',
        access: { who: PAYERS, at: placeOfBudget },
        request: { params: schemas.BudgetParams },
        responses: { 204: noContent },
        problems: ['already-done'],
        example: examples.withdrawBudget,
      }),
      async (c) => {
        const refused = await withdrawBudget(deps, {
          budget: c.req.valid('param').budget,
          actor: actorOf(c),
        });
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funds/{fund}/budgets',
        summary: '积分额度申请 · Budgets of a fund',
        access: { who: [...PAYERS, 'auditor'], at: placeOfFund },
        request: { params: schemas.FundParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.BudgetsSchema, '额度 · Budgets') },
        example: examples.listBudgets,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest');
        if (isProblem(page)) return refuse(c, page);
        const rows = await listBudgets(engine, {
          fund: c.req.valid('param').fund,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: String(page.after.id) }),
        });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = await Promise.all(cut.items.map((budget) => budgetView(engine, budget)));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/funds/{fund}/budgets/file',
        summary: '下载积分额度申请 · Budgets of a fund as a file',
        access: { who: [...PAYERS, 'auditor'], at: placeOfFund },
        request: { params: schemas.FundParams, query: FormatQuery },
        responses: tableAnswer,
        problems: ['not-found'],
        example: examples.budgetFile,
      }),
      async (c) => {
        const fund = await getFund(engine, c.req.valid('param').fund);
        if (!fund) return refuse(c, problem('not-found'));
        const { format } = c.req.valid('query');
        const of = { subject: 'budgets', place: fund.place, format, name: `额度-${fund.name}` };
        const rows = budgetTable(engine, fund.id);
        return giveTable(deps, c, { ...of, rows, widths: [12, 12, 40, 10, 10, 10] });
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/funds/{fund}/budgets',
        summary: '申请积分额度 · Ask for budget',
        access: { who: PAYERS, at: placeOfFund },
        request: { params: schemas.FundParams, body: json(schemas.NewBudgetSchema) },
        responses: { 201: answer(schemas.BudgetSchema, '额度申请 · Budget') },
        problems: ['not-found', 'invalid-input', 'already-exists'],
        example: examples.askForBudget,
      }),
      async (c) => {
        const { amount, basis } = c.req.valid('json');
        const { fund } = c.req.valid('param');
        const made = await requestBudget(deps, { fund, amount: Number(amount), basis, actor: actorOf(c) });
        if (isProblem(made)) return refuse(c, made);
        const budget = await getBudget(engine, made.id);
        return budget ? c.json(await budgetView(engine, budget), 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/budgets/{budget}/approval',
        summary: '批准积分额度（另一人） · Approve a budget',
        access: { who: PAYERS, at: placeOfBudget },
        movesPoints: true,
        request: { params: schemas.BudgetParams },
        responses: { 200: answer(schemas.BudgetSchema, '额度 · Budget') },
        problems: [
          'second-person-needed',
          'already-done',
          'budget-withdrawn',
          'changed-meanwhile',
          'month-closed',
          'budget-exhausted',
        ],
        example: examples.approveBudget,
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = c.req.valid('param').budget;
        const scope = keyScope(actor, await placeOfBudget(c));
        const posted = await approveBudget(deps, { budget: id, actor, key: idempotencyKeyOf(c), scope });
        if (isProblem(posted)) return refuse(c, posted);
        if (posted.replayed) markReplay(c);
        const budget = await getBudget(engine, id);
        return budget ? c.json(await budgetView(engine, budget), 200) : refuse(c, problem('not-found'));
      },
    );
};

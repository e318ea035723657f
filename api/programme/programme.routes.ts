/** Funds and their budgets: asked for by one person, approved by another. */
import type { Context } from 'hono';
import { balancesOf } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  formatInstant,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { approveBudget, getBudget, listBudgets, requestBudget, type Budget } from './budgets.ts';
import { fundsAt, getFund, type Fund } from './funds.ts';
import * as schemas from './programme.schemas.ts';
import * as examples from './programme.examples.ts';

const PAYERS = ['staff', 'merchant_manager', 'operator'] as const;

function budgetView(b: Budget) {
  return {
    id: b.id,
    fund: b.fund,
    amount: String(b.amount),
    basis: b.basis,
    requestedBy: b.requestedBy,
    ...(b.approvedBy === null ? {} : { approvedBy: b.approvedBy }),
    ...(b.transaction === null ? {} : { transaction: String(b.transaction) }),
    at: formatInstant(b.createdAt),
  };
}

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
        access: { who: [...PAYERS, 'accountant', 'auditor'], at: (c) => c.req.param('place') },
        request: { params: schemas.PlaceParams },
        responses: { 200: answer(schemas.FundsSchema, '经费 · Funds') },
        example: examples.listFunds,
      }),
      async (c) => {
        const funds = await fundsAt(engine, c.req.valid('param').place);
        return c.json({ items: await Promise.all(funds.map(fundView)) }, 200);
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
        return c.json({ ...cut, items: cut.items.map(budgetView) }, 200);
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
        problems: ['not-found', 'invalid-input'],
        example: examples.askForBudget,
      }),
      async (c) => {
        const { amount, basis } = c.req.valid('json');
        const { fund } = c.req.valid('param');
        const made = await requestBudget(deps, { fund, amount: Number(amount), basis, actor: actorOf(c) });
        if (isProblem(made)) return refuse(c, made);
        const budget = await getBudget(engine, made.id);
        return budget ? c.json(budgetView(budget), 201) : refuse(c, problem('not-found'));
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
        return budget ? c.json(budgetView(budget), 200) : refuse(c, problem('not-found'));
      },
    );
};

/** What a member sees: points by state, movements in words, and why each came about. */
import type { Context } from 'hono';
import { transactionsById, type Transaction } from '../ledger/index.ts';
import { personActor } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  cursorAfter,
  cutPage,
  formatInstant,
  isProblem,
  newModule,
  parsePage,
  placesOf,
  problem,
  refuse,
  route,
  subjectOf,
  type PersonActor,
} from '../platform/index.ts';
import type { Explainer } from './explanation.ts';
import {
  bookedAtEntry,
  entriesOfMonth,
  GROUPS,
  MOST_OF_MONTH,
  NO_MONTH,
  saysIt,
} from './find-in-statement.ts';
import { findMovements } from './member-movements.ts';
import {
  MemberPointsSchema,
  MovementsQuery,
  MovementsSchema,
  TransactionParams,
  WhySchema,
} from './member.schemas.ts';
import { memberViews } from './member.views.ts';
import { membersOf } from './who-took-part.ts';
import { whyView } from './why-view.ts';
import * as examples from './member.examples.ts';

export const memberRoutes = (deps: ProductDeps, explainers: readonly Explainer[]) => {
  const { engine, places } = deps;
  const { pointsView, viewsOf } = memberViews(deps, explainers);
  const found = async (c: Context): Promise<Transaction | undefined> =>
    (await transactionsById(engine, [Number(c.req.param('transaction'))]))[0];

  /** The book of the estate that a member belongs to; they may work in another. */
  const bookOf = async (actor: PersonActor): Promise<number | undefined> => {
    for (const place of placesOf(actor, ['member'])) {
      const book = await places.bookOf(place);
      if (book !== undefined) return book;
    }
    return undefined;
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/points',
        summary: '我的积分 · My points',
        access: { who: ['member'], acting: 'view' },
        responses: { 200: answer(MemberPointsSchema, '积分 · Points') },
        example: examples.myPoints,
      }),
      async (c) => {
        const actor = personActor(c);
        const book = await bookOf(actor);
        return c.json(await pointsView({ book, member: subjectOf(actor) }), 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/movements',
        summary: '我的积分流水 · My movements',
        access: { who: ['member'], acting: 'view' },
        request: { query: MovementsQuery },
        responses: { 200: answer(MovementsSchema, '流水 · Movements') },
        example: examples.myMovements,
      }),
      async (c) => {
        const { month, kind, text: words, ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        if (words !== undefined && month === undefined) return refuse(c, problem('invalid-input', NO_MONTH));
        const actor = personActor(c);
        const book = await bookOf(actor);
        if (book === undefined) return c.json({ items: [] }, 200);
        const of = { book, member: subjectOf(actor), ...(kind && { kinds: GROUPS[kind] }) };
        const span: { since?: number; before?: number } | undefined =
          month === undefined ? {} : await entriesOfMonth(engine, { book, month });
        if (span === undefined) return c.json({ items: [] }, 200);
        if (words !== undefined) {
          const { movements } = await findMovements(engine, { ...of, ...span, limit: MOST_OF_MONTH });
          const all = await viewsOf(movements);
          return c.json({ items: all.filter((view) => saysIt(view, words)) }, 200);
        }
        const from = page.after === undefined ? Infinity : Number(page.after.id);
        const before = Math.min(from, span.before ?? Infinity);
        const asked = { ...of, ...span, ...(before < Infinity && { before }), limit: page.limit + 1 };
        const { movements, lookedUntil } = await findMovements(engine, asked);
        const cut = cutPage(page, movements, (m) => ({ value: m.firstEntry, id: m.firstEntry }));
        const items = await viewsOf(cut.items);
        if (lookedUntil === undefined) return c.json({ ...cut, items }, 200);
        const at = await bookedAtEntry(engine, { book, entry: lookedUntil });
        const next = cursorAfter(page, { value: lookedUntil, id: lookedUntil });
        return c.json({ items, next, ...(at !== undefined && { lookedUntil: formatInstant(at) }) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/transactions/{transaction}/why',
        summary: '这笔积分怎么来的 · Why',
        access: {
          who: ['auditor', 'staff', 'accountant', 'finance_lead'],
          at: async (c) => (await found(c))?.place,
          own: async (c) => {
            const transaction = await found(c);
            return transaction && membersOf(transaction);
          },
          acting: 'view',
        },
        request: { params: TransactionParams },
        responses: { 200: answer(WhySchema, '计算步骤 · Steps') },
        problems: ['not-found'],
        example: examples.why,
      }),
      async (c) => {
        const id = Number(c.req.valid('param').transaction);
        const [transaction] = await transactionsById(engine, [id]);
        if (!transaction) return refuse(c, problem('not-found'));
        return c.json(await whyView(deps, explainers, transaction), 200);
      },
    );
};

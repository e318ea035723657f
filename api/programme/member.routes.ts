/** What a member sees: points by state, movements in words, and why each came about. */
import type { Context } from 'hono';
import { settledAwards, transactionsById, type Settled, type Transaction } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  answer,
  cutPage,
  formatInstant,
  isProblem,
  newModule,
  pageQuery,
  parsePage,
  placesOf,
  actorOf,
  problem,
  refuse,
  route,
  z,
  type AppEnv,
  type PersonActor,
} from '../platform/index.ts';
import { explainAll, type Explainer, type Explanation } from './explanation.ts';
import { memberMovements, waitingIn, type Movement } from './member-movements.ts';
import { memberPoints } from './member-points.ts';
import { MemberPointsSchema, MovementsSchema, WhySchema } from './member.schemas.ts';
import { parseCitation, type RuleCitation } from './rule-citation.ts';
import { lastDayBefore } from './rules/index.ts';
import { describeRule, membersOf, nameOfActor, partiesOf } from './who-took-part.ts';
import * as examples from './member.examples.ts';

const TransactionParams = z.object({ transaction: z.string().regex(/^[1-9]\d{0,15}$/) });

/** `who: ['member']` lets persons in only; a system key has no points of its own. */
function memberOf(c: Context<AppEnv>): PersonActor {
  const actor = actorOf(c);
  if (actor.kind !== 'person') throw new Error('a member route was called by a key');
  return actor;
}

/** Points that never end have no last day. */
function endingView(ending: { expiresAt: number; amount: number }): { lastDay?: string; amount: string } {
  const lastDay = lastDayBefore(ending.expiresAt);
  const amount = String(ending.amount);
  return lastDay === undefined ? { amount } : { lastDay, amount };
}

/** What a transaction cites itself is covered by its hash, so it goes before what its module knows. */
function citationOf(own: string | null, known: string | null): RuleCitation | undefined {
  const cited = own ?? known;
  return cited === null ? undefined : parseCitation(cited);
}

export const memberRoutes = (deps: ProductDeps, explainers: readonly Explainer[]) => {
  const { engine, places } = deps;
  const nameOf = async (place: string): Promise<string> => (await places.find(place))?.name ?? '';
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

  /** What nobody knows by itself, such as the part of an award that was not earned, is told by what it reverses. */
  const explain = async (
    movements: readonly Pick<Movement, 'transaction' | 'reverses'>[],
  ): Promise<Map<number, Explanation>> => {
    const ids = movements.flatMap((m) =>
      m.reverses === null ? [m.transaction] : [m.transaction, m.reverses],
    );
    const known = await explainAll(explainers, engine, ids);
    return new Map(
      movements.flatMap(({ transaction, reverses }) => {
        const why = known.get(transaction) ?? (reverses === null ? undefined : known.get(reverses));
        return why ? [[transaction, why]] : [];
      }),
    );
  };

  const settledView = (settled: Settled | undefined) =>
    settled && {
      settled: { transaction: String(settled.transaction), bookedAt: formatInstant(settled.bookedAt) },
    };

  const movementView = async (movement: Movement, why: Explanation | undefined) => ({
    transaction: String(movement.transaction),
    kind: movement.kind,
    place: await nameOf(movement.place),
    bookedAt: formatInstant(movement.bookedAt),
    effectiveAt: formatInstant(movement.effectiveAt),
    ...(movement.reverses === null ? {} : { reverses: String(movement.reverses) }),
    changes: movement.changes.map((c) => ({ ...c, amount: String(c.amount) })),
    ...(why === undefined ? {} : { text: { zh: why.zh, en: why.en } }),
    ...settledView(movement.settled),
  });

  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/points',
        summary: '我的积分 · My points',
        access: { who: ['member'] },
        responses: { 200: answer(MemberPointsSchema, '积分 · Points') },
        example: examples.myPoints,
      }),
      async (c) => {
        const actor = memberOf(c);
        const book = await bookOf(actor);
        const mine = { member: actor.person, now: deps.clock() };
        const units = book === undefined ? [] : await memberPoints(engine, { book, ...mine });
        const views = units.map(async (u) => ({
          unit: u.unit,
          available: String(u.available),
          pending: String(u.pending),
          held: String(u.held),
          toSettle: String(u.toSettle),
          heldFor: await Promise.all(
            u.heldFor.map(async (h) => ({
              hold: h.hold,
              redeemer: await nameOf(h.redeemer),
              until: formatInstant(h.endsAt),
              amount: String(h.amount),
            })),
          ),
          ending: u.ending.map(endingView),
        }));
        return c.json({ units: await Promise.all(views) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/me/movements',
        summary: '我的积分流水 · My movements',
        access: { who: ['member'] },
        request: { query: pageQuery(['newest']) },
        responses: { 200: answer(MovementsSchema, '流水 · Movements') },
        example: examples.myMovements,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        const actor = memberOf(c);
        const book = await bookOf(actor);
        if (book === undefined) return c.json({ items: [] }, 200);
        const movements = await memberMovements(engine, {
          book,
          member: actor.person,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: Number(page.after.id) }),
        });
        const cut = cutPage(page, movements, (m) => ({ value: m.firstEntry, id: m.firstEntry }));
        const why = await explain(cut.items);
        const items = await Promise.all(cut.items.map((m) => movementView(m, why.get(m.transaction))));
        return c.json({ ...cut, items }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/transactions/{transaction}/why',
        summary: '这笔积分怎么来的 · Why',
        access: {
          who: ['auditor', 'staff', 'accountant'],
          at: async (c) => (await found(c))?.place,
          own: async (c) => {
            const transaction = await found(c);
            return transaction && membersOf(transaction);
          },
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
        const { kind, bookedAt, effectiveAt, reverses, ruleVersion, actor } = transaction;
        const why = (await explain([{ transaction: id, reverses }])).get(id);
        const changes = transaction.entries.map(({ account, amount }) => ({ role: account.role, amount }));
        const awards = kind === 'award' ? [{ transaction: id, amount: waitingIn(changes) }] : [];
        const settled = (await settledAwards(engine, awards)).get(id);
        const rule = citationOf(ruleVersion, why?.ruleVersion ?? null);
        const [maker, checker] = [why?.maker ?? actor, why?.checker ?? undefined];
        const makerName = await nameOfActor(engine, maker);
        const checkerName = checker && (await nameOfActor(engine, checker));
        const described = rule && (await describeRule({ engine, places }, rule));
        return c.json(
          {
            transaction: String(id),
            kind,
            place: await nameOf(transaction.place),
            bookedAt: formatInstant(bookedAt),
            effectiveAt: formatInstant(effectiveAt),
            ...(reverses === null ? {} : { reverses: String(reverses) }),
            ...(why === undefined ? {} : { text: { zh: why.zh, en: why.en } }),
            ...settledView(settled),
            steps: (why?.steps ?? []).map((step) => ({ ...step })),
            maker,
            ...(makerName && { makerName }),
            ...(checker && { checker }),
            ...(checkerName && { checkerName }),
            ...(rule && { ruleVersion: rule.id }),
            ...(described && { rule: { ...described, validFrom: formatInstant(described.validFrom) } }),
            parties: await partiesOf({ engine, places }, transaction),
          },
          200,
        );
      },
    );
};

/** The ledger by API: entries given by systems, balances as of either time, statements and transactions. */
import type { Context } from 'hono';
import { findPosted, post } from './posting.ts';
import { inArray } from 'drizzle-orm';
import {
  actorOf,
  EVERYWHERE,
  answer,
  cutPage,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  mayAt,
  newModule,
  pageQuery,
  parseInstant,
  parsePage,
  problem,
  refuse,
  route,
  type z,
  type Deps,
  type FieldProblem,
  type KeyActor,
} from '../platform/index.ts';
import { rootOfBook } from './book-root.ts';
import { promiseAsset, seriesAsset } from './core/asset.ts';
import type { EntryDraft } from './core/command.ts';
import * as schemas from './ledger.schemas.ts';
import * as views from './ledger.views.ts';
import { balancesAsBooked, balancesAsOf, balancesOf } from './reads/balances.ts';
import { statementOf } from './reads/statement.ts';
import { listTransactions, transactionsById } from './reads/transactions.ts';
import * as examples from './ledger.examples.ts';

type WireEntry = z.infer<typeof schemas.EntryDraftSchema>;

function entryOf(entry: WireEntry): EntryDraft {
  const { owner, role, unit, fund, series } = entry;
  const asset = series
    ? seriesAsset(unit, fund, {
        expiresAt: parseInstant(series.expiresAt),
        rateMicro: Number(series.rateMicro),
        budgetReturns: series.budgetReturns,
      })
    : promiseAsset(unit, fund);
  return { owner, role, counterparty: '', asset, amount: Number(entry.amount) };
}

export const ledgerRoutes = (deps: Deps) => {
  /** Reading a whole book is for who is responsible at its root. */
  const rootOf = (c: Context): Promise<string | undefined> =>
    rootOfBook(deps.engine, Number(c.req.param('book')));
  const placeOf = async (c: Context): Promise<string | undefined> => {
    const [found] = await transactionsById(deps.engine, [Number(c.req.param('transaction'))]);
    return found?.place;
  };
  const inBook = { who: ['auditor', 'operator'], at: rootOf, scope: 'ledger:read' } as const;

  /** A key of one place moves only points of funds of that place or below; a key of the whole book moves any. */
  const reachesFunds = async (actor: KeyActor, entries: readonly { fund: string }[]): Promise<boolean> => {
    if (actor.place === EVERYWHERE) return true;
    const { funds } = deps.engine.tables;
    const ids = [...new Set(entries.map((entry) => entry.fund))];
    const rows = await deps.engine.reader.select().from(funds).where(inArray(funds.id, ids));
    const reached = await Promise.all(rows.map((fund) => mayAt(actor, [], fund.place, deps.places)));
    return rows.length === ids.length && reached.every(Boolean);
  };

  /**
   * What a system gives has the terms of its fund, whose budget was approved at that rate, and has not ended already. A fund
   * that only the system knows has the terms that it says.
   */
  const faultsOfTerms = async (entries: readonly WireEntry[]): Promise<FieldProblem[]> => {
    const { funds: t } = deps.engine.tables;
    const ids = [...new Set(entries.map(({ fund }) => fund))];
    const rows = await deps.engine.reader.select().from(t).where(inArray(t.id, ids));
    const funds = new Map(rows.map((fund) => [fund.id, fund]));
    const now = deps.clock();
    return entries.flatMap(({ fund, role, unit, series, amount }, nth) => {
      const own = funds.get(fund);
      const faults: FieldProblem[] = [];
      const say = (field: string, zh: string, en: string): void =>
        void faults.push({ field: `entries.${nth}.${field}`, zh, en });
      if (own && own.unit !== unit) say('unit', `这个经费给的是 ${own.unit}`, `this fund gives ${own.unit}`);
      if (!series) return faults;
      if (own && own.rateMicro !== Number(series.rateMicro))
        say(
          'series.rateMicro',
          `这个经费的积分每分是 ${own.rateMicro}`,
          `points of this fund are ${own.rateMicro}`,
        );
      if (own && own.budgetReturns !== series.budgetReturns)
        say('series.budgetReturns', '和经费的规定不一样', 'the fund has it otherwise');
      if (role === 'available' && Number(amount) > 0 && parseInstant(series.expiresAt) <= now)
        say(
          'series.expiresAt',
          '已经到期的积分不能再记为可用',
          'points that have ended cannot be made available',
        );
      return faults;
    });
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/ledger/transactions',
        summary: '记一笔交易 · Post entries',
        description:
          '`owner` 可以是任何 UUID，不去查是谁：账本只认随机编号，永久保存，不收手机号和姓名，接入的系统可以有自己的人；账户只开在密钥自己的账簿里，所有编号得到的回答都一样，谁也探不出别处有没有这个人。\n\nAny `owner` that is a UUID is taken and none is looked up, because the ledger knows random ids alone and a system may keep people of its own (it keeps them for ever: no phone, no name): the account is opened in the key’s own book, and since every id is answered alike nobody learns whether it is somebody’s elsewhere.',
        access: { scope: 'ledger:write' },
        movesPoints: true,
        request: { body: json(schemas.NewTransactionSchema) },
        responses: { 201: answer(schemas.PostedSchema, '已记账 · Posted') },
        problems: [
          'budget-exhausted',
          'insufficient-points',
          'not-balanced',
          'wrong-account',
          'between-members',
          'invariant-broken',
          'out-of-bounds',
          'too-many-series',
          'too-many-entries',
          'amount-out-of-range',
          'month-closed',
          'effective-in-future',
          'not-found',
        ],
        example: examples.postEntries,
      }),
      async (c) => {
        const actor = actorOf(c);
        const body = c.req.valid('json');
        if (actor.kind !== 'key' || !(await mayAt(actor, [], body.place, deps.places))) {
          return refuse(c, problem('not-found'));
        }
        if (!(await reachesFunds(actor, body.entries))) return refuse(c, problem('not-found'));
        const ask = {
          book: actor.book,
          scope: keyScope(actor),
          key: idempotencyKeyOf(c),
          request: ['ledger-transaction', body],
        };
        if (body.entries.some(({ series }) => series !== undefined)) {
          // What was booked is answered as it was, whatever has ended since.
          const before = await findPosted(deps, ask);
          const fields = before ? [] : await faultsOfTerms(body.entries);
          if (fields.length > 0) return refuse(c, problem('invalid-input', { fields }));
        }
        const posted = await post(deps, ask, {
          actor,
          place: body.place,
          commands: [{ do: 'post', kind: body.kind, entries: body.entries.map(entryOf) }],
          ...(body.effectiveAt === undefined ? {} : { effectiveAt: parseInstant(body.effectiveAt) }),
          ...(body.originalEffectiveAt === undefined
            ? {}
            : { originalEffectiveAt: parseInstant(body.originalEffectiveAt) }),
          ...(body.memoCommitment === undefined ? {} : { memoCommitment: body.memoCommitment }),
        });
        if (isProblem(posted)) return refuse(c, posted);
        if (posted.replayed) markReplay(c);
        return c.json(views.postedView(posted), 201);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/transactions',
        summary: '账簿的交易 · Transactions of a book',
        access: inBook,
        request: { params: schemas.BookParams, query: schemas.TransactionsQuery },
        responses: { 200: answer(schemas.TransactionsSchema, '交易 · Transactions') },
        example: examples.listTransactions,
      }),
      async (c) => {
        const { late, refunds, ...query } = c.req.valid('query');
        const page = parsePage(query, 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        const { heads } = await listTransactions(deps.engine, {
          book: Number(c.req.valid('param').book),
          ...{ late: late === 'yes', refunds: refunds === 'yes' },
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: Number(page.after.id) }),
        });
        const cut = cutPage(page, heads, (head) => ({ value: head.id, id: head.id }));
        return c.json({ ...cut, items: cut.items.map(views.transactionHeadView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/ledger/transactions/{transaction}',
        summary: '一笔交易 · One transaction',
        access: {
          who: ['auditor', 'operator', 'accountant', 'finance_lead'],
          at: placeOf,
          scope: 'ledger:read',
        },
        request: { params: schemas.TransactionParams },
        responses: { 200: answer(schemas.TransactionSchema, '交易 · Transaction') },
        example: examples.oneTransaction,
      }),
      async (c) => {
        const id = Number(c.req.valid('param').transaction);
        const [found] = await transactionsById(deps.engine, [id]);
        return found ? c.json(views.transactionView(found), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/owners/{owner}/balances',
        summary: '余额（现在或过去） · Balances, now or as of a past time',
        access: inBook,
        request: { params: schemas.OwnerParams, query: schemas.AsOfQuery },
        responses: { 200: answer(schemas.BalancesSchema, '余额 · Balances') },
        example: examples.balances,
      }),
      async (c) => {
        const { book, owner } = c.req.valid('param');
        const { effectiveAt, seq } = c.req.valid('query');
        const of = { book: Number(book), owner };
        const balances =
          seq !== undefined
            ? await balancesAsBooked(deps.engine, { ...of, seq: Number(seq) })
            : effectiveAt !== undefined
              ? await balancesAsOf(deps.engine, { ...of, effectiveAt: parseInstant(effectiveAt) })
              : await balancesOf(deps.engine, of);
        return c.json({ owner, balances: balances.map(views.balanceView) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/books/{book}/owners/{owner}/statement',
        summary: '流水 · Statement',
        access: inBook,
        request: { params: schemas.OwnerParams, query: pageQuery(['newest']) },
        responses: { 200: answer(schemas.StatementSchema, '流水 · Statement') },
        example: examples.statement,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'newest', 'number');
        if (isProblem(page)) return refuse(c, page);
        const { book, owner } = c.req.valid('param');
        const { lines } = await statementOf(deps.engine, {
          book: Number(book),
          owner,
          limit: page.limit + 1,
          ...(page.after === undefined ? {} : { before: Number(page.after.id) }),
        });
        const cut = cutPage(page, lines, (line) => ({ value: line.entry, id: line.entry }));
        return c.json({ ...cut, items: cut.items.map(views.statementLineView) }, 200);
      },
    );
};

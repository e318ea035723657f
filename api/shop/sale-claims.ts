/** For the ledger's `verify`: what purchases and redemptions repeat of the transactions that they name. */
import { and, gte, inArray, lte, or, sql, type SQL, type SQLWrapper } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { namesOfNoBook, type ClaimedPoints, type ClaimSource, type RowClaims } from '../ledger/index.ts';
import { isOfBook } from '../places/index.ts';
import { receiptKey } from './receipt.ts';

const PURCHASE = { zh: '消费记分', en: 'purchase' };
const REDEMPTION = { zh: '收分记录', en: 'redemption' };
const RECEIPT = { zh: '小票', en: 'receipt' };

/** What is compared, and nothing else: a cell that cannot be read ends no verification. */
const claimedOfPurchase = (t: Tables['purchases']) => ({
  ...{ id: t.id, place: t.place, member: t.member, receipt: t.receipt, unit: t.unit, points: t.points },
  ...{ ruleVersion: t.ruleVersion, transaction: t.transaction, state: t.state },
  takenBackTransaction: t.takenBackTransaction,
});

type Purchase = Pick<Tables['purchases']['$inferSelect'], keyof ReturnType<typeof claimedOfPurchase>>;
type Redemption = Awaited<ReturnType<typeof readRedemptions>>[number];

/** With what its lines add up to, where goods were named. */
function readRedemptions({ reader, tables }: Engine, which: SQL | undefined, limit: number) {
  const { redemptions: t, soldLines: l } = tables;
  const sold = sql`select sum(${l.points} * ${l.quantity}) from ${l} where ${l.sale} = ${t.id}`;
  const paid = sql`select sum(${l.yuanFen} * ${l.quantity}) from ${l} where ${l.sale} = ${t.id}`;
  const number = (sum: SQL, without: SQLWrapper) =>
    sql<number>`cast(coalesce((${sum}), ${without}) as bigint)`.mapWith(Number);
  return reader
    .select({
      ...{ id: t.id, place: t.place, member: t.member, unit: t.unit, points: t.points, state: t.state },
      ...{ transaction: t.transaction, undoneTransaction: t.undoneTransaction, ofOrder: t.ofOrder },
      ...{ yuanFen: t.yuanFen, sold: number(sold, t.points), paidFen: number(paid, sql`0`) },
    })
    .from(t)
    .where(which)
    .limit(limit);
}

function purchaseClaims(row: Purchase): RowClaims {
  const { id, place, member, unit, points, ruleVersion, transaction, state, takenBackTransaction } = row;
  const counter = { key: `unique:${receiptKey(row)}`, what: RECEIPT };
  const isTakenBack = state === 'taken-back';
  const takenBack = {
    transaction: takenBackTransaction,
    kinds: isTakenBack ? ['clawback', 'note'] : [],
    moves: { [unit]: points },
    counters: [{ ...counter, amount: -1 }],
    ...(points > 0 && { reverses: transaction }),
  };
  return {
    ...{ what: PURCHASE, id, place, member },
    made: {
      transaction,
      kinds: points > 0 ? ['credit'] : ['note'],
      gives: { [unit]: points },
      ruleVersion,
      counters: [{ ...counter, amount: 1 }],
    },
    later: isTakenBack || takenBackTransaction !== null ? [takenBack] : [],
  };
}

function redemptionClaims(row: Redemption): RowClaims {
  const { id, place, member, unit, points, transaction, state, undoneTransaction, ofOrder } = row;
  const takes = takenBy(row);
  const isUndone = state === 'undone';
  const undone = {
    ...{ transaction: undoneTransaction, kinds: isUndone ? ['refund'] : [] },
    ...{ moves: { [unit]: points }, reverses: transaction },
  };
  const made = { transaction, kinds: [ofOrder === null ? 'spend' : 'capture'], takes };
  return {
    ...{ what: REDEMPTION, id, place, member },
    made: { ...made, ...(ofOrder !== null && { hold: ofOrder }) },
    later: isUndone || undoneTransaction !== null ? [undone] : [],
  };
}

/** Where its lines cost something else than it says, no points of the ledger are what was taken. */
function takenBy({ unit, points, sold, yuanFen, paidFen }: Redemption): ClaimedPoints {
  if (sold !== points) return { unreadable: `${points} / ${sold}` };
  return paidFen === yuanFen ? { [unit]: points } : { unreadable: `${yuanFen} / ${paidFen}` };
}

export const purchasesAsClaimed: ClaimSource = {
  kinds: ['credit', 'clawback', 'note'],
  async between({ reader, tables: { purchases: t } }: Engine, { from, to, limit }) {
    const credited = and(gte(t.transaction, from), lte(t.transaction, to));
    const takenBack = and(gte(t.takenBackTransaction, from), lte(t.takenBackTransaction, to));
    const within = or(credited, takenBack);
    return (await reader.select(claimedOfPurchase(t)).from(t).where(within).limit(limit)).map(purchaseClaims);
  },
  async behind({ reader, tables: { purchases: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.transaction, [...made]));
    return (await reader.select(claimedOfPurchase(t)).from(t).where(meant)).map(purchaseClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { purchases: t } = engine.tables;
    const rows = await engine.reader
      .select(claimedOfPurchase(t))
      .from(t)
      .where(and(namesOfNoBook(t.transaction, books), isOfBook(engine, t.place, book)))
      .limit(limit);
    return rows.map(purchaseClaims);
  },
};

/** What was taken at a counter, at once or as an order that was picked up. */
export const redemptionsAsClaimed: ClaimSource = {
  kinds: ['spend', 'refund', 'capture'],
  async between(engine: Engine, { from, to, limit }) {
    const { redemptions: t } = engine.tables;
    const taken = and(gte(t.transaction, from), lte(t.transaction, to));
    const undone = and(gte(t.undoneTransaction, from), lte(t.undoneTransaction, to));
    return (await readRedemptions(engine, or(taken, undone), limit)).map(redemptionClaims);
  },
  async behind(engine: Engine, { ids, made }) {
    const { redemptions: t } = engine.tables;
    const meant = or(inArray(t.id, [...ids]), inArray(t.transaction, [...made]));
    return (await readRedemptions(engine, meant, ids.length + made.length)).map(redemptionClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { redemptions: t } = engine.tables;
    const none = and(namesOfNoBook(t.transaction, books), isOfBook(engine, t.place, book));
    return (await readRedemptions(engine, none, limit)).map(redemptionClaims);
  },
};

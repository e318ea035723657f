/** For the ledger's `verify`: what purchases and redemptions repeat of the transactions that they name. */
import { and, gte, inArray, lte, or } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import { namesOfNoBook, type ClaimSource, type RowClaims } from '../ledger/index.ts';
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
const claimedOfRedemption = (t: Tables['redemptions']) => ({
  ...{ id: t.id, place: t.place, member: t.member, unit: t.unit, points: t.points, state: t.state },
  ...{ transaction: t.transaction, undoneTransaction: t.undoneTransaction },
});

type Purchase = Pick<Tables['purchases']['$inferSelect'], keyof ReturnType<typeof claimedOfPurchase>>;
type Redemption = Pick<Tables['redemptions']['$inferSelect'], keyof ReturnType<typeof claimedOfRedemption>>;

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
  const { id, place, member, unit, points, transaction, state, undoneTransaction } = row;
  const moves = { [unit]: points };
  const isUndone = state === 'undone';
  const undone = {
    ...{ transaction: undoneTransaction, kinds: isUndone ? ['refund'] : [] },
    ...{ moves, reverses: transaction },
  };
  return {
    ...{ what: REDEMPTION, id, place, member },
    made: { transaction, kinds: ['spend'], moves },
    later: isUndone || undoneTransaction !== null ? [undone] : [],
  };
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

export const redemptionsAsClaimed: ClaimSource = {
  kinds: ['spend', 'refund'],
  async between({ reader, tables: { redemptions: t } }: Engine, { from, to, limit }) {
    const taken = and(gte(t.transaction, from), lte(t.transaction, to));
    const undone = and(gte(t.undoneTransaction, from), lte(t.undoneTransaction, to));
    const within = or(taken, undone);
    return (await reader.select(claimedOfRedemption(t)).from(t).where(within).limit(limit)).map(
      redemptionClaims,
    );
  },
  async behind({ reader, tables: { redemptions: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.transaction, [...made]));
    return (await reader.select(claimedOfRedemption(t)).from(t).where(meant)).map(redemptionClaims);
  },
  async unmade(engine, { book, books, limit }) {
    const { redemptions: t } = engine.tables;
    const rows = await engine.reader
      .select(claimedOfRedemption(t))
      .from(t)
      .where(and(namesOfNoBook(t.transaction, books), isOfBook(engine, t.place, book)))
      .limit(limit);
    return rows.map(redemptionClaims);
  },
};

/** For the ledger's `verify`: what purchases and redemptions repeat of the transactions that they name. */
import { and, gte, inArray, lte, or } from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import type { ClaimSource, RowClaims } from '../ledger/index.ts';
import { receiptKey } from './receipt.ts';

const PURCHASE = { zh: '消费记分', en: 'purchase' };
const REDEMPTION = { zh: '收分记录', en: 'redemption' };
const RECEIPT = { zh: '小票', en: 'receipt' };

function purchaseClaims(row: Tables['purchases']['$inferSelect']): RowClaims {
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

function redemptionClaims(row: Tables['redemptions']['$inferSelect']): RowClaims {
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
  async between({ reader, tables: { purchases: t } }: Engine, { from, to }) {
    const credited = and(gte(t.transaction, from), lte(t.transaction, to));
    const takenBack = and(gte(t.takenBackTransaction, from), lte(t.takenBackTransaction, to));
    return (await reader.select().from(t).where(or(credited, takenBack))).map(purchaseClaims);
  },
  async behind({ reader, tables: { purchases: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.transaction, [...made]));
    return (await reader.select().from(t).where(meant)).map(purchaseClaims);
  },
};

export const redemptionsAsClaimed: ClaimSource = {
  kinds: ['spend', 'refund'],
  async between({ reader, tables: { redemptions: t } }: Engine, { from, to }) {
    const taken = and(gte(t.transaction, from), lte(t.transaction, to));
    const undone = and(gte(t.undoneTransaction, from), lte(t.undoneTransaction, to));
    return (await reader.select().from(t).where(or(taken, undone))).map(redemptionClaims);
  },
  async behind({ reader, tables: { redemptions: t } }: Engine, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.transaction, [...made]));
    return (await reader.select().from(t).where(meant)).map(redemptionClaims);
  },
};

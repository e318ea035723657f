/**
 * What `verify` holds payments of settlements against: what was paid by which transfer, what its payee said of it, and who
 * took it back.
 */
import { and, gte, inArray, lte, or } from 'drizzle-orm';
import { hashCanonicalJson, namesOfNoBook, type ClaimSource, type RowClaims } from '../../ledger/index.ts';
import { isOfBook } from '../../places/index.ts';
import type { SettlementPayment } from './settlements.ts';

const PAYMENT = { zh: '结算付款', en: 'payment of a settlement' };

export function paymentHash(
  of: Pick<
    SettlementPayment,
    'id' | 'settlement' | 'amountFen' | 'reference' | 'paidOn' | 'paidBy' | 'transfer' | 'transferFen'
  >,
): string {
  const { id, settlement, amountFen, reference, paidOn, paidBy, transfer, transferFen } = of;
  const said = { id, settlement, amountFen, reference, paidOn, paidBy };
  return hashCanonicalJson(
    transferFen === null ? { format: 1, ...said } : { format: 2, ...said, transfer, transferFen },
  );
}

export function takenBackHash(
  of: Pick<SettlementPayment, 'id' | 'askedBy' | 'askedReason' | 'takenBackBy'>,
): string {
  const { id, askedBy, askedReason, takenBackBy } = of;
  return hashCanonicalJson({ format: 1, id, askedBy, askedReason, takenBackBy });
}

/** What the payee's word on a payment commits to. */
export function receiptHash({
  id,
  receipt,
  receiptBy,
  receiptAt,
  receiptSaid,
}: Pick<SettlementPayment, 'id' | 'receipt' | 'receiptBy' | 'receiptAt' | 'receiptSaid'>): string {
  return hashCanonicalJson({ format: 1, id, receipt, receiptBy, receiptAt, receiptSaid });
}

function paymentClaims(rows: readonly SettlementPayment[]): RowClaims[] {
  return rows.map((row) => {
    const { id, place, number, state, paidTransaction, takenBackTransaction } = row;
    const back = {
      ...{ transaction: takenBackTransaction, kinds: state === 'taken-back' ? ['pay'] : [] },
      ...{ reverses: paidTransaction, commitment: takenBackHash(row) },
    };
    const said = { transaction: row.receiptTransaction, kinds: ['note'], commitment: receiptHash(row) };
    const isSaid = row.receipt === 'received' || row.receipt === 'disputed';
    return {
      ...{ what: PAYMENT, id, place },
      made: { transaction: paidTransaction, kinds: ['pay'], number, commitment: paymentHash(row) },
      later: [
        ...(state === 'taken-back' || takenBackTransaction !== null ? [back] : []),
        ...(isSaid || row.receiptTransaction !== null ? [said] : []),
      ],
    };
  });
}

export const paymentsAsClaimed: ClaimSource = {
  kinds: ['pay', 'note'],
  async between({ reader, tables: { settlementPayments: t } }, { from, to, limit }) {
    const within = or(
      and(gte(t.paidTransaction, from), lte(t.paidTransaction, to)),
      and(gte(t.takenBackTransaction, from), lte(t.takenBackTransaction, to)),
      and(gte(t.receiptTransaction, from), lte(t.receiptTransaction, to)),
    );
    return paymentClaims(await reader.select().from(t).where(within).limit(limit));
  },
  async behind({ reader, tables: { settlementPayments: t } }, { ids, made }) {
    const meant = or(inArray(t.id, [...ids]), inArray(t.paidTransaction, [...made]));
    return paymentClaims(await reader.select().from(t).where(meant));
  },
  async unmade(engine, { book, books, limit }) {
    const { settlementPayments: t } = engine.tables;
    const rows = await engine.reader
      .select()
      .from(t)
      .where(and(namesOfNoBook(t.paidTransaction, books), isOfBook(engine, t.place, book)))
      .limit(limit);
    return paymentClaims(rows);
  },
};

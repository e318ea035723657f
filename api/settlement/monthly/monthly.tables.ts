import { sql } from 'drizzle-orm';
import type { Kit } from '../../db/index.ts';

export const SETTLEMENT_STATES = ['draft', 'objected', 'confirmed', 'agreed', 'paid'] as const;
export type SettlementState = (typeof SETTLEMENT_STATES)[number];
export type PaymentState = 'paid' | 'asked-back' | 'taken-back';
/** What its payee says of a payment (收到): nothing yet, that it came, or that it did not. */
export const RECEIPTS = ['waiting', 'received', 'disputed'] as const;
export type Receipt = (typeof RECEIPTS)[number];

/** 结算单: what one party is to pay another until a month's end, who agreed to it, and how it was paid. */
export const monthlyTables = (kit: Kit) => ({
  /** Its figures never change; its state does. Amounts in micro-yuan, or in fen where their names say so. */
  settlements: kit.table(
    'settlements',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      book: kit.integer().notNull(),
      number: kit.text().notNull(),
      /** A fund, or a clearing party's place; and the place that speaks for it. */
      payer: kit.text().notNull(),
      payerPlace: kit.text().notNull(),
      payee: kit.text().notNull(),
      /** Where its steps are booked: the one estate whose offsets it is for, else the payer's place. */
      place: kit.text().notNull(),
      /** 'YYYY-MM': the last month in it, and the first in which anything moved. */
      month: kit.text().notNull(),
      since: kit.text().notNull(),
      /** The ledger's entries that it is of: after one and up to another. */
      afterEntry: kit.amount().notNull(),
      throughEntry: kit.amount().notNull(),
      carriedInMicro: kit.amount().notNull(),
      takenMicro: kit.amount().notNull(),
      returnedMicro: kit.amount().notNull(),
      concededMicro: kit.amount().notNull(),
      netFen: kit.amount().notNull(),
      carriedOutMicro: kit.amount().notNull(),
      madeBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      /** Commits to the figures and their lines. */
      madeTransaction: kit.integer(),

      state: kit.text().$type<SettlementState>().notNull(),
      paidFen: kit.amount().notNull(),
      confirmedBy: kit.text(),
      confirmedAt: kit.instant(),
      confirmedTransaction: kit.integer(),
      agreedBy: kit.text(),
      agreedAt: kit.instant(),
      agreedTransaction: kit.integer(),
    },
    (t) => [
      kit.uniqueIndex('settlements_month').on(t.payee, t.payer, t.month),
      kit.index('settlements_payee').on(t.payee, t.id),
      kit.index('settlements_payee_state').on(t.payee, t.state, t.id),
      kit.index('settlements_payer').on(t.payerPlace, t.id),
      kit.index('settlements_payer_state').on(t.payerPlace, t.state, t.id),
      kit.index('settlements_made').on(t.madeTransaction),
      kit.index('settlements_confirmed').on(t.confirmedTransaction),
      kit.index('settlements_agreed').on(t.agreedTransaction),
      kit.check(
        'settlements_state_known',
        sql`${t.state} in ('draft', 'objected', 'confirmed', 'agreed', 'paid')`,
      ),
      kit.check('settlements_paid', sql`${t.paidFen} between 0 and ${t.netFen}`),
    ],
  ),

  settlementLines: kit.table(
    'settlement_lines',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      settlement: kit.text().notNull(),
      fund: kit.text().notNull(),
      unit: kit.text().notNull(),
      redeemer: kit.text().notNull(),
      rateMicro: kit.amount().notNull(),
      /** In ten-thousandths. */
      factor: kit.integer().notNull(),
      takenPoints: kit.amount().notNull(),
      takenMicro: kit.amount().notNull(),
      returnedPoints: kit.amount().notNull(),
      returnedMicro: kit.amount().notNull(),
    },
    (t) => [kit.index('settlement_lines_settlement').on(t.settlement, t.id)],
  ),

  /** What one side says against it (异议), and what the other answers. */
  settlementRemarks: kit.table(
    'settlement_remarks',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      settlement: kit.text().notNull(),
      side: kit.text().$type<'payee' | 'payer'>().notNull(),
      kind: kit.text().$type<'objection' | 'answer'>().notNull(),
      said: kit.text().notNull(),
      by: kit.text().notNull(),
      at: kit.instant().notNull(),
      saidTransaction: kit.integer(),
    },
    (t) => [
      kit.index('settlement_remarks_settlement').on(t.settlement, t.id),
      kit.index('settlement_remarks_said').on(t.saidTransaction),
      kit.check('settlement_remarks_side_known', sql`${t.side} in ('payee', 'payer')`),
      kit.check('settlement_remarks_kind_known', sql`${t.kind} in ('objection', 'answer')`),
    ],
  ),

  settlementPayments: kit.table(
    'settlement_payments',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      settlement: kit.text().notNull(),
      /** As the settlement has them. */
      place: kit.text().notNull(),
      payerPlace: kit.text().notNull(),
      number: kit.text().notNull(),
      amountFen: kit.amount().notNull(),
      /** The bank's number of the transfer (银行流水号), and its day. */
      reference: kit.text().notNull(),
      paidOn: kit.date().notNull(),
      paidBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
      paidTransaction: kit.integer(),
      state: kit.text().$type<PaymentState>().notNull(),
      /** Who asks to have it taken back and why, and who decided it. */
      askedBy: kit.text(),
      askedAt: kit.instant(),
      askedReason: kit.text(),
      takenBackBy: kit.text(),
      takenBackAt: kit.instant(),
      takenBackTransaction: kit.integer(),
      payee: kit.text(),
      /** The number of the transfer as it is compared (`rules/transfer.ts`), and what it was in all; null: of before. */
      transfer: kit.text(),
      transferFen: kit.amount(),
      /** Null: of before, which is as waiting. */
      receipt: kit.text().$type<Receipt>(),
      receiptBy: kit.text(),
      receiptAt: kit.instant(),
      /** What the payee says did not come. */
      receiptSaid: kit.text(),
      receiptTransaction: kit.integer(),
    },
    (t) => [
      kit.index('settlement_payments_settlement').on(t.settlement, t.id),
      kit.index('settlement_payments_paid').on(t.paidTransaction),
      kit.index('settlement_payments_taken_back').on(t.takenBackTransaction),
      kit.index('settlement_payments_asked').on(t.payerPlace, t.state, t.id),
      kit.index('settlement_payments_transfer').on(t.payerPlace, t.transfer),
      kit.index('settlement_payments_receipt').on(t.payee, t.receipt, t.state, t.id),
      kit.index('settlement_payments_disputed').on(t.payerPlace, t.receipt, t.state, t.id),
      kit.index('settlement_payments_received').on(t.receiptTransaction),
      kit.check('settlement_payments_state_known', sql`${t.state} in ('paid', 'asked-back', 'taken-back')`),
      kit.check('settlement_payments_amount', sql`${t.amountFen} > 0`),
    ],
  ),
});

/** What was settled, and what was said about it. */
export const appendOnlyMonthlyTables = ['settlement_lines', 'settlement_remarks'] as const;

import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { DifferenceKind, Field } from './rules/difference.ts';

/** What a funder says it has paid and owes for a month, what differs, and who agreed to it. Nothing here is ever changed: the databases refuse it. */
export const settlementTables = (kit: Kit) => ({
  /** One statement (出资方对账单) of a fund's month; what was wrong in it is said by the next one. */
  funderStatements: kit.table(
    'funder_statements',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      fund: kit.text().notNull(),
      /** 'YYYY-MM' */
      month: kit.text().notNull(),
      /** 1, 2 … of the fund's month. */
      number: kit.integer().notNull(),
      source: kit.text().$type<'file' | 'typed'>().notNull(),
      /** '' where it was typed. */
      fileName: kit.text().notNull(),
      /** SHA-256 of the file, or of what was typed. */
      fileHash: kit.text().notNull(),
      rows: kit.integer().notNull(),
      /** Rows that could not be read, and were not compared. */
      rejected: kit.integer().notNull(),
      /** Why it came after both sides had agreed to the one before; '' else. */
      reason: kit.text().notNull(),
      /** Rows that say the same as the ledger. */
      matched: kit.integer().notNull(),
      differences: kit.integer().notNull(),
      /** In fen, what each side says is owed when the month ends; null where the statement says it of nobody. */
      oursFen: kit.amount().notNull(),
      theirsFen: kit.amount(),
      takenBy: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('funder_statements_number').on(t.fund, t.month, t.number)],
  ),

  /** A row of it as read; null where the row does not say. */
  funderStatementRows: kit.table(
    'funder_statement_rows',
    {
      id: kit.id(),
      statement: kit.text().notNull(),
      rowNumber: kit.integer().notNull(),
      /** The place that the row means; '' where its words name none of the month. */
      party: kit.text().notNull(),
      partyText: kit.text().notNull(),
      number: kit.text().notNull(),
      period: kit.text().notNull(),
      openingFen: kit.amount(),
      points: kit.amount(),
      acceptedFen: kit.amount(),
      reversedFen: kit.amount(),
      paidFen: kit.amount(),
      closingFen: kit.amount(),
    },
    (t) => [kit.uniqueIndex('funder_statement_rows_identity').on(t.statement, t.rowNumber)],
  ),

  /** Where the two sides differ. In fen, or in points where `field` is 'points'. */
  fundDifferences: kit.table(
    'fund_differences',
    {
      id: kit.id(),
      statement: kit.text().notNull(),
      kind: kit.text().$type<DifferenceKind>().notNull(),
      field: kit.text().$type<Field>(),
      party: kit.text().notNull(),
      partyText: kit.text().notNull(),
      number: kit.text().notNull(),
      rowNumber: kit.integer(),
      ours: kit.amount(),
      theirs: kit.amount(),
      /** Several rows say the same, and a person says which is meant. */
      tie: kit.boolean().notNull(),
    },
    (t) => [
      kit.index('fund_differences_statement').on(t.statement, t.id),
      kit.check(
        'fund_differences_kind_known',
        sql`${t.kind} in ('missing-there', 'missing-here', 'amount', 'wrong-period', 'wrong-party', 'duplicate')`,
      ),
    ],
  ),

  /** A row of theirs that a person paired with rows of ours (人工对上); it counts until it is split. */
  fundPairings: kit.table(
    'fund_pairings',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      statement: kit.text().notNull(),
      /** 1, 2 … of the statement: of two written at once the database refuses one. */
      number: kit.integer().notNull(),
      /** The difference that is the row of theirs. */
      theirs: kit.text().notNull(),
      oursRows: kit.integer().notNull(),
      oursFen: kit.amount().notNull(),
      theirsFen: kit.amount().notNull(),
      /** Why, where somebody had to say so; '' else. */
      reason: kit.text().notNull(),
      by: kit.text().notNull(),
      at: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('fund_pairings_number').on(t.statement, t.number)],
  ),

  /** Each difference that a pairing settles, of either side. */
  fundPairingRows: kit.table(
    'fund_pairing_rows',
    { id: kit.id(), pairing: kit.text().notNull(), difference: kit.text().notNull() },
    (t) => [
      kit.uniqueIndex('fund_pairing_rows_identity').on(t.pairing, t.difference),
      kit.index('fund_pairing_rows_difference').on(t.difference),
    ],
  ),

  /** A pairing taken apart again (拆开). */
  fundPairingSplits: kit.table(
    'fund_pairing_splits',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      pairing: kit.text().notNull(),
      by: kit.text().notNull(),
      at: kit.instant().notNull(),
    },
    (t) => [kit.uniqueIndex('fund_pairing_splits_pairing').on(t.pairing)],
  ),

  /** One side agrees to a statement (双方确认): the funder's, or the community's staff. */
  fundAgreements: kit.table(
    'fund_agreements',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      statement: kit.text().notNull(),
      side: kit.text().$type<'funder' | 'staff'>().notNull(),
      by: kit.text().notNull(),
      at: kit.instant().notNull(),
      /** Why, where something differs; '' else. */
      remark: kit.text().notNull(),
      /** Commits to the statement with its rows and differences, and to this. */
      agreedTransaction: kit.integer(),
    },
    (t) => [
      kit.uniqueIndex('fund_agreements_side').on(t.statement, t.side),
      kit.index('fund_agreements_agreed').on(t.agreedTransaction),
      kit.check('fund_agreements_side_known', sql`${t.side} in ('funder', 'staff')`),
    ],
  ),
});

export const appendOnlySettlementTables = [
  'funder_statements',
  'funder_statement_rows',
  'fund_differences',
  'fund_pairings',
  'fund_pairing_rows',
  'fund_pairing_splits',
  'fund_agreements',
] as const;

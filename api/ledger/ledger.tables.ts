/**
 * The ledger's tables. Ids are integers, book × 2^40 + a number of that book, so each book counts for itself and a
 * transaction's id is its sequence number. There are no foreign keys here: every row is written by a store from a plan
 * that has just loaded what it refers to, `verify` proves the references, and a check on each entry would cost a lookup.
 */
import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';

/** How far apart the ids of two books lie: room for 2^40 rows a table in each of 8,192 books. */
export const BOOK_STRIDE = 1_099_511_627_776;

/** Tables whose rows never change and never go; triggers on both engines refuse it. */
export const appendOnlyLedgerTables = [
  'books',
  'accounts',
  'assets',
  'transactions',
  'entries',
  'tally_entries',
  'keys',
  'holds',
] as const;

/** Tables that are found by their primary key alone; on SQLite they live in that key's tree. */
export const keyedLedgerTables = ['positions', 'tallies', 'keys'] as const;

export const ledgerTables = (kit: Kit) => ({
  books: kit.table('books', {
    id: kit.integer().primaryKey(),
    code: kit.text().notNull().unique(),
    name: kit.text().notNull(),
    createdAt: kit.instant().notNull(),
  }),

  accounts: kit.table(
    'accounts',
    {
      id: kit.integer().primaryKey(),
      book: kit.integer().notNull(),
      owner: kit.text().notNull(),
      role: kit.text().notNull(),
      /** '' means none: a NULL would defeat the unique index. */
      counterparty: kit.text().notNull(),
      floor: kit.amount(),
      ceiling: kit.amount(),
    },
    (t) => [kit.uniqueIndex('accounts_identity').on(t.book, t.owner, t.role, t.counterparty)],
  ),

  /** A series, a promise or CNY6; what a kind does not use is '' or 0, so that the unique index sees it. */
  assets: kit.table(
    'assets',
    {
      id: kit.integer().primaryKey(),
      book: kit.integer().notNull(),
      kind: kit.text().$type<'series' | 'promise' | 'cny6'>().notNull(),
      unit: kit.text().notNull(),
      fund: kit.text().notNull(),
      expiresAt: kit.instant().notNull(),
      rateMicro: kit.amount().notNull(),
      budgetReturns: kit.integer().$type<0 | 1>().notNull(),
    },
    (t) => [
      kit
        .uniqueIndex('assets_identity')
        .on(t.book, t.kind, t.unit, t.fund, t.expiresAt, t.rateMicro, t.budgetReturns),
      // What ends soon is asked for every hour.
      kit.index('assets_end').on(t.book, t.expiresAt),
      kit.check('assets_kind_known', sql`${t.kind} in ('series', 'promise', 'cny6')`),
      kit.check('assets_budget_returns_flag', sql`${t.budgetReturns} in (0, 1)`),
    ],
  ),

  transactions: kit.table(
    'transactions',
    {
      id: kit.integer().primaryKey(),
      book: kit.integer().notNull(),
      seq: kit.integer().notNull(),
      format: kit.integer().notNull(),
      place: kit.text().notNull(),
      kind: kit.text().notNull(),
      effectiveAt: kit.instant().notNull(),
      bookedAt: kit.instant().notNull(),
      originalEffectiveAt: kit.instant(),
      unitId: kit.text().notNull(),
      actor: kit.text().notNull(),
      source: kit.text().notNull(),
      holdId: kit.text(),
      reverses: kit.integer(),
      ruleVersion: kit.text(),
      terms: kit.text(),
      memoCommitment: kit.text(),
      firstEntry: kit.integer().notNull(),
      entryCount: kit.integer().notNull(),
      firstTally: kit.integer().notNull(),
      tallyCount: kit.integer().notNull(),
      hash: kit.text().notNull(),
    },
    (t) => [
      kit.check(
        'transactions_id_is_seq',
        sql`${t.id} = ${t.book} * ${sql.raw(String(BOOK_STRIDE))} + ${t.seq}`,
      ),
      kit.index('transactions_booked_at').on(t.book, t.bookedAt),
      // Few are late; a balance as of a past moment asks for them alone.
      kit
        .index('transactions_late')
        .on(t.book, t.id)
        .where(sql`${t.effectiveAt} < ${t.bookedAt}`),
      // Points given back and taken back: an auditor looks at each of them.
      kit
        .index('transactions_refunds')
        .on(t.book, t.id)
        .where(sql`${t.kind} in ('refund', 'clawback')`),
      kit
        .index('transactions_reverses')
        .on(t.reverses)
        .where(sql`${t.reverses} is not null`),
      kit
        .index('transactions_hold')
        .on(t.holdId)
        .where(sql`${t.holdId} is not null`),
    ],
  ),

  entries: kit.table(
    'entries',
    {
      id: kit.integer().primaryKey(),
      tx: kit.integer().notNull(),
      account: kit.integer().notNull(),
      asset: kit.integer().notNull(),
      amount: kit.amount().notNull(),
      balanceAfter: kit.amount().notNull(),
      effectiveAt: kit.instant().notNull(),
    },
    (t) => [kit.index('entries_account').on(t.account, t.id)],
  ),

  positions: kit.table(
    'positions',
    {
      account: kit.integer().notNull(),
      asset: kit.integer().notNull(),
      balance: kit.amount().notNull(),
      /** The last entry's id: what `balance` follows from. */
      entry: kit.integer().notNull(),
    },
    (t) => [kit.primaryKey({ name: 'positions_pk', columns: [t.account, t.asset] })],
  ),

  tallies: kit.table(
    'tallies',
    {
      book: kit.integer().notNull(),
      key: kit.text().notNull(),
      total: kit.amount().notNull(),
      entry: kit.integer().notNull(),
    },
    (t) => [kit.primaryKey({ name: 'tallies_pk', columns: [t.book, t.key] })],
  ),

  tallyEntries: kit.table('tally_entries', {
    id: kit.integer().primaryKey(),
    tx: kit.integer().notNull(),
    key: kit.text().notNull(),
    amount: kit.amount().notNull(),
    totalAfter: kit.amount().notNull(),
    floor: kit.amount(),
    ceiling: kit.amount(),
  }),

  /** One row per business key that was answered, posted or refused, for ever. */
  keys: kit.table(
    'keys',
    {
      book: kit.integer().notNull(),
      scope: kit.text().notNull(),
      key: kit.text().notNull(),
      requestHash: kit.text().notNull(),
      unitId: kit.text().notNull(),
      status: kit.text().$type<'posted' | 'refused'>().notNull(),
      answer: kit.text().notNull(),
      firstSeq: kit.integer(),
      lastSeq: kit.integer(),
      bookedAt: kit.instant().notNull(),
      hash: kit.text().notNull(),
    },
    (t) => [
      // The key before its scope: keys are made in the order of time, so all shops write at the end of one tree.
      kit.primaryKey({ name: 'keys_pk', columns: [t.book, t.key, t.scope] }),
      kit.check('keys_status_known', sql`${t.status} in ('posted', 'refused')`),
    ],
  ),

  holds: kit.table(
    'holds',
    {
      id: kit.id(),
      book: kit.integer().notNull(),
      tx: kit.integer().notNull(),
      member: kit.text().notNull(),
      redeemer: kit.text().notNull(),
      place: kit.text().notNull(),
      endsAt: kit.instant().notNull(),
      lines: kit.text().notNull(),
    },
    (t) => [
      kit.index('holds_member').on(t.book, t.member, t.id),
      kit.index('holds_ends_at').on(t.book, t.endsAt),
    ],
  ),
});

import type { Kit } from '../../db/index.ts';
import type { BreakEventKind } from './break-events.ts';

/** What people said and did about breaks. Nothing here is ever changed: the databases themselves refuse it. */
export const breakTables = (kit: Kit) => ({
  /** One line of a break's thread: who, when, what. */
  breakEvents: kit.table(
    'break_events',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      breakId: kit.text().notNull(),
      kind: kit.text().$type<BreakEventKind>().notNull(),
      actor: kit.text().notNull(),
      /** What was said; '' where the deed says it all. */
      comment: kit.text().notNull(),
      /** By kind: a resolution, a month, or the id of who is to see to it; '' for nobody. */
      subject: kit.text().notNull(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [kit.index('break_events_break').on(t.breakId, t.id)],
  ),

  /**
   * 差异转销: what the firm's books have too much, and the firm bears. Its id is that of the unit which booked it. One that
   * was wrong is taken back by a row of its own, of the same amount below zero.
   */
  writeOffs: kit.table(
    'write_offs',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      breakId: kit.text().notNull(),
      estate: kit.text().notNull(),
      /** Who bears it. */
      firm: kit.text().notNull(),
      /** The fee item as the firm's row names it. */
      item: kit.text().notNull(),
      amountFen: kit.amount().notNull(),
      /** Of its break: written off, taken back, written off again …, from 1. */
      nth: kit.integer().notNull().default(1),
      /** The row that it takes back; null where it writes off. */
      reverses: kit.text(),
      askedBy: kit.text().notNull(),
      approvedBy: kit.text().notNull(),
      comment: kit.text().notNull(),
      /** SHA-256 (hex) of what was decided; the transaction commits to the same. */
      hash: kit.text().notNull(),
      transaction: kit.integer(),
      createdAt: kit.instant().notNull(),
    },
    (t) => [
      kit.uniqueIndex('write_offs_break').on(t.breakId, t.nth),
      kit.uniqueIndex('write_offs_reverses').on(t.reverses),
      kit.index('write_offs_transaction').on(t.transaction),
      kit.index('write_offs_estate').on(t.estate, t.transaction),
    ],
  ),
});

export const appendOnlyBreakTables = ['break_events', 'write_offs'] as const;

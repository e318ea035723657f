import { sql } from 'drizzle-orm';
import type { Kit } from '../db/index.ts';
import type { Resolution, Reversal } from './reconcile/resolutions.ts';

/** What a firm says it has posted, and what differs. */
export const reconcileTables = (kit: Kit) => ({
  /** A row of the firm's posted list, as read. */
  postedRows: kit.table(
    'posted_rows',
    {
      id: kit.id(),
      import: kit.text().notNull(),
      rowNumber: kit.integer().notNull(),
      estate: kit.text().notNull(),
      offsetNumber: kit.text().notNull(),
      /** The house as found; '' when the row names none we know. */
      house: kit.text().notNull(),
      houseText: kit.text().notNull(),
      item: kit.text().notNull(),
      period: kit.text().notNull(),
      amountFen: kit.amount().notNull(),
      postedOn: kit.date(),
      state: kit.text().$type<'posted' | 'returned' | 'waiting' | 'paid-otherwise'>().notNull(),
      remark: kit.text().notNull(),
      /** The offset that the row posts, as the matcher found; the offset is captured after it. */
      matchedOffset: kit.text(),
    },
    (t) => [
      kit.uniqueIndex('posted_rows_identity').on(t.import, t.rowNumber),
      kit.index('posted_rows_matched').on(t.matchedOffset),
    ],
  ),

  /** An offset that was handed over after a posted list was drawn up: that list did not have to have it. */
  offsetsNotYetDue: kit.table(
    'offsets_not_yet_due',
    {
      id: kit.id(),
      import: kit.text().notNull(),
      // Plain `offset` is a word that an index would have to quote on one engine only.
      offsetId: kit.text().notNull(),
    },
    (t) => [kit.uniqueIndex('offsets_not_yet_due_identity').on(t.import, t.offsetId)],
  ),

  /** A later posted list that still has an open break of an earlier one: the same break, seen again. */
  breaksSeenAgain: kit.table(
    'breaks_seen_again',
    {
      id: kit.id(),
      import: kit.text().notNull(),
      breakId: kit.text().notNull(),
    },
    (t) => [
      kit.uniqueIndex('breaks_seen_again_identity').on(t.breakId, t.import),
      kit.index('breaks_seen_again_import').on(t.import, t.breakId),
    ],
  ),

  /** A mismatch (差异), named after the first list that had it, and how it was resolved. */
  breaks: kit.table(
    'breaks',
    {
      id: kit.id(),
      version: kit.integer().notNull(),
      estate: kit.text().notNull(),
      import: kit.text().notNull(),
      kind: kit.text().notNull(),
      offset: kit.text(),
      postedRow: kit.text(),
      differenceFen: kit.amount().notNull(),
      /** What a person will most likely do about it. */
      proposal: kit
        .text()
        .$type<'firm-corrects' | 'accept' | 'release' | 'offset-new-bill' | 'reverse' | 'choose'>()
        .notNull(),
      zh: kit.text().notNull(),
      en: kit.text().notNull(),
      state: kit.text().$type<'open' | 'resolved'>().notNull(),
      resolution: kit.text().$type<Resolution | 'later-list' | 'replaced'>(),
      comment: kit.text(),
      resolvedBy: kit.text(),
      transaction: kit.integer(),
      createdAt: kit.instant().notNull(),
      /**
       * What one person wants that takes a second one to do; null where nobody asked. `at` was not kept from the first day;
       * `declined` of what was to be taken back, until whoever asked has read it.
       */
      asked: kit.json<{
        resolution: Resolution | Reversal;
        comment: string;
        by: string;
        at?: number;
        declined?: { by: string; comment: string; at: number };
      }>(),
      /** The later list that settled it, or found something else about the same offset. */
      settledImport: kit.text(),
      /** Whoever sees to it; null for nobody yet. */
      owner: kit.text(),
      /** 'YYYY-MM': the month in which it is to be settled, where it was carried on; null while it is its own. */
      carriedTo: kit.text(),
      /** When a person resolved it; not kept from the first day. */
      resolvedAt: kit.instant(),
      /**
       * Since when taking its write-off back waits for a second person; below zero since when it was declined and waits for
       * whoever asked.
       */
      reversalAsked: kit.instant(),
    },
    (t) => [
      kit.index('breaks_import').on(t.import, t.id),
      kit.index('breaks_estate').on(t.estate, t.state, t.id),
      kit.index('breaks_kind').on(t.estate, t.state, t.kind, t.id),
      kit.index('breaks_offset').on(t.offset, t.state),
      // Whoever is merged away has handed theirs over.
      kit.index('breaks_owner').on(t.owner),
      kit.index('breaks_reversal_asked').on(t.estate, t.reversalAsked),
      // The firm may say too much or too little: the largest difference is what matters.
      kit.index('breaks_most').on(t.estate, t.state, sql`abs(${t.differenceFen})`, t.id),
      kit.check('breaks_state_known', sql`${t.state} in ('open', 'resolved')`),
    ],
  ),
});

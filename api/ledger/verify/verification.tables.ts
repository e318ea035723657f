import { sql } from 'drizzle-orm';
import type { Kit } from '../../db/index.ts';
import type { RulesReport } from './cited.ts';
import type { Finding } from './finding.ts';

/** Runs of `verify` that were begun from a page: every process sees them, and what they found outlives it. */
export const verificationTables = (kit: Kit) => ({
  bookVerifications: kit.table(
    'book_verifications',
    {
      id: kit.id(),
      book: kit.integer().notNull(),
      startedBy: kit.text().notNull(),
      startedAt: kit.instant().notNull(),
      /** When its process last said that it works on it. */
      heartbeatAt: kit.instant().notNull(),
      /** `failed`: it did not get to its end; `broken-off`: its process was not heard of any more. */
      state: kit.text().$type<'running' | 'right' | 'wrong' | 'failed' | 'broken-off'>().notNull(),
      /** Transactions, so far and in all. */
      done: kit.integer().notNull(),
      of: kit.integer().notNull(),
      endedAt: kit.instant(),
      report: kit.json<{
        transactions: number;
        entries: number;
        root: string;
        rules?: RulesReport;
        /** Rows of the product that were compared with their transactions. */
        rows?: number;
        /** Attached files whose bytes were read. */
        files?: number;
      }>(),
      findings: kit.json<readonly Finding[]>().notNull(),
      findingCount: kit.integer().notNull(),
    },
    (t) => [
      kit.index('book_verifications_book').on(t.book, t.id),
      // Whoever begins a second one of a book meanwhile is refused by the database, whatever process asks.
      kit
        .uniqueIndex('book_verifications_running')
        .on(t.book)
        .where(sql`${t.state} = 'running'`),
      kit.check(
        'book_verifications_state_known',
        sql`${t.state} in ('running', 'right', 'wrong', 'failed', 'broken-off')`,
      ),
    ],
  ),
});

/**
 * What SQLite would do for each query that reads really send: a page must cost the same when a district has kept its
 * books for ten years, so each finds its rows by an index, and in the order of that index.
 */
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { expect, it } from 'vitest';
import type { Database, Engine, SqliteEngine } from '../../api/db/index.ts';
import { withSqlite } from './database.ts';

type Sent = { sql: string; params: unknown[] };

/** Tables with a handful of rows for ever. */
const SMALL = new Set(['books']);
/** What an index narrows to is no less than the whole book. */
const WHOLE_BOOK = /^SEARCH (transactions|entries|accounts|tallies|keys|holds) .*\(book=\?\)$/;

export interface QueryWatch {
  readonly engine: SqliteEngine;
  /** The same database; what is asked through it is written down. */
  readonly watched: Engine;
  /** What was asked since the last `forget`. */
  readonly sent: readonly Sent[];
  forget(): void;
  /** The steps of the plans of these queries, without the walk through what an index has just given. */
  plansOf(queries: readonly Sent[]): string[];
}

export async function watchQueries(): Promise<QueryWatch> {
  const engine = await withSqlite();
  const sent: Sent[] = [];
  const logger = { logQuery: (sql: string, params: unknown[]) => void sent.push({ sql, params }) };
  const logged = drizzle({ client: engine.sqlite, logger }) as unknown as Database;
  return {
    engine,
    watched: { ...engine, db: logged, reader: logged },
    sent,
    forget: () => void (sent.length = 0),
    plansOf: (queries) =>
      queries.flatMap(({ sql, params }) => {
        const steps = engine.sqlite.prepare(`explain query plan ${sql}`).all(...params) as {
          detail: string;
        }[];
        const details = steps.map(({ detail }) => detail);
        const given = details.map((detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\w+)$/.exec(detail)?.[1]);
        return details.filter((detail) => !given.includes(/^SCAN (\w+)$/.exec(detail)?.[1] ?? ''));
      }),
  };
}

export function isScan(detail: string): boolean {
  // No table's name begins with a digit: `SCAN 5-ROW VALUES CLAUSE` reads the rows that were sent along.
  const table = /^SCAN ([a-z]\w*|CONSTANT)/.exec(detail)?.[1];
  return (table !== undefined && table !== 'CONSTANT' && !SMALL.has(table)) || WHOLE_BOOK.test(detail);
}

/** Declares the two tests that every read of a screen has to pass; `sortedAfterwards` names what no index can order. */
export function eachReadByAnIndex(
  watch: () => QueryWatch,
  reads: Readonly<Record<string, () => Promise<unknown>>>,
  sortedAfterwards: readonly string[] = [],
): void {
  it.each(Object.keys(reads))('%s', async (name) => {
    watch().forget();
    await reads[name]!();
    expect(watch().sent.length).toBeGreaterThan(0);
    expect(watch().plansOf(watch().sent).filter(isScan)).toEqual([]);
  });

  // A sort reads every row before it gives the first: a page would cost more with each year.
  const inOrder = Object.keys(reads).filter((name) => !sortedAfterwards.includes(name));
  it.each(inOrder)('%s: in the order of the index', async (name) => {
    watch().forget();
    await reads[name]!();
    const plans = watch().plansOf(watch().sent);
    expect(plans.filter((detail) => detail.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  });
}

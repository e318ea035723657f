/** Breaks that outlive the list that found them: carried on by later lists, and settled by the one that has the offset. */
import {
  and,
  asc,
  count,
  eq,
  gt,
  inArray,
  isNotNull,
  lte,
  ne,
  notInArray,
  or,
  sql,
  sum,
  type SQL,
} from 'drizzle-orm';
import type { Engine, Tables } from '../db/index.ts';
import type { OpenBreak } from './reconcile/carry-on.ts';
import type { BreakRow } from './resolve-break.ts';

/** Every open break of an estate, the oldest first, with the firm's row that it is about. */
export async function openBreaks({ db, tables }: Engine, estate: string): Promise<OpenBreak[]> {
  const { breaks: b, postedRows: p } = tables;
  const rows = await db
    .select({ found: b, row: p })
    .from(b)
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(b.estate, estate), eq(b.state, 'open')))
    .orderBy(asc(b.id));
  return rows.map(({ found, row }) => {
    const { id, version, offset, differenceFen, proposal, owner, carriedTo, createdAt } = found;
    const kind = found.kind as OpenBreak['kind'];
    return { id, version, offset, kind, differenceFen, proposal, row, owner, carriedTo, createdAt };
  });
}

export type OpenBreaksOfMonth = { count: number; valueFen: number; differenceFen: number };

/**
 * The open breaks that are a month's to see to: its own, and those of the months before, which are seen to until they are
 * resolved. One that was carried on is of the month that it was carried to; of an offset of ours, of its month; of a row of
 * none of ours, of what the list says (of several months the first), and where that is nothing it may be any month's. `valueFen` adds what they differ by,
 * `differenceFen` lets too much and too little cancel out.
 */
export async function openBreaksOfMonth(
  { reader, tables }: Engine,
  { estate, month }: { estate: string; month: string },
): Promise<OpenBreaksOfMonth> {
  const { breaks: b, offsets: o, postedRows: p } = tables;
  const [row] = await reader
    .select(summed(b))
    .from(b)
    .leftJoin(o, eq(o.id, b.offset))
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(
      and(
        eq(b.estate, estate),
        eq(b.state, 'open'),
        lte(sql`coalesce(${b.carriedTo}, ${o.period}, substr(${p.period}, 1, 7), '')`, month),
      ),
    );
  return { count: row?.count ?? 0, valueFen: row?.valueFen ?? 0, differenceFen: row?.differenceFen ?? 0 };
}

const summed = (b: Tables['breaks']) => ({
  count: count(),
  valueFen: sql`sum(abs(${b.differenceFen}))`.mapWith(Number),
  differenceFen: sum(b.differenceFen).mapWith(Number),
});

export type CarriedBreak = Pick<BreakRow, 'id' | 'kind' | 'zh' | 'en' | 'differenceFen' | 'createdAt'> & {
  carriedTo: string;
};
export type CarriedBreaks = OpenBreaksOfMonth & { list: CarriedBreak[] };

/** On a statement so many are named, the oldest first; all are counted. */
const MOST_NAMED = 200;

/** What was carried on beyond a month: known, still open, and no business of its closing any more. */
export async function carriedBeyond(
  { reader, tables }: Engine,
  { estate, month }: { estate: string; month: string },
): Promise<CarriedBreaks> {
  const { breaks: b, offsets: o, postedRows: p } = tables;
  // What is of a later month by itself was never this one's.
  const own = lte(sql`coalesce(${o.period}, substr(${p.period}, 1, 7), '')`, month);
  const carried = and(eq(b.estate, estate), eq(b.state, 'open'), gt(b.carriedTo, month), own);
  const [row] = await reader
    .select(summed(b))
    .from(b)
    .leftJoin(o, eq(o.id, b.offset))
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(carried);
  const many = row?.count ?? 0;
  const { id, kind, zh, en, differenceFen, createdAt, carriedTo } = b;
  const named =
    many === 0
      ? []
      : await reader
          .select({ id, kind, zh, en, differenceFen, createdAt, carriedTo })
          .from(b)
          .leftJoin(o, eq(o.id, b.offset))
          .leftJoin(p, eq(p.id, b.postedRow))
          .where(carried)
          .orderBy(asc(b.id))
          .limit(MOST_NAMED);
  const list = named.map((each) => ({ ...each, carriedTo: each.carriedTo ?? '' }));
  return { count: many, valueFen: row?.valueFen ?? 0, differenceFen: row?.differenceFen ?? 0, list };
}

/** Of each month how many open breaks are about it alone; under '' those that may be any month's. */
export async function openBreaksByMonth(
  { reader, tables }: Engine,
  estate: string,
): Promise<Map<string, number>> {
  const { breaks: b, offsets: o, postedRows: p } = tables;
  const month = sql<string>`coalesce(${b.carriedTo}, ${o.period}, substr(${p.period}, 1, 7), '')`;
  const rows = await reader
    .select({ month, count: count() })
    .from(b)
    .leftJoin(o, eq(o.id, b.offset))
    .leftJoin(p, eq(p.id, b.postedRow))
    .where(and(eq(b.estate, estate), eq(b.state, 'open')))
    .groupBy(month);
  return new Map(rows.map((row) => [row.month, row.count]));
}

/** Which breaks a list has: its own, and those of earlier lists that it had again. */
export function ofList({ db, tables }: Pick<Engine, 'db' | 'tables'>, list: string): SQL | undefined {
  const { breaks: b } = tables;
  return or(eq(b.import, list), inArray(b.id, seenIn({ db, tables }, list)));
}

export type EarlierBreak = Pick<BreakRow, 'id' | 'kind' | 'owner' | 'carriedTo' | 'createdAt'>;

/** The open breaks by offset that earlier lists found and this one has not: what its match of the offset settles. */
export async function earlierBreaks(
  { db, tables }: Engine,
  { estate, list }: { estate: string; list: string },
): Promise<Map<string, EarlierBreak[]>> {
  const { breaks: b } = tables;
  const rows = await db
    .select({
      ...{ id: b.id, kind: b.kind, offset: b.offset },
      ...{ owner: b.owner, carriedTo: b.carriedTo, createdAt: b.createdAt },
    })
    .from(b)
    .where(
      and(
        eq(b.estate, estate),
        eq(b.state, 'open'),
        isNotNull(b.offset),
        ne(b.import, list),
        notInArray(b.id, seenIn({ db, tables }, list)),
      ),
    );
  const found = new Map<string, EarlierBreak[]>();
  for (const { offset, ...row } of rows) {
    if (offset !== null) found.set(offset, [...(found.get(offset) ?? []), row]);
  }
  return found;
}

/** Those of them that are open, with the versions that they have now. */
export async function stillOpen(
  { db, tables: { breaks: b } }: Engine,
  of: readonly { id: string }[],
): Promise<{ id: string; version: number }[]> {
  const ids = of.map(({ id }) => id);
  return db
    .select({ id: b.id, version: b.version })
    .from(b)
    .where(and(inArray(b.id, ids), eq(b.state, 'open')));
}

/** How a later list settles a break: by having the offset, or by finding something else about it. */
export function settledBy(list: string, resolution: 'later-list' | 'replaced') {
  return { state: 'resolved' as const, resolution, resolvedBy: 'system', settledImport: list };
}

function seenIn({ db, tables: { breaksSeenAgain: s } }: Pick<Engine, 'db' | 'tables'>, list: string) {
  return db.select({ id: s.breakId }).from(s).where(eq(s.import, list));
}

/** What is left to do about the breaks of an estate: counters that fall to nothing. One pass over what is open. */
import { and, count, eq, gt, sql, sum, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Instant } from '../../programme/index.ts';

export type BreakCounts = {
  count: number;
  /** What they differ by, added up; and with too much against too little. */
  valueFen: number;
  differenceFen: number;
  asked: number;
  carried: number;
  /** Nobody sees to them. */
  nobodys: number;
  mine: number;
  overWeek: number;
  overMonth: number;
};
/** `reversals`: write-offs that somebody wants taken back. */
export type BreakSummary = BreakCounts & { reversals: number } & {
  kinds: { kind: string; count: number; differenceFen: number }[];
};

const NONE: BreakCounts = {
  ...{ count: 0, valueFen: 0, differenceFen: 0, asked: 0, carried: 0 },
  ...{ nobodys: 0, mine: 0, overWeek: 0, overMonth: 0 },
};

/** `person`: who asks; `week` and `month`: found before these instants. */
export async function breakSummary(
  { reader, tables: { breaks: t } }: Engine,
  of: { estate: string; person: string; week: Instant; month: Instant },
): Promise<BreakSummary> {
  const howMany = (which: SQL) => sql`sum(case when ${which} then 1 else 0 end)`.mapWith(Number);
  const rows = await reader
    .select({
      ...{ kind: t.kind, count: count(), differenceFen: sum(t.differenceFen).mapWith(Number) },
      valueFen: sql`sum(abs(${t.differenceFen}))`.mapWith(Number),
      asked: howMany(sql`${t.asked} is not null`),
      carried: howMany(sql`${t.carriedTo} is not null`),
      nobodys: howMany(sql`${t.owner} is null`),
      mine: howMany(sql`${t.owner} = ${of.person}`),
      overWeek: howMany(sql`${t.createdAt} < ${of.week}`),
      overMonth: howMany(sql`${t.createdAt} < ${of.month}`),
    })
    .from(t)
    .where(and(eq(t.estate, of.estate), eq(t.state, 'open')))
    .groupBy(t.kind);
  const [asked] = await reader
    .select({ count: count() })
    .from(t)
    .where(and(eq(t.estate, of.estate), gt(t.reversalAsked, 0)));
  const summary: BreakSummary = { ...NONE, reversals: asked?.count ?? 0, kinds: [] };
  for (const { kind, ...counts } of rows) {
    for (const name of Object.keys(NONE) as (keyof BreakCounts)[]) summary[name] += counts[name];
    summary.kinds.push({ kind, count: counts.count, differenceFen: counts.differenceFen });
  }
  summary.kinds.sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
  return summary;
}

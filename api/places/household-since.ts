/**
 * Since when the people who own a house today have been its household. Protects: who buys a house is not asked for what the
 * seller left unpaid, and does not share their limits (trap 13).
 */
import { and, eq, min, ne } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Residency } from './houses.ts';
import { dayAfter } from './roster-plan.ts';

type Span = Pick<Residency, 'person' | 'relation' | 'since' | 'until'>;

/**
 * `spans`: everybody who belongs or belonged to the house. The first day of today's household where somebody else owned the
 * house before and had left by then; undefined where nobody is known to have. A household goes on where owners overlap, and
 * where an owner lived there as family before: it is inherited or shared, not sold.
 */
export function householdSinceOf(spans: readonly Span[], day: string): string | undefined {
  const owned = spans.filter(({ relation }) => relation === 'owner');
  const current = owned.filter(({ since, until }) => since <= day && (until === null || until > day));
  if (current.length === 0) return undefined;
  const owners = new Set(current.map(({ person }) => person));
  const theirs = spans.filter(({ person, relation }) => owners.has(person) && relation !== 'tenant');
  let start = earliest(current);
  for (;;) {
    const from = start;
    const before = [...theirs, ...owned].filter(({ person, until }) =>
      // The same person's spans touch where the relation changed; another's must overlap, by more than the day of the sale.
      until === null ? true : owners.has(person) ? until >= from : until > dayAfter(from),
    );
    start = earliest(before, start);
    if (start === from) break;
  }
  return owned.some(({ until }) => until !== null && until <= dayAfter(start)) ? start : undefined;
}

function earliest(spans: readonly Span[], first = '9999-12-31'): string {
  return spans.reduce((day, { since }) => (since < day ? since : day), first);
}

export async function householdSince(
  { db, tables: { residencies: t } }: Engine,
  { house, day }: { house: string; day: string },
): Promise<string | undefined> {
  const spans = await db
    .select({ person: t.person, relation: t.relation, since: t.since, until: t.until })
    .from(t)
    .where(and(eq(t.house, house), ne(t.relation, 'tenant')));
  return householdSinceOf(spans, day);
}

/** Since when each of the people of a house, today's and those of before, has first belonged to it. */
export async function belongedSince(
  { db, tables: { residencies: t } }: Engine,
  house: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .select({ person: t.person, since: min(t.since) })
    .from(t)
    .where(eq(t.house, house))
    .groupBy(t.person);
  return new Map(rows.flatMap(({ person, since }) => (since === null ? [] : [[person, since]])));
}

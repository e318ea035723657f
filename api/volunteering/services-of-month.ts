/**
 * The services that a place had in a month, whenever they were recorded, in pieces by id. A record is made when the
 * service is over and at most 90 days after it began, so the ids of a month lie in a range.
 */
import { and, asc, eq, gt, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firstIdAt } from '../platform/index.ts';
import { DAY_MS, periodOfMonth, type Month } from '../programme/index.ts';
import type { Service } from './service.ts';

const PIECE = 500;
const LATEST_RECORD_MS = 91 * DAY_MS;
/** What was voided never was. */
const STATES = ['waiting', 'released', 'rejected', 'no-points'] as const;

export async function* servicesOfMonth(
  { reader, tables: { services: t } }: Engine,
  { place, month }: { place: string; month: Month },
): AsyncGenerator<Service[]> {
  const { start, end } = periodOfMonth(month);
  for (const state of STATES) {
    for (let after = firstIdAt(start); ;) {
      const inRange = and(gt(t.id, after), lt(t.id, firstIdAt(end + LATEST_RECORD_MS)));
      const rows = await reader
        .select()
        .from(t)
        .where(and(eq(t.place, place), eq(t.state, state), inRange))
        .orderBy(asc(t.id))
        .limit(PIECE);
      yield rows.filter(({ startsAt }) => startsAt >= start && startsAt < end);
      const last = rows.at(-1);
      if (!last || rows.length < PIECE) break;
      after = last.id;
    }
  }
}

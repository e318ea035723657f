/** What was recorded at a place in a span of time, whatever has become of it: ids begin with their time. */
import { and, desc, eq, gte, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firstIdAt } from '../platform/index.ts';
import type { ServiceState } from './list-services.ts';
import type { Service } from './service.ts';

const STATES: readonly ServiceState[] = ['waiting', 'released', 'rejected', 'no-points', 'voided'];

/** The newest first; `limit` of each state are looked at, and as many given. */
export async function servicesRecorded(
  { reader, tables: { services: t } }: Engine,
  { place, from, to, limit }: { place: string; from: number; to: number; limit: number },
): Promise<Service[]> {
  const within = and(gte(t.id, firstIdAt(from)), lt(t.id, firstIdAt(to)));
  const found: Service[] = [];
  for (const state of STATES)
    found.push(
      ...(await reader
        .select()
        .from(t)
        .where(and(eq(t.place, place), eq(t.state, state), within))
        .orderBy(desc(t.id))
        .limit(limit)),
    );
  return found.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, limit);
}

/**
 * A death, registered where somebody lived, ends what others may do in their name and what they may do in others': links,
 * codes, sessions and consents. That they are dead is looked at wherever somebody signs in or acts (`hasDied`); what stands
 * open is ended here, so that nothing in the middle of being done comes through.
 */
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';
import { endActing, endLinks } from './move-rows.ts';
import type { Told } from './tell-people.ts';

export async function endsWithDeath(
  { db, tables }: Engine,
  { person, by, now }: { person: string; by: string; now: Instant },
): Promise<{ told: Told[]; writes: (db: Database) => PromiseLike<unknown>[] }> {
  const { proxies, sessions } = tables;
  const either = or(eq(proxies.principal, person), eq(proxies.proxy, person));
  const consents = await db
    .select({ id: proxies.id, principal: proxies.principal, proxy: proxies.proxy })
    .from(proxies)
    .where(and(either, isNull(proxies.endedAt)));
  return {
    told: consents.map(({ id, principal, proxy }) => ({
      person: principal === person ? proxy : principal,
      kind: 'helper-ended',
      event: `consent:${id}`,
    })),
    writes: (write) => [
      write.delete(sessions).where(eq(sessions.userId, person)),
      ...endLinks({ tables }, write, { people: [person], now }),
      ...endActing({ tables }, write, { person, by, now }),
    ],
  };
}

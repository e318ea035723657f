/**
 * A death, registered where somebody lived, ends what others may do in their name and what they may do in others': links,
 * codes, sessions and consents. That they are dead is looked at wherever somebody signs in or acts (`hasDied`); what stands
 * open is ended here, so that nothing in the middle of being done comes through.
 */
import { and, eq, isNull, or } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import { idsOfHuman, mayHelp, tiesOf } from '../identity/index.ts';
import { problem, type Instant, type PersonActor, type Problem } from '../platform/index.ts';
import type { ProductDeps } from './index.ts';
import { endActing, endLinks } from './move-rows.ts';
import type { Told } from './tell-people.ts';

/**
 * Why this colleague does not register a death: it locks somebody out of everything, so nobody registers their own, and
 * only who could help the person with their sign-in registers theirs. The home counts in which they are said to have died.
 */
export async function refusedDeath(
  deps: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  by: PersonActor,
  { person, estate }: { person: string; estate: string },
): Promise<Problem | undefined> {
  if ((await idsOfHuman(deps.engine, by.person)).includes(person)) return problem('second-person-needed');
  const ties = await tiesOf(deps, person, deps.clock());
  const here = { role: 'member' as const, place: estate };
  return (await mayHelp(deps, by, [...ties, here])) ? undefined : problem('not-allowed', elsewhere);
}

const elsewhere = {
  fields: [
    {
      field: 'reason',
      zh: '这个人还有岗位，或者还住在别处；去世请系统管理员核实以后登记',
      en: 'This person holds a post or lives elsewhere too; have the administrator make sure and record the death',
    },
  ],
};

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
      ...(principal === person && { ofDeath: true as const }),
    })),
    writes: (write) => [
      write.delete(sessions).where(eq(sessions.userId, person)),
      ...endLinks({ tables }, write, { people: [person], now }),
      ...endActing({ tables }, write, { person, by, now }),
    ],
  };
}

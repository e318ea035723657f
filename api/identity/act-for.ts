/** Consents (代办) as they are kept, and who a signed-in relative is while they act for somebody by one. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem } from '../platform/index.ts';
import type { ActFor, Clock, Instant, PlaceTree, Problem } from '../platform/index.ts';
import type { ActedBy } from './acted-by.ts';
import { hasDied } from './has-died.ts';
import { membershipsOf } from './memberships.ts';
import { isStanding, mayActFor } from './rules/may-act-for.ts';

export type StoredConsent = NonNullable<Awaited<ReturnType<typeof findConsent>>>;

/** The day in Asia/Shanghai, on which consents begin and end. */
export function bookedDay(at: Instant): string {
  return new Date(at + 8 * 3_600_000).toISOString().slice(0, 10);
}

export async function findConsent({ db, tables: { proxies: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** The one between two people that was not ended; whether its days are over is the rule's to say. */
export async function findStanding(
  { db, tables: { proxies: t } }: Engine,
  { principal, proxy }: { principal: string; proxy: string },
): Promise<StoredConsent | undefined> {
  const between = and(eq(t.proxy, proxy), eq(t.principal, principal), isNull(t.endedAt));
  const [row] = await db.select().from(t).where(between).limit(1);
  return row;
}

/** Asked on each request, so that a consent that was ended no longer works with the next click. */
export function createActFor(deps: { engine: Engine; clock: Clock; places: PlaceTree }): ActFor {
  return async (actor, principal) => {
    const now = deps.clock();
    const found = await findStanding(deps.engine, { principal, proxy: actor.person });
    const asked = { who: actor.person, principal, what: 'view' as const, day: bookedDay(now) };
    const consent = found && mayActFor([found], asked);
    if (!consent || (await hasDied(deps.engine, principal))) return undefined;
    const roles = await membershipsOf(deps, principal, now);
    return { ...actor, roles, for: { person: principal, consent: consent.id, may: consent.may } };
  };
}

/** The change of a row by which a unit stands or falls with a consent. */
type ConsentRow = { update: 'proxies'; id: string; version: number; set: { may: string } };

/**
 * For a unit by which points are used under a consent: it takes a step of the consent's version, so of an end and a use
 * at the same moment one is first, and a use that comes second is none. Ask within each attempt.
 */
export async function byConsent(
  engine: Engine,
  acted: ActedBy | null,
  now: Instant,
): Promise<ConsentRow[] | Problem> {
  if (acted === null || !('consent' in acted)) return [];
  const found = await findConsent(engine, acted.consent);
  if (found?.may !== 'spend' || !isStanding(found, bookedDay(now))) return problem('not-found');
  return [{ update: 'proxies', id: found.id, version: found.version, set: { may: found.may } }];
}

/** Consents as they go over the wire: both people masked, to each other and to staff. */
import type { Engine } from '../db/index.ts';
import { findPerson, isStanding, type StoredConsent } from '../identity/index.ts';
import { dayIn, findHouse, formatHouse } from '../places/index.ts';
import { formatInstant, maskName, type Instant } from '../platform/index.ts';
import { addDays } from '../programme/index.ts';
import type { Housemate } from './who-is-named.ts';

export async function maskedName(engine: Engine, person: string): Promise<string> {
  return maskName((await findPerson(engine, person))?.name ?? '');
}

async function named(engine: Engine, id: string) {
  return { id, name: await maskedName(engine, id) };
}

export async function consentView(engine: Engine, consent: StoredConsent, now: Instant) {
  const { id, principal, proxy, may, since, until, given, paper, endedAt } = consent;
  const over = endedAt === null ? ('over' as const) : ('ended' as const);
  return {
    id,
    principal: await named(engine, principal),
    helper: await named(engine, proxy),
    may,
    since,
    lastDay: addDays(until, -1),
    given,
    ...(paper !== '' && { paper }),
    state: isStanding(consent, dayIn(now)) ? ('standing' as const) : over,
    ...(endedAt !== null && { endedAt: formatInstant(endedAt) }),
  };
}

export async function housemateView(engine: Engine, { person, relation, house }: Housemate) {
  const home = await findHouse(engine, house);
  return { ...(await named(engine, person)), relation, house: home ? formatHouse(home) : '' };
}

/** A person as colleagues see them: masked, with the houses and roles that are theirs to see. */
import { diedOn, type GrantedRole } from '../identity/index.ts';
import { formatInstant, maskName, maskPhone, type Role } from '../platform/index.ts';
import { dayIn } from './houses.ts';
import type { ProductDeps } from './index.ts';
import type { KnownPerson } from './known-person.ts';
import { houseView } from './places.views.ts';
import { SINCE_EVER } from './roster-plan.ts';

export function personViewer({ engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>) {
  const nameOf = async (place: string) => (await places.find(place))?.name ?? '';

  async function roleView({ id, role, place, validFrom, validTo }: GrantedRole) {
    const until = validTo === null ? {} : { validTo: formatInstant(validTo) };
    const from = formatInstant(validFrom);
    return { id, role: role as Role, place, placeName: await nameOf(place), validFrom: from, ...until };
  }

  async function personView({ person, residencies, roles }: KnownPerson) {
    const today = dayIn(clock());
    const died = await diedOn(engine, person.id);
    const homes = residencies.map(async ({ id, version, at, relation, since, until, endReason }) => ({
      ...{ id, version, house: houseView(at), estateName: await nameOf(at.estate), relation },
      ...(since === SINCE_EVER ? {} : { since }),
      ...(until === null ? {} : { until }),
      ...(endReason === null ? {} : { endReason }),
      goesOn: until === null || until > today,
    }));
    return {
      ...{ id: person.id, version: person.version, erased: person.erasedAt !== null },
      ...(died === undefined ? {} : { diedOn: died }),
      ...(person.mergedInto === null ? {} : { mergedInto: person.mergedInto }),
      ...{ name: maskName(person.name ?? ''), phone: maskPhone(person.phone ?? '') },
      residencies: await Promise.all(homes),
      roles: await Promise.all(roles.map(roleView)),
    };
  }

  return personView;
}

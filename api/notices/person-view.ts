import { findPerson } from '../identity/index.ts';
import { dayIn, formatHouse, getHouses, residenciesOf, type ProductDeps } from '../places/index.ts';
import { maskName } from '../platform/index.ts';

/** Whom staff of a place are to tell something: masked, with the home that they know them by. */
export async function personView(
  { engine, clock }: Pick<ProductDeps, 'engine' | 'clock'>,
  { id, place }: { id: string; place: string },
) {
  const [person, residencies] = await Promise.all([
    findPerson(engine, id),
    residenciesOf(engine, id, dayIn(clock())),
  ]);
  const homes = await getHouses(
    engine,
    residencies.map(({ house }) => house),
  );
  const home = [...homes.values()].find(({ estate }) => estate === place);
  return {
    ...{ id, name: maskName(person?.name ?? ''), tail: (person?.phone ?? '').slice(-4) },
    ...(home && { house: formatHouse(home) }),
  };
}

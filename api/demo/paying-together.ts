/** Families of the demo who agreed that their points pay the fees of their home together (一起抵扣). */
import { agreeToPool } from '../fees/index.ts';
import { housesOf, type ProductDeps, type Relation } from '../places/index.ts';
import { must } from './must.ts';

type Resident = { readonly person: string; readonly house: string; readonly relation: Relation };

/** Everybody but tenants in the houses of these; in the order of `residents`, so that equal seeds make equal rows. */
export async function agreeTogether(
  deps: ProductDeps,
  {
    estate,
    residents,
    homes,
  }: { estate: string; residents: readonly Resident[]; homes: ReadonlySet<string> },
): Promise<number> {
  const houses = await housesOf(deps.engine, estate);
  const family = residents.filter(({ house, relation }) => relation !== 'tenant' && homes.has(house));
  for (const { person, house } of family) {
    const id = houses.get(house)?.id;
    if (id !== undefined) must(await agreeToPool(deps, { house: id, person, until: null }));
  }
  return family.length;
}

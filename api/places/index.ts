/** What the rest of the program may use of places: the tree, houses and who lives in them. */
export { createPlaces, type Place, type PlaceKind, type Places } from './place-tree.ts';
export { addPlace } from './add-place.ts';
export {
  formatHouse,
  getHouses,
  houseKey,
  housesOf,
  peopleOf,
  relationTo,
  residenciesOf,
  type House,
  type HouseName,
  type Relation,
  type Residency,
} from './houses.ts';
import type { Deps } from '../platform/index.ts';
import type { Places } from './place-tree.ts';
/** What product modules are given: the platform's things, with the whole tree of places. */
export type ProductDeps = Deps & { readonly places: Places };

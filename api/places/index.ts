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
export { HOUSE_WORDS, LOST_ZEROS_WARNING, lostZeros, readHouse, type HouseColumn } from './files/house-columns.ts';
export { houseCode, parseHouse, type HouseParts, type HouseReference } from './files/house-reference.ts';
export { parseRoster, rosterSteps, type RosterRow } from './files/roster.ts';

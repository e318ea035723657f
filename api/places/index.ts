/** What the rest of the program may use of places: the tree, houses and who lives in them. */
export { createPlaces, type Place, type PlaceKind, type Places } from './place-tree.ts';
export { addPlace } from './add-place.ts';
export {
  dayIn,
  findHouse,
  formatHouse,
  getHouses,
  findHouseByName,
  houseIdsOf,
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
export { belongedSince, householdSince } from './household-since.ts';
import { newModule, type Deps } from '../platform/index.ts';
import { estateFirmRoutes } from './estate-firm.routes.ts';
import { householdRoutes } from './household.routes.ts';
import { importRoutes } from './import.routes.ts';
import { mergeRoutes } from './merge.routes.ts';
import { houseRoutes } from './house.routes.ts';
import { personRoutes } from './person.routes.ts';
import type { TellPeople } from './tell-people.ts';
import { placeRoutes } from './places.routes.ts';
import { residentRoutes } from './resident.routes.ts';
import type { Places } from './place-tree.ts';
/** What product modules are given: the platform's things, with the whole tree of places. */
export type ProductDeps = Deps & { readonly places: Places };
export {
  HOUSE_WORDS,
  LOST_ZEROS_WARNING,
  lostZeros,
  readHouse,
  type HouseColumn,
} from './files/house-columns.ts';
export {
  houseCode,
  houseInWords,
  parseHouse,
  writtenHouse,
  type HouseParts,
  type HouseReference,
} from './files/house-reference.ts';
export { parseRoster, rosterSteps, type RosterRow } from './files/roster.ts';
export {
  chunksOf,
  findImport,
  getImport,
  listImports,
  otherNamesOf,
  problemOfFile,
  readImport,
  rejectRow,
  reportOf,
  turnOf,
  type FileRead,
  type ImportFile,
  type ImportReport,
  type UnknownHouse,
} from './imports.ts';
export { followImport, type OnStage } from './import-runs.ts';
export { otherEstateQuestion, plainEstateName, sortByEstate, type SortedByEstate } from './estate-name.ts';
export { estatesBeside, namesakeQuestion } from './namesake-estates.ts';
export { otherSheetsQuestion, unanswered, type Question } from './import-questions.ts';
export { importRoster } from './import-roster.ts';
export { isOfBook } from './of-book.ts';
export { placeNames } from './place-names.ts';
export { placesWithin } from './places-within.ts';
export { homesOfAll, type Home } from './homes.ts';
export { waitingAt, workplaces, workplacesLeftOut } from './workplaces.ts';
export { allChildren, estatesWithin, listChildren, listEstates } from './list-places.ts';
export { estatesServedBy, firmChangesOf, firmOf, firmServing, firmsNear } from './estate-firms.ts';
export { postsActingAt } from './posts-acting-at.ts';
export { confirmedIn, readUpload, RejectedQuery, UploadQuery } from './upload.ts';
export { answerRejectedRows, givesRejectedRows } from './rejected-rows.ts';
export { ImportReportSchema } from './places.schemas.ts';
export { download } from '../platform/files/index.ts';
export { houseView, importReportView } from './places.views.ts';
export type { TellPeople } from './tell-people.ts';
/** For /api/v1. */
export const placesRoutes = (deps: ProductDeps & { readonly tell: TellPeople }) =>
  newModule(deps)
    .route('/', placeRoutes(deps))
    .route('/', houseRoutes(deps))
    .route('/', estateFirmRoutes(deps))
    .route('/', householdRoutes(deps))
    .route('/', residentRoutes(deps))
    .route('/', personRoutes(deps))
    .route('/', mergeRoutes(deps))
    .route('/', importRoutes(deps));

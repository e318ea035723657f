/** Every query behind bills for several months, a household's statement and a firm's changes finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import { mappingsAt } from '../../api/fees/bill-mappings.ts';
import { totalBills } from '../../api/fees/find-bills.ts';
import { countsByMonth, monthsOfPlace } from '../../api/fees/months-of-place.ts';
import { undoOf } from '../../api/fees/undo-import.ts';
import { statementOfHouse } from '../../api/fees/house-statement.ts';
import { offsetsOfEstate } from '../../api/fees/offsets.ts';
import { changesWaiting, listChanges, listWaiting } from '../../api/fees/settings/firm-changes.ts';
import { createPlaces } from '../../api/places/index.ts';
import { startApp } from '../support/app.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';
import type { Engine } from '../../api/db/index.ts';

let watch: QueryWatch;
let watched: Engine;
const [firm, estate, house] = [uuid(), uuid(), uuid()];

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  await startApp(watch.engine);
});

const month = { estate, state: 'posted' as const, period: '2026-06', limit: 50 };
const file = {
  ...{ id: uuid(), version: 1, place: estate, kind: 'bills' as const, fileName: 'a.csv', fileHash: 'a' },
  ...{ rowsAccepted: 1, rowsRejected: 0, importedBy: 'person:a', createdAt: 0 },
  summary: { brought: { months: ['2026-05', '2026-06'], digest: '' } },
};
const accountant = { kind: 'person' as const, person: 'a', roles: [] };
const reads: Record<string, () => Promise<unknown>> = {
  'what was changed of a firm': () => listChanges(watched, { firm, limit: 21 }),
  'what was changed before that': () => listChanges(watched, { firm, before: uuid(), limit: 21 }),
  'what waits for a second person': () => changesWaiting(watched, [firm, estate]),
  'what waits at a firm': () => listWaiting(watched, { firm, limit: 21 }),
  'what an estate’s files are read by': () => mappingsAt(watched, { firm, estate }),
  'a household’s statement': () =>
    statementOfHouse(watched, { house, from: '2026-01', to: '2026-06', now: 0 }),
  'what is due in a month': () => totalBills(watched, { estate, period: '2026-06' }),
  'how many bills are due in each month': () =>
    countsByMonth(watched, { estate, months: ['2026-05', '2026-06'] }),
  'the first month that an estate has anything in': () => monthsOfPlace(watched, estate),
  'what a file of bills has brought': () =>
    undoOf({ engine: watched, places: createPlaces(watched), clock: () => 0 }, file, accountant),
  'the offsets of a month': () => offsetsOfEstate(watched, month),
  'the offsets of an estate, whatever their state': () => offsetsOfEstate(watched, { estate, limit: 50 }),
  'offsets by a part of their number': () => offsetsOfEstate(watched, { estate, number: '0001', limit: 50 }),
  'the offsets of a house in a month': () => offsetsOfEstate(watched, { ...month, house: '3-2-0501' }),
  'the offsets of a month, the largest first': () => offsetsOfEstate(watched, { ...month, sort: 'most' }),
};

describe('a firm’s bills', () => {
  eachReadByAnIndex(() => watch, reads);
});

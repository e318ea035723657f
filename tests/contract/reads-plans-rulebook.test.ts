/** Every query of the pages about rules finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { offsetsOfPeriod } from '../../api/fees/index.ts';
import { numbersBooked } from '../../api/ledger/index.ts';
import { createPlaces, placesWithin, type Places } from '../../api/places/index.ts';
import { bookedAtEntry, entriesOfMonth } from '../../api/programme/find-in-statement.ts';
import { listAgreements } from '../../api/programme/list-agreements.ts';
import { findMovements } from '../../api/programme/member-movements.ts';
import { holdingAt, listVersions } from '../../api/rulebook/rule-versions.ts';
import { purchasesOfMonth } from '../../api/shop/index.ts';
import { servicesOfMonth } from '../../api/volunteering/index.ts';
import { nthInMonth } from '../../api/volunteering/service.ts';
import { startApp } from '../support/app.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let places: Places;
let town: DemoTown;
const now = Date.UTC(2026, 5, 15, 4);

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  town = await demoTown(await startApp(watch.engine));
  places = createPlaces(watched);
});

const redeemers = () => [town.firm, uuid(), uuid()].sort();
async function all(pieces: AsyncIterable<unknown>): Promise<void> {
  const reading = pieces[Symbol.asyncIterator]();
  while ((await reading.next()).done !== true);
}
const award = () => ({ place: town.community, kind: 'award' as const });

const reads: Record<string, () => Promise<unknown>> = {
  'versions of a rule': () => listVersions(watched, { ...award(), limit: 20 }),
  'the next page of versions': () =>
    listVersions(watched, { ...award(), limit: 20, after: { validFrom: now, id: uuid() } }),
  'what holds at a place': () => holdingAt({ engine: watched, places }, { ...award(), now }),
  agreements: () => listAgreements(watched, { redeemers: redeemers(), now, limit: 20 }),
  'the next page of agreements in force': () => {
    const after = { redeemer: town.firm, fund: '*', validFrom: 0, id: uuid() };
    return listAgreements(watched, { redeemers: redeemers(), state: 'in-force', now, after, limit: 20 });
  },
  'the places of a community': () => placesWithin(watched, { place: town.community, most: 2_000 }),
  'services of a month': () => all(servicesOfMonth(watched, { place: town.estate, month: '2026-06' })),
  'purchases of a month': () => all(purchasesOfMonth(watched, { place: town.firm, month: '2026-06' })),
  'offsets of a period': () =>
    all(offsetsOfPeriod({ engine: watched, places }, { estate: town.estate, period: '2026-06' })),
  'entries of a month': () => entriesOfMonth(watched, { book: 1, month: '2026-06' }),
  'when an entry was booked': () => bookedAtEntry(watched, { book: 1, entry: 9 }),
  'a member’s month, by kind': () => {
    const of = { book: 1, member: uuid(), since: 5, before: 9, kinds: ['credit'] };
    return findMovements(watched, { ...of, limit: 20 });
  },
  'the numbers of a month': () => numbersBooked(watched, { book: 1, start: now, end: now + 9 }),
  'which of its month a service is': () =>
    nthInMonth(watched, { member: uuid(), startsAt: now, before: uuid() }),
};

describe('reads by an index', () => {
  // The few versions that were ever in force along a place are put in order afterwards.
  eachReadByAnIndex(() => watch, reads, ['what holds at a place', 'a member’s month, by kind']);
});

/** Every query of the pages about rules finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { createPlaces, type Places } from '../../api/places/index.ts';
import { holdingAt, listVersions } from '../../api/rulebook/rule-versions.ts';
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

const award = () => ({ place: town.community, kind: 'award' as const });

const reads: Record<string, () => Promise<unknown>> = {
  'versions of a rule': () => listVersions(watched, { ...award(), limit: 20 }),
  'the next page of versions': () =>
    listVersions(watched, { ...award(), limit: 20, after: { validFrom: now, id: uuid() } }),
  'what holds at a place': () => holdingAt({ engine: watched, places }, { ...award(), now }),
  'which of its month a service is': () =>
    nthInMonth(watched, { member: uuid(), startsAt: now, before: uuid() }),
};

describe('reads by an index', () => {
  // The few versions that were ever in force along a place are put in order afterwards.
  eachReadByAnIndex(() => watch, reads, ['what holds at a place']);
});

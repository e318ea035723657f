/** Every query about which firm serves an estate, and which estates a firm serves, finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { estatesServedBy, firmOf, listEstateFirms } from '../../api/places/estate-firms.ts';
import { createPlaces, type Places } from '../../api/places/index.ts';
import { versionOfFirms } from '../../api/places/name-firm.ts';
import { startApp } from '../support/app.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let places: Places;
let town: DemoTown;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  places = createPlaces(watched);
  town = await demoTown(await startApp(watch.engine));
});

describe('what is asked about the firm of an estate', () => {
  const day = '2026-06-20';
  eachReadByAnIndex(() => watch, {
    'on a day': () => firmOf({ engine: watched, places }, { estate: town.estate, day }),
    'on a day, where nobody said so': () =>
      firmOf({ engine: watched, places }, { estate: town.community, day }),
    'all of them': () => listEstateFirms(watched, { estate: uuid(), after: undefined, limit: 21 }),
    'all of them, after a page': () =>
      listEstateFirms(watched, { estate: uuid(), after: { value: day, id: uuid() }, limit: 21 }),
    'whether they changed': () => versionOfFirms(watched, town.estate),
    'the estates that a firm serves': async () => {
      const firm = await places.find(town.firm);
      await estatesServedBy(watched, { firm: firm!, day });
      await estatesServedBy(watched, { firm: firm!, day }, 1);
    },
  });
});

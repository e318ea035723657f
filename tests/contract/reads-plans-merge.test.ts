/** Every query of finding, comparing, asking for and listing merges finds its rows by an index. */
import { beforeAll, describe } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { idsOfHuman, peopleBehind } from '../../api/identity/index.ts';
import { namesakesOf } from '../../api/identity/namesakes.ts';
import { waitsFor } from '../../api/places/ask-to-merge.ts';
import { checkedEachOther } from '../../api/places/checked-each-other.ts';
import { findNamesakes } from '../../api/places/find-namesakes.ts';
import { houseDetail } from '../../api/places/house.views.ts';
import { createPlaces } from '../../api/places/index.ts';
import { knownPerson } from '../../api/places/known-person.ts';
import { findMerge, listMerges } from '../../api/places/merge-requests.ts';
import { listOccupancy, occupancies } from '../../api/places/list-occupancy.ts';
import { mergeSides, type Pair } from '../../api/places/merge-sides.ts';
import { aliasesOf } from '../../api/places/roster-aliases.ts';
import { startApp } from '../support/app.ts';
import { twoOfOne } from '../support/example-merges.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let estate: string;
let pair: Pair;
const operator = {
  kind: 'person' as const,
  person: uuid(),
  roles: [{ role: 'operator' as const, place: '' }],
};
const who = ['operator'] as const;

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  const app = await startApp(watch.engine);
  estate = await app.place('estate');
  pair = await twoOfOne(app, estate);
});

describe('what the pages of people, houses and merges read', () => {
  const deps = () => ({ engine: watched, places: createPlaces(watched), clock: Date.now });
  eachReadByAnIndex(() => watch, {
    'houses, and how they are lived in': async () => {
      const of = { estate, day: '2026-06-30', limit: 50 };
      for (const state of occupancies) await listOccupancy(watched, { ...of, state });
      await listOccupancy(watched, {
        ...of,
        state: 'vacant',
        after: { building: '3', unit: '2', room: '05' },
      });
    },
    'one house, with all who ever belonged to it': async () => {
      const [home] = await listOccupancy(watched, { estate, day: '2026-06-30', state: 'all', limit: 1 });
      await houseDetail(deps(), home?.house.id ?? '');
    },
    'colleagues of a name': () =>
      namesakesOf(
        { engine: watched, places: createPlaces(watched) },
        { name: '王玉兰', place: estate, now: 0 },
      ),
    'who may be the same': async () => {
      const known = await knownPerson(deps(), operator, { person: pair.keeper, who });
      return findNamesakes(deps(), known!);
    },
    'both sides': () => mergeSides(deps(), operator, pair),
    'whether they checked each other': () => checkedEachOther(watched, [pair.keeper, pair.duplicate]),
    'whether one waits': () => waitsFor(watched, [pair.keeper, pair.duplicate]),
    'a merge': () => findMerge(watched, uuid()),
    'merges that wait': () => listMerges(deps(), { place: estate, state: 'waiting', limit: 21 }),
    'merges after a page': () =>
      listMerges(deps(), { place: estate, state: 'waiting', after: uuid(), limit: 21 }),
    'merges that were decided': () => listMerges(deps(), { place: estate, state: 'approved', limit: 21 }),
    'all ids of a human': () => idsOfHuman(watched, pair.keeper),
    'who is behind a deed': () => peopleBehind(watched, { actor: `person:${pair.keeper}`, at: 1 }),
    'other names in a roster': () =>
      aliasesOf(watched, createPlaces(watched), {
        estate,
        rows: [
          {
            rowNumber: 1,
            house: { building: '3', unit: '2', room: '1' },
            name: '王',
            phone: '13800000001',
          } as never,
        ],
      }),
  });
});

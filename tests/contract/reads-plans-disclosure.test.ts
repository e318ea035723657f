/** Every query behind 公示 and 月报 finds its rows by an index, and the counting reads no more than what is new. */
import { beforeAll, describe } from 'vitest';
import type { Database, Engine } from '../../api/db/index.ts';
import { countBook } from '../../api/disclosure/index.ts';
import { boardAwards, boardMonth } from '../../api/disclosure/read-board.ts';
import { monthOfBook } from '../../api/disclosure/month-of-book.ts';
import { estatesOfReport, monthReport } from '../../api/disclosure/read-report.ts';
import { followBook } from '../../api/ledger/index.ts';
import { createPlaces, estatesWithin, listEstates, type Place, type Places } from '../../api/places/index.ts';
import { startApp } from '../support/app.ts';
import { disclosedBook, type DisclosedBook } from '../support/disclosed-book.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

let watch: QueryWatch;
let watched: Engine;
let places: Places;
let book: DisclosedBook;
let now: number;

beforeAll(async () => {
  watch = await watchQueries();
  watched = { ...watch.watched, atomically: together };
  const app = await startApp(watch.engine);
  book = await disclosedBook(app);
  now = app.clock.now;
  await book.count();
  places = createPlaces(watched);
});

/** On the watched connection, so that its queries are seen as well. */
async function together(writes: (db: Database) => readonly PromiseLike<unknown>[]): Promise<void> {
  for (const query of writes(watched.db)) await query;
}

const clock = () => now;
const placeOf = async (id: string): Promise<Place> => (await places.find(id))!;
const month = '2026-07';

const reads: Record<string, () => Promise<unknown>> = {
  'the board of an estate': async () =>
    boardMonth({ engine: watched, places, clock }, { estate: await placeOf(book.town.estate), month }),
  'the board of the month that goes on': async () =>
    boardMonth(
      { engine: watched, places, clock },
      { estate: await placeOf(book.town.estate), month: '2026-09' },
    ),
  'a page of awards': () =>
    boardAwards(watched, { estate: book.town.estate, month, limit: 20, before: 9e15 }),
  'how a month stands': () => monthOfBook({ engine: watched, clock }, { book: 1, month }),
  estates: () => listEstates(watched, { limit: 20, after: book.second }),
  'the report of a street': async () =>
    monthReport({ engine: watched, clock }, { place: await placeOf(book.town.street), month }),
  'the estates of a report': async () => {
    const estates = await estatesWithin(watched, await placeOf(book.town.street));
    return estatesOfReport(watched, { estates, month });
  },
  'what was booked since': () => followBook(watched, { book: 1, after: 0, limit: 500 }),
  'counting a book': async () => {
    const { countedBooks, countedMembers, monthFigures, monthCounts, monthAwards } = watch.engine.tables;
    for (const table of [countedBooks, countedMembers, monthFigures, monthCounts, monthAwards])
      await watch.engine.db.delete(table);
    const exclusively: Engine['exclusively'] = (_, work) => work(watched);
    return countBook({ engine: { ...watched, exclusively }, places, clock }, 1);
  },
};

/** The funds of the few places that pay for an estate, put in order together. */
const SORTED_AFTERWARDS = ['the board of an estate', 'the board of the month that goes on'];

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads, SORTED_AFTERWARDS);
});

/** Every query that a screen of the firm or of a till runs finds its rows by an index. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Database, Engine } from '../../api/db/index.ts';
import { findImportedAt, listBills, offsetNotCounted } from '../../api/fees/bills.ts';
import { listMappings, mappingsOf } from '../../api/fees/bill-mappings.ts';
import { listClosures } from '../../api/fees/close-month.ts';
import {
  factsOfBatch,
  factsOfBatches,
  findBatch,
  listBatches,
  offsetsOfBatch,
} from '../../api/fees/batches.ts';
import { layoutAt } from '../../api/fees/export-layouts.ts';
import { waitingForExport } from '../../api/fees/export-offsets.ts';
import { previewLayout } from '../../api/fees/preview-layout.ts';
import { usualLayout } from '../../api/fees/rules/export-layout.ts';
import { findBills, totalBills } from '../../api/fees/find-bills.ts';
import { decidedHouses, listHouseNames } from '../../api/fees/house-names.ts';
import { listOffsets, type Offset } from '../../api/fees/offsets.ts';
import { breakSummary } from '../../api/fees/breaks/break-summary.ts';
import { eventsOf, latestEvents } from '../../api/fees/breaks/break-events.ts';
import { writtenOffIn } from '../../api/fees/breaks/written-off.ts';
import { openBreaksOf } from '../../api/fees/give-back.ts';
import { writeOffsAsClaimed } from '../../api/fees/index.ts';
import { breaksOfEstate } from '../../api/fees/list-breaks.ts';
import { leftToCorrect } from '../../api/fees/breaks/left-to-correct.ts';
import { carriedBeyond, openBreaksOfMonth } from '../../api/fees/open-breaks.ts';
import { settledEarlier } from '../../api/fees/settled-earlier.ts';
import { personRow } from '../../api/identity/index.ts';
import { createPlaces, houseIdsOf } from '../../api/places/index.ts';
import { findCode, makeCode, resolveCode } from '../../api/shop/codes.ts';
import { productChecks } from '../../api/product-checks.ts';
import { confirmRedemption } from '../../api/shop/confirm-redemption.ts';
import { explainShop, listPurchases, listRedemptions, totalsOfDay } from '../../api/shop/list-sales.ts';
import { findPurchase, findRedemption } from '../../api/shop/undo.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { demoTown, must, type DemoTown } from '../support/demo-programme.ts';
import { ours, theirs } from '../support/posted-lists.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

const BOOK = 1;
let watch: QueryWatch;
let watched: Engine;
let app: TestApp;
let town: DemoTown;
let transaction: number;
const member = uuid();

beforeAll(async () => {
  watch = await watchQueries();
  watched = watch.watched;
  app = await startApp(watch.engine);
  town = await demoTown(app);
  transaction = await town.give(member, (await town.merchant()).fund, 50);
});

const now = Date.UTC(2026, 5, 15, 4);
const june = () => ({ estate: town.estate, period: '2026-06' });
const reads: Record<string, () => Promise<unknown>> = {
  'months that were closed': () => listClosures(watched, { place: town.estate, limit: 20, before: uuid() }),
  'bills of a month': () => findBills(watched, { ...june(), limit: 20, before: { value: '', id: uuid() } }),
  'bills of a month by house': () => findBills(watched, { ...june(), house: '3-2-0501', limit: 20 }),
  'bills of a month that are to be paid': () =>
    findBills(watched, {
      ...june(),
      state: 'open',
      house: '0501',
      limit: 20,
      before: { value: '', id: uuid() },
    }),
  'what the bills of a month add up to': () =>
    totalBills(watched, { ...june(), state: 'paid', house: '3-2-0501' }),
  'column mappings of a firm': () => mappingsOf(watched, town.firm),
  'the next page of mappings': () => listMappings(watched, { firm: town.firm, limit: 20, before: uuid() }),
  'houses that people decided': () => decidedHouses(watched, town.estate),
  'the next page of decided houses': () =>
    listHouseNames(watched, { estate: town.estate, limit: 20, before: uuid() }),
  'the ids of an estate’s houses': () => houseIdsOf(watched, town.estate),
  'bills of a house': () => listBills(watched, { house: uuid(), limit: 20, before: uuid() }),
  'offsets that the firm had not counted': () =>
    offsetNotCounted(watched, { bills: [uuid(), uuid()], day: '2026-06-30' }),
  'when the file of a bill came': () => findImportedAt(watched, uuid()),
  'offsets of a resident in an estate': () =>
    listOffsets(watched, { member, estate: town.estate, limit: 20, before: uuid() }),
  'batches of an estate': () => listBatches(watched, { estate: town.estate, limit: 20 }),
  'the next page of batches': () => listBatches(watched, { estate: town.estate, limit: 20, before: uuid() }),
  'how far batches are, and what each has': async () => {
    const id = uuid();
    const row = { id, version: 1, estate: town.estate, number: id, count: 0, valueFen: 0, rowsHash: '' };
    const { exportBatches } = watch.engine.tables;
    await watch.engine.db.insert(exportBatches).values({ ...row, madeBy: 'test', createdAt: now });
    const batch = (await findBatch(watched, id))!;
    await factsOfBatches(watched, [batch, { ...batch, id: uuid() }]);
    await factsOfBatch(watched, batch, [{ state: 'returned' } as Offset]);
    await offsetsOfBatch(watched, batch);
    await offsetsOfBatch(watched, { ...batch, takenBack: { actor: 'test', at: now } });
  },
  'how the firm wants a batch written': async () => {
    const places = createPlaces(watched);
    await layoutAt({ engine: watched, places, clock: () => now }, town.estate);
    await previewLayout({ engine: watched, places }, { estate: town.estate, layout: usualLayout });
  },
  'what an export would hand over': () => waitingForExport(watched, { estate: town.estate, now }),
  'rows that earlier lists had': async () => {
    const row = theirs(ours(1), 2);
    await settledEarlier(watched, town.estate, { rows: [row], drawnUpOn: null });
    await settledEarlier(watched, town.estate, { rows: [{ ...row, period: '' }], drawnUpOn: null });
  },
  'breaks that a month is closed with': () =>
    openBreaksOfMonth(watched, { estate: town.estate, month: '2026-06' }),
  'what is left to do about breaks': () =>
    breakSummary(watched, { estate: town.estate, person: uuid(), week: now, month: now }),
  'breaks of a kind, an owner and a text': () =>
    breaksOfEstate(watched, {
      ...{ estate: town.estate, state: 'open', kind: 'amount', owner: uuid(), only: 'asked' },
      ...{ foundBefore: now, text: '0501', before: { value: '', id: uuid() }, limit: 20 },
    }),
  'what was said of breaks': async () => {
    await eventsOf(watched, [uuid(), uuid()]);
    await latestEvents(watched, { break: uuid(), kind: 'carried' });
  },
  'open breaks about these offsets': () => openBreaksOf(watched, [uuid(), uuid()]),
  'breaks that were carried on': () => carriedBeyond(watched, { estate: town.estate, month: '2026-06' }),
  'what the firm is to correct': async () => {
    await leftToCorrect(watched, { estate: town.estate });
    await leftToCorrect(watched, { estate: town.estate, month: '2026-06' });
  },
  'what was written off in a month': () =>
    writtenOffIn(watched, { estate: town.estate, from: 0, to: now, readThrough: 1_000 }),
  'write-offs as they claim to be booked': async () => {
    await writeOffsAsClaimed.between(watched, { from: 1, to: 100, limit: 1_000 });
    await writeOffsAsClaimed.behind(watched, { ids: [uuid()], made: [] });
  },
  purchases: () => listPurchases(watched, { place: town.firm, limit: 20, before: uuid() }),
  redemptions: () => listRedemptions(watched, { place: town.firm, limit: 20, before: uuid() }),
  'the day of a merchant': () => totalsOfDay(watched, { place: town.firm, day: '2026-06-15' }),
  'a page of a merchant’s day': async () => {
    const of = { place: town.firm, day: '2026-06-15', limit: 20, before: uuid() };
    await listPurchases(watched, of);
    await listRedemptions(watched, of);
  },
  'what a sale was': () => explainShop(watched, [transaction, transaction + 1]),
  'rows beside a piece of transactions': async () => {
    for (const source of productChecks.claims ?? []) {
      await source.between(watched, { from: transaction, to: transaction + 499, limit: 500 });
      await source.behind(watched, { ids: [uuid(), uuid()], made: [transaction, transaction + 1] });
      for (const book of [BOOK, null]) {
        await source.unmade(watched, { book, books: [BOOK, BOOK + 2], limit: 500 });
      }
    }
  },
  'one sale': async () => {
    await findPurchase(watched, uuid());
    await findRedemption(watched, uuid());
  },
  'a code': async () => {
    const clock = () => now;
    await findCode(watched, uuid());
    const till = { place: town.firm, book: BOOK };
    for (const isTyped of [true, false]) {
      await resolveCode({ engine: watched, clock }, { ...till, scan: { hash: 'x', isTyped } });
    }
    await makeCode(
      { engine: { ...watched, atomically: together }, ids: uuid, clock },
      { book: BOOK, member, origin: 'x' },
    );
  },
};

/** On the watched connection, so that its queries are seen as well. */
async function together(writes: (db: Database) => readonly PromiseLike<unknown>[]): Promise<void> {
  for (const query of writes(watched.db)) await query;
}

describe('reads by an index', () => {
  eachReadByAnIndex(() => watch, reads);
});

it('a till that says in words what it gives reads who is there and the terms, each once, and nothing of goods', async () => {
  const [shop, customer] = [await town.merchant(), uuid()];
  await watched.db.insert(watched.tables.people).values(personRow({ id: customer, name: '王玉兰' }, 0));
  await town.hire(customer, 'member', shop.id);
  await town.give(customer, shop.fund, 20);
  const deps = { ...app.server.deps, engine: watched, places: createPlaces(watched) };
  const actor = {
    kind: 'key' as const,
    keyId: uuid(),
    scopes: ['shop:spend' as const],
    book: BOOK,
    place: shop.id,
  };
  const take = async () => {
    const input = { place: shop.id, customer: { member: customer }, points: 3, unit: 'CON', goods: '洗衣液' };
    must(await confirmRedemption(deps, { input, actor, key: uuid(), scope: 'till' }));
  };
  // That a unit is known is kept.
  await take();
  watch.forget();
  await take();
  const tables = watch.sent.map(({ sql }) => /from "(\w+)"/.exec(sql)?.[1]);
  expect(tables.toSorted()).toEqual(['agreements', 'people', 'residencies', 'residencies', 'webhooks']);
});

/** Two processes on one PostgreSQL take in files of one estate at once: each file and each person once. */
import { expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { importBills } from '../../api/fees/index.ts';
import { createPlaces, importRoster } from '../../api/places/index.ts';
import { openForTest, withPostgres } from '../support/database.ts';

const ROSTER = '小区,楼栋,单元,房号,姓名,手机,与房屋关系,起始日期,截止日期';
const BILLS = '房号,收费项目,计费月份,应收金额';
const rooms = (from: number, to: number) => Array.from({ length: to - from }, (_, nth) => String(from + nth));
const roster = (from: number, to: number) =>
  [ROSTER, ...rooms(from, to).map((n) => `甲园,1,1,${n},王${n},1380000${n}0,业主,2026-01-01,`)].join('\n');
const bills = (from: number, to: number) =>
  [BILLS, ...rooms(from, to).map((n) => `1-1-${n},物业服务费,2026-06,100.00`)].join('\n');

const processOn = (engine: Engine, estate: string) => {
  const places = createPlaces(engine);
  const deps = { engine, ids: uuid, clock: () => Date.UTC(2026, 5, 15), places };
  const more = { estate, actor: 'person:x', dryRun: false };
  const fileOf = (text: string) => ({ source: Buffer.from(text), fileName: 'a.csv' });
  return {
    roster: (text: string) => importRoster(deps, { ...more, file: fileOf(text), confirmed: ['new-houses'] }),
    bills: (text: string) => importBills(deps, { ...more, file: fileOf(text) }),
  };
};

async function twoProcesses() {
  const engine = await withPostgres();
  const estate = uuid();
  const place = { id: estate, version: 1, book: 1, parent: '', kind: 'estate' as const, name: '甲园' };
  await engine.db.insert(engine.tables.places).values({ ...place, createdAt: 1 });
  const other = await openForTest(engine.target);
  return { engine, processes: [processOn(engine, estate), processOn(other, estate)] };
}

it('the same roster at once is taken in once and recognised once', async () => {
  const { processes } = await twoProcesses();
  const both = await Promise.all(processes.map((one) => one.roster(roster(1000, 1300))));
  const repeated = both.map((report) => 'repeated' in report && report.repeated);
  expect(repeated.sort()).toEqual([false, true]);
  const [first, second] = both.map((report) => 'import' in report && report.import);
  expect(first).toBe(second);
});

it('two rosters with the same new people at once make one person of each', async () => {
  const { engine, processes } = await twoProcesses();
  const texts = [roster(1000, 1300), roster(1000, 1299)];
  await Promise.all(processes.map((one, nth) => one.roster(texts[nth]!)));
  expect(await engine.db.select().from(engine.tables.people)).toHaveLength(300);
  expect(await engine.db.select().from(engine.tables.residencies)).toHaveLength(300);
});

it('two files of the same bills at once make one bill of each line', async () => {
  const { engine, processes } = await twoProcesses();
  await processes[0]!.roster(roster(1000, 1300));
  const texts = [bills(1000, 1300), bills(1000, 1299)];
  const both = await Promise.all(processes.map((one, nth) => one.bills(texts[nth]!)));
  // Whoever comes first adds all of its own; the other one only what that did not have.
  const added = both.map((report) => ('counts' in report ? (report.counts['added'] ?? 0) : 0)).sort();
  expect([
    [0, 300],
    [1, 299],
  ]).toContainEqual(added);
  expect(await engine.db.select().from(engine.tables.bills)).toHaveLength(300);
});

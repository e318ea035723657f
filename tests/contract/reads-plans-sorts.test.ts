/** Each order in which a desk may put a list comes out of an index, on both engines: page 1,000 costs what page 1 costs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { BILL_SORTS, findBills } from '../../api/fees/find-bills.ts';
import { BREAK_SORTS, breaksOfEstate } from '../../api/fees/list-breaks.ts';
import { OFFSET_SORTS, offsetsOfEstate } from '../../api/fees/offsets.ts';
import { SERVICE_SORTS, servicesOfPlace } from '../../api/volunteering/list-services.ts';
import { watchPostgres, type PostgresWatch } from '../support/postgres-plans.ts';
import { eachReadByAnIndex, watchQueries, type QueryWatch } from '../support/query-plans.ts';

const estate = uuid();
const [house, bill] = [uuid(), uuid()];
const before = { id: bill, value: 11_832 };
const month = { estate, period: '2026-06', limit: 20 };

/** A bill to go on from: the order of houses looks up where it stands. */
async function oneBill({ db, tables }: Engine): Promise<void> {
  const fresh = { version: 1, createdAt: 0, estate };
  await db.insert(tables.houses).values({ ...fresh, id: house, building: '3', unit: '2', room: '0501' });
  await db.insert(tables.bills).values({
    ...{ ...fresh, id: bill, house, item: '物业服务费', period: '2026-06', issue: 1, number: '' },
    ...{ amountFen: 11_832, paidFen: 0, pastDueFen: null, state: 'open' as const, import: uuid() },
  });
}

const readsOf = (engine: () => Engine): Record<string, () => Promise<unknown>> =>
  Object.fromEntries([
    ...BILL_SORTS.map((sort) => [`bills, ${sort}`, () => findBills(engine(), { ...month, sort, before })]),
    ...BILL_SORTS.map((sort) => [
      `bills that are to be paid, ${sort}`,
      () => findBills(engine(), { ...month, sort, state: 'open' }),
    ]),
    ...OFFSET_SORTS.map((sort) => [
      `offsets, ${sort}`,
      () => offsetsOfEstate(engine(), { estate, state: 'held', sort, before, limit: 20 }),
    ]),
    ...BREAK_SORTS.map((sort) => [
      `breaks, ${sort}`,
      () => breaksOfEstate(engine(), { estate, state: 'open', sort, before, limit: 20 }),
    ]),
    ...SERVICE_SORTS.map((sort) => [
      `services, ${sort}`,
      () => servicesOfPlace(engine(), { place: estate, state: 'waiting', sort, before, limit: 20 }),
    ]),
  ]) as Record<string, () => Promise<unknown>>;

describe('an order of a list on SQLite', () => {
  let watch: QueryWatch;
  beforeAll(async () => {
    watch = await watchQueries();
    await oneBill(watch.engine);
  });
  eachReadByAnIndex(
    () => watch,
    readsOf(() => watch.watched),
  );

  it('goes from house to house without putting the lines of the month in order first', async () => {
    watch.forget();
    await findBills(watch.watched, { ...month, sort: 'house', before });
    const plans = watch.plansOf(watch.sent);
    expect(plans.filter((detail) => detail.includes('TEMP B-TREE'))).toEqual([]);
    expect(plans.some((detail) => detail.includes('bills_house_due'))).toBe(true);
    // It goes on at the house where the page before ended, and does not pass by all those before it.
    expect(plans.some((detail) => detail.endsWith('(estate=? AND (building,unit,room)>(?,?,?))'))).toBe(true);
  });
});

describe('an order of a list on PostgreSQL', () => {
  let watch: PostgresWatch;
  beforeAll(async () => {
    watch = await watchPostgres();
    await oneBill(watch.engine);
  });

  const reads = readsOf(() => watch.watched);
  it.each(Object.keys(reads))('%s', async (name) => {
    const steps = await watch.stepsOf(reads[name]!);
    expect(steps.some((step) => step.startsWith('Index'))).toBe(true);
    // A house's lines may be put in order by themselves (`Incremental Sort`): a handful.
    expect(steps.filter((step) => step === 'Sort' || step === 'Seq Scan')).toEqual([]);
  });

  it('goes on at the house where the page before ended', async () => {
    const conditions = await watch.conditionsOf(reads['bills, house']!);
    expect(conditions.some((each) => each.includes('ROW(building, unit, room) >= ROW('))).toBe(true);
  });
});

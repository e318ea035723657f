/**
 * Rows of the product repeat numbers of the ledger: points of a purchase, the value of an offset. One that was changed
 * behind the program's back is named by `verify`, with its transaction and what the ledger says.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { cancelOffset } from '../../api/fees/index.ts';
import { verify, type Finding } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';
import { offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { openEstate, handOver, postedRow, takePosted } from '../support/june-month.ts';
import { execute, select } from '../support/stored-book.ts';

/** A change of one column of the row that `where` finds, and what puts it back. */
type Change = [column: string, set: string, back: string];

const MORE = (column: string): Change => [column, `"${column}" + 1`, `"${column}" - 1`];
const TEXT = (column: string): Change => [
  column,
  `${column} || 'x'`,
  `substr(${column}, 1, length(${column}) - 1)`,
];

async function findingsOf(engine: Engine): Promise<Finding[]> {
  return (await verify(engine, productChecks)).findings;
}

/** Changes one column, asks, puts it back; what was found names the row. */
async function found(
  engine: Engine,
  { table, id, change: [column, set, back] }: { table: string; id: string; change: Change },
): Promise<Finding[]> {
  await execute(engine, `update ${table} set "${column}" = ${set} where id = '${id}'`);
  const findings = await findingsOf(engine);
  await execute(engine, `update ${table} set "${column}" = ${back} where id = '${id}'`);
  return findings;
}

async function idOf(engine: Engine, table: string, state: string): Promise<string> {
  const [row] = await select<{ id: string }>(
    engine,
    `select id from ${table} where state = '${state}' order by id limit 1`,
  );
  if (!row) throw new Error(`no ${state} of ${table}`);
  return row.id;
}

eachEngine((_name, open) => {
  describe('services, purchases and redemptions', () => {
    let app: TestApp;
    let engine: Engine;

    beforeAll(async () => {
      app = await startApp(await open());
      engine = app.engine;
      await aDayInTown(app);
    });

    it('rows that nobody touched are right, each of them compared', async () => {
      const report = await verify(engine, productChecks);
      expect(report.findings).toEqual([]);
      expect(report.books).toMatchObject([{ rows: 10 }]);
    });

    it.each([
      ['services', 'waiting', MORE('points')],
      ['services', 'waiting', TEXT('place')],
      ['services', 'waiting', TEXT('member')],
      ['services', 'waiting', TEXT('rule_version')],
      ['services', 'waiting', MORE('award_transaction')],
      ['services', 'waiting', ['state', `'released'`, `'waiting'`]],
      ['services', 'waiting', ['state', `'no-points'`, `'waiting'`]],
      ['services', 'waiting', ['state', `'voided'`, `'waiting'`]],
      ['services', 'released', MORE('points')],
      ['services', 'released', MORE('settled_transaction')],
      ['services', 'released', ['state', `'rejected'`, `'released'`]],
      ['services', 'released', ['state', `'waiting'`, `'released'`]],
      ['services', 'rejected', MORE('points')],
      ['services', 'rejected', ['state', `'released'`, `'rejected'`]],
      ['services', 'voided', MORE('points')],
      ['services', 'voided', MORE('voided_transaction')],
      ['services', 'voided', ['state', `'released'`, `'voided'`]],
      ['services', 'no-points', MORE('points')],
      ['services', 'no-points', ['state', `'released'`, `'no-points'`]],
      ['purchases', 'credited', MORE('points')],
      ['purchases', 'credited', TEXT('unit')],
      ['purchases', 'credited', TEXT('member')],
      ['purchases', 'credited', TEXT('place')],
      ['purchases', 'credited', TEXT('receipt')],
      ['purchases', 'credited', TEXT('rule_version')],
      ['purchases', 'credited', MORE('transaction')],
      ['purchases', 'credited', ['state', `'taken-back'`, `'credited'`]],
      ['purchases', 'taken-back', MORE('points')],
      ['purchases', 'taken-back', MORE('taken_back_transaction')],
      ['purchases', 'taken-back', ['state', `'credited'`, `'taken-back'`]],
      ['redemptions', 'taken', MORE('points')],
      ['redemptions', 'taken', TEXT('unit')],
      ['redemptions', 'taken', TEXT('member')],
      ['redemptions', 'taken', TEXT('place')],
      ['redemptions', 'taken', MORE('transaction')],
      ['redemptions', 'taken', ['state', `'undone'`, `'taken'`]],
      ['redemptions', 'undone', MORE('points')],
      ['redemptions', 'undone', MORE('undone_transaction')],
      ['redemptions', 'undone', ['state', `'taken'`, `'undone'`]],
    ] as const)('%s, %s: %s', async (table, state, change) => {
      const id = await idOf(engine, table, state);
      const findings = await found(engine, { table, id, change: change as Change });
      expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(id));
      for (const { transaction } of findings) expect(transaction).toBeGreaterThan(0);
    });

    it.each([
      ['purchases', 'taken-back', 'taken_back_transaction'],
      ['redemptions', 'taken', 'transaction'],
      ['services', 'waiting', 'award_transaction'],
    ])('%s, %s: the transaction that is no longer named is found', async (table, state, column) => {
      const id = await idOf(engine, table, state);
      const [row] = await select<Record<string, number>>(
        engine,
        `select "${column}" from ${table} where id = '${id}'`,
      );
      const was = String(row?.[column]);
      const findings = await found(engine, { table, id, change: [column, 'null', was] });
      expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(id));
    });

    it('says what the row has, what the ledger has, and of which transaction', async () => {
      const id = await idOf(engine, 'purchases', 'credited');
      const [row] = await select<{ transaction: number; points: number }>(
        engine,
        `select "transaction", points from purchases where id = '${id}'`,
      );
      const findings = await found(engine, { table: 'purchases', id, change: MORE('points') });
      const points = Number(row?.points);
      expect(findings).toMatchObject([
        {
          transaction: Number(row?.transaction),
          zh: `消费记分 ${id} 的积分与账上不符：记录写着 CON ${points + 1}，账上是 CON ${points}`,
          en: `the points of purchase ${id} differs: the row says CON ${points + 1}, the ledger CON ${points}`,
        },
      ]);
    });
  });

  describe('offsets', () => {
    let world: FeesWorld;
    let engine: Engine;

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503', '0504', '0505'];
      world = await openEstate(open, { rooms, points: { vol: 40, con: 2000 } });
      engine = world.app.engine;
      for (const room of rooms.slice(0, 3)) await offsetBill(world, room, '21.50');
      await handOver(world);
      await takePosted(world, 'posted.csv', [
        postedRow(1, '21.50', '2026-06-20'),
        postedRow(2, '21.50', '2026-06-20', '已退回,账单已作废'),
      ]);
      for (const room of rooms.slice(3)) await offsetBill(world, room, '21.50');
      const offset = await idOf(engine, 'offsets', 'held');
      const member = await residentOf(world, '0504');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await cancelOffset(world.deps, { offset, actor, key: uuid(), scope: `person:${member}` }));
    });

    it('rows that nobody touched are right, each of them compared', async () => {
      const report = await verify(engine, productChecks);
      expect(report.findings).toEqual([]);
      expect(report.books).toMatchObject([{ rows: 5 }]);
    });

    const states = ['held', 'exported', 'posted', 'cancelled', 'returned'];
    const cases = states.flatMap((state): [string, Change][] => [
      [state, MORE('value_fen')],
      [
        state,
        [
          'points',
          `replace(points, '"CON":2000', '"CON":2001')`,
          `replace(points, '"CON":2001', '"CON":2000')`,
        ],
      ],
    ]);
    const more: [string, Change][] = [
      ['held', TEXT('number')],
      ['held', TEXT('hold')],
      ['held', TEXT('member')],
      ['held', TEXT('estate')],
      ['held', TEXT('house')],
      ['held', TEXT('period')],
      ['held', TEXT('rule_version')],
      ['held', MORE('hold_transaction')],
      ['held', ['state', `'posted'`, `'held'`]],
      ['posted', MORE('settled_transaction')],
      ['posted', ['state', `'returned'`, `'posted'`]],
      ['posted', ['state', `'exported'`, `'posted'`]],
      ['cancelled', ['state', `'posted'`, `'cancelled'`]],
    ];
    it.each([...cases, ...more])('%s: %s', async (state, change) => {
      const id = await idOf(engine, 'offsets', state);
      const findings = await found(engine, { table: 'offsets', id, change });
      expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(id));
      for (const { transaction } of findings) expect(transaction).toBeGreaterThan(0);
    });
  });
});

/** Services in every state, purchases with points and without, taken back and not, redemptions kept and undone. */
async function aDayInTown(app: TestApp): Promise<void> {
  const town = await demoTown(app);
  app.clock.now = Date.UTC(2026, 5, 15, 4);
  const [staff, rater] = [
    await app.person({ role: 'staff', place: town.community }),
    await app.person({ role: 'staff', place: town.community }),
  ];
  const record = async (hours: [from: string, to: string], trust = 'scan'): Promise<string> => {
    const member = await app.resident({ role: 'member', place: town.estate });
    const on = (time: string) => `2026-06-13T${time}:00+08:00`;
    const times = { startsAt: on('19:00'), endsAt: on('21:30') };
    const attended = { attendedFrom: on(hours[0]), attendedTo: on(hours[1]), trust };
    const json = { member, type: '人居环境', ...times, ...attended };
    return idIn(
      await app.request(`/api/v1/places/${town.estate}/services`, { json, by: staff, key: uuid() }),
    );
  };
  const whole: [string, string] = ['19:00', '21:30'];
  const rate = (id: string, grade: string, by: TestPerson = rater) =>
    app.request(`/api/v1/services/${id}/rating`, { json: { grade }, by, key: uuid() });
  await record(whole);
  await record(whole, 'typed');
  await rate(await record(whole), 'satisfied');
  await rate(await record(whole), 'very-dissatisfied');
  const mistaken = await record(whole);
  const json = { reason: '登记错人' };
  await idIn(await app.request(`/api/v1/services/${mistaken}/voiding`, { json, by: rater, key: uuid() }));

  // Counters alone, of which no record of hours knows.
  await town.closeMonth(town.estate, '2026-05');

  const shop = await town.merchant();
  const clerk = await app.person({ role: 'clerk', place: shop.id });
  const counter = counterOf(app, shop.id, clerk);
  const customer = await app.resident();
  await counter.bought(customer, '58.50');
  await counter.bought(customer, '0.50');
  await counter.undo('purchases', (await counter.bought(customer, '30')).id);
  await counter.taken(customer, 10, 'CON');
  await counter.undo('redemptions', (await counter.taken(customer, 7, 'CON')).id);
}

async function idIn(answer: Response): Promise<string> {
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  return ((await answer.json()) as { id: string }).id;
}

/**
 * Rows of the product repeat numbers of the ledger: points of a purchase, the value of an offset. One that was changed
 * behind the program's back is named by `verify`, with its transaction and what the ledger says.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { Engine } from '../../api/db/index.ts';
import { cancelOffset } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { startApp, type TestApp } from '../support/app.ts';
import {
  BEYOND,
  found,
  foundBeside,
  foundWith,
  idOf,
  MORE,
  NOWHERE,
  TEXT,
  type Change,
  type Columns,
} from '../support/changed-rows.ts';
import { eachEngine } from '../support/database.ts';
import { aDayInTown } from '../support/day-in-town.ts';
import { offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { openEstate, handOver, postedRow, takePosted } from '../support/june-month.ts';
import { select } from '../support/stored-book.ts';

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
      expect(report.books).toMatchObject([{ rows: 11 }]);
    });

    it.each([
      ['services', 'waiting', MORE('points')],
      ['services', 'waiting', TEXT('place')],
      ['services', 'waiting', TEXT('member')],
      ['services', 'waiting', TEXT('rule_version')],
      ['services', 'waiting', MORE('award_transaction')],
      ['services', 'waiting', ['state', `'released'`]],
      ['services', 'waiting', ['state', `'no-points'`]],
      ['services', 'waiting', ['state', `'voided'`]],
      ['services', 'released', MORE('points')],
      ['services', 'released', MORE('settled_transaction')],
      ['services', 'released', ['state', `'rejected'`]],
      ['services', 'released', ['state', `'waiting'`]],
      ['services', 'rejected', MORE('points')],
      ['services', 'rejected', ['state', `'released'`]],
      ['services', 'voided', MORE('points')],
      ['services', 'voided', MORE('voided_transaction')],
      ['services', 'voided', ['state', `'released'`]],
      ['services', 'no-points', MORE('points')],
      ['services', 'no-points', ['state', `'released'`]],
      ['purchases', 'credited', MORE('points')],
      ['purchases', 'credited', TEXT('unit')],
      ['purchases', 'credited', TEXT('member')],
      ['purchases', 'credited', TEXT('place')],
      ['purchases', 'credited', TEXT('receipt')],
      ['purchases', 'credited', TEXT('rule_version')],
      ['purchases', 'credited', MORE('transaction')],
      ['purchases', 'credited', ['state', `'taken-back'`]],
      ['purchases', 'taken-back', MORE('points')],
      ['purchases', 'taken-back', MORE('taken_back_transaction')],
      ['purchases', 'taken-back', ['state', `'credited'`]],
      ['redemptions', 'taken', MORE('points')],
      ['redemptions', 'taken', TEXT('unit')],
      ['redemptions', 'taken', TEXT('member')],
      ['redemptions', 'taken', TEXT('place')],
      ['redemptions', 'taken', MORE('transaction')],
      ['redemptions', 'taken', ['state', `'undone'`]],
      ['redemptions', 'undone', MORE('points')],
      ['redemptions', 'undone', MORE('undone_transaction')],
      ['redemptions', 'undone', ['state', `'taken'`]],
    ] as const)('%s, %s: %s', async (table, state, change) => {
      const id = await idOf(engine, table, state);
      const findings = await found(engine, { table, id, change: change as Change });
      expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(id));
      expect(Math.max(...findings.map(({ transaction }) => transaction ?? 0))).toBeGreaterThan(0);
    });

    it.each([
      ['purchases', 'taken-back', 'taken_back_transaction'],
      ['redemptions', 'taken', 'transaction'],
      ['services', 'waiting', 'award_transaction'],
    ])('%s, %s: the transaction that is no longer named is found', async (table, state, column) => {
      const id = await idOf(engine, table, state);
      const findings = await found(engine, { table, id, change: [column, 'null'] });
      expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(id));
    });

    it.each([
      ['redemptions', 'taken', 'undone', 'undone_transaction'],
      ['purchases', 'credited', 'taken-back', 'taken_back_transaction'],
      ['services', 'waiting', 'released', 'settled_transaction'],
      ['services', 'released', 'voided', 'voided_transaction'],
    ])(
      '%s, %s: one that says it is %s by a transaction that is not there',
      async (table, state, to, column) => {
        const id = await idOf(engine, table, state);
        for (const transaction of [NOWHERE, BEYOND]) {
          const columns = { state: `'${to}'`, [column]: transaction };
          expect(await foundWith(engine, { table, id }, columns)).toContainEqual(
            expect.objectContaining({
              en: expect.stringMatching(new RegExp(`${id} says that it was settled`)) as string,
              transaction: expect.any(Number) as number,
            }),
          );
        }
      },
    );

    it('a service that was voided after its rating is not released again', async () => {
      const id = await idOf(engine, 'services', 'voided', 'and settled_transaction is not null');
      const columns = { state: `'released'`, voided_transaction: 'null' };
      const findings = await foundWith(engine, { table: 'services', id }, columns);
      expect(findings.map(({ en }) => en)).toEqual([expect.stringContaining(id)]);
      expect(findings[0]?.transaction).toBeGreaterThan(0);
    });

    it.each([
      ['purchases', 'credited', { transaction: 'null' }],
      ['purchases', 'credited', { transaction: 'null', place: `'nowhere'` }],
      ['purchases', 'credited', { transaction: '0' }],
      ['purchases', 'credited', { transaction: NOWHERE }],
      ['purchases', 'credited', { transaction: BEYOND }],
      ['redemptions', 'taken', { transaction: 'null', code: `'forged'` }],
      ['redemptions', 'taken', { transaction: BEYOND, code: `'forged'` }],
      ['services', 'released', { award_transaction: 'null', settled_transaction: 'null' }],
      ['services', 'waiting', { award_transaction: NOWHERE }],
      ['services', 'no-points', {}],
      ['services', 'no-points', { state: `'voided'` }],
      ['services', 'waiting', { award_transaction: 'null', state: `'no-points'`, points: '0' }],
    ])('%s, %s: one beside them that no transaction made, %o', async (table, state, columns) => {
      const id = await idOf(engine, table, state);
      const findings = await foundBeside(engine, { table, id }, columns as unknown as Columns);
      expect(findings.map(({ en }) => en)).toEqual([
        expect.stringMatching(/forged names no transaction of the ledger that made it$/),
      ]);
    });

    it('hours without points that go by the unit of another record are no more made by it', async () => {
      const [purchase] = await select<{ id: string }>(engine, 'select id from purchases limit 1');
      const row = { table: 'services', id: await idOf(engine, 'services', 'no-points') };
      const findings = await foundBeside(engine, row, { id: `'${purchase?.id}'` });
      expect(findings.map(({ en }) => en)).toEqual([
        expect.stringMatching(/^service record \S+ names no transaction of the ledger that made it$/),
      ]);
    });

    it('steps that cannot be read end no verification, and hide nothing', async () => {
      const id = await idOf(engine, 'services', 'released');
      const row = { table: 'services', id };
      expect(await foundWith(engine, row, { steps: `'x'` })).toEqual([]);
      const findings = await foundWith(engine, row, { steps: `'x'`, points: 'points + 1' });
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
      // Five offsets, and the batch that was handed over.
      expect(report.books).toMatchObject([{ rows: 6 }]);
    });

    const states = ['held', 'exported', 'posted', 'cancelled', 'returned'];
    const cases = states.flatMap((state): [string, Change][] => [
      [state, MORE('value_fen')],
      [state, ['points', `replace(points, '"CON":2000', '"CON":2001')`]],
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
      ['held', ['state', `'posted'`]],
      ['posted', MORE('settled_transaction')],
      ['posted', ['state', `'returned'`]],
      ['posted', ['state', `'exported'`]],
      ['cancelled', ['state', `'posted'`]],
    ];
    it.each(['null', 'x', 'CON 2000', '{"CON":"2000"}', '{}', '[2000]'])(
      'points written %s',
      async (points) => {
        const id = await idOf(engine, 'offsets', 'held');
        const columns = { points: `'${points}'`, acted_by: `'x'`, steps: `'x'` };
        const findings = await foundWith(engine, { table: 'offsets', id }, columns);
        expect(findings).toMatchObject([
          { en: expect.stringContaining(`the points of offset ${id}`) as string },
        ]);
      },
    );

    it('one that says it was posted by a transaction that is not there, and one that none made', async () => {
      const row = { table: 'offsets', id: await idOf(engine, 'offsets', 'held') };
      for (const transaction of [NOWHERE, BEYOND]) {
        const settled = await foundWith(engine, row, { state: `'posted'`, settled_transaction: transaction });
        expect(settled.map(({ en }) => en)).toEqual([expect.stringContaining(`${row.id} says that it was`)]);
        const columns = { number: `'forged'`, hold_transaction: transaction };
        const made = await foundBeside(engine, row, columns);
        expect(made.map(({ en }) => en)).toEqual([expect.stringContaining('forged names no transaction')]);
      }
    });

    it.each([...cases, ...more])('%s: %s', async (state, change) => {
      const id = await idOf(engine, 'offsets', state);
      const findings = await found(engine, { table: 'offsets', id, change });
      expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(id));
      for (const { transaction } of findings) expect(transaction).toBeGreaterThan(0);
    });
  });
});

/** Closing a month: what must be done first, what a closed month refuses, and who may open it again. */
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { releaseEndedOffsets } from '../../api/fees/index.ts';
import { balancesOf, post } from '../../api/ledger/index.ts';
import { runExpiry } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { book, closeByTwo, ok, secondOf, openFeesWorld, type FeesWorld } from '../support/fees-world.ts';

const at = (local: string) => Date.parse(`${local}+08:00`);

eachEngine((_name, open) => {
  const start = async () => openFeesWorld(await startApp(await open()));
  const close = (world: FeesWorld, month: string, key = uuid()) => closeByTwo(world, { month, key });
  const reopen = ({ app }: FeesWorld, closure: string, by: TestPerson, reason = '物业补报') =>
    app.request(`/api/v1/closures/${closure}/reopening`, { by, key: uuid(), json: { reason } });
  const closed = async (world: FeesWorld, month: string): Promise<string> => {
    const answer = await close(world, month);
    expect(answer.status, month).toBe(201);
    return ((await answer.json()) as { id: string }).id;
  };
  type Closures = { items: { id: string; month: string; state: string }[] };
  const listed = async ({ app, estate, accountant }: FeesWorld): Promise<Closures> => {
    const answer = await app.request(`/api/v1/places/${estate.id}/closures?limit=100`, { by: accountant });
    return (await answer.json()) as Closures;
  };
  /** The closed months follow each other without one left out. */
  const expectNoGap = async (world: FeesWorld): Promise<void> => {
    const { items } = await listed(world);
    const months = items.filter(({ state }) => state === 'closed').map(({ month }) => month);
    const from = Number(months.toSorted()[0]?.slice(5));
    expect(months.toSorted()).toEqual(months.map((_, nth) => `2026-0${from + nth}`));
  };
  const endingJune = async (world: FeesWorld, member: string, amount: number) => {
    const { id: fund, unit, rateMicro } = world.con;
    const series = { expiresAt: at('2026-07-01T00:00'), rateMicro, budgetReturns: true };
    await book(world, { do: 'credit', member, fund, unit, amount, series });
  };

  /** A bill of a month, as the firm's file brings it. */
  const bill = async ({ app, estate }: FeesWorld, period: string, state: 'open' | 'cancelled' = 'open') => {
    const of = { estate: estate.id, house: uuid(), item: '物业服务费', period, issue: 1, number: '' };
    const sums = { amountFen: 11_832, paidFen: 0, pastDueFen: null };
    const row = { id: uuid(), version: 1, ...of, ...sums, state, import: uuid(), createdAt: app.clock.now };
    await app.engine.db.insert(app.engine.tables.bills).values(row);
  };
  const nextOf = async ({ app, estate, accountant }: FeesWorld) => {
    const answer = await app.request(`/api/v1/places/${estate.id}/next-closure`, { by: accountant });
    expect(answer.status).toBe(200);
    return (await answer.json()) as unknown;
  };

  describe('closing a month', () => {
    it('begins with the first month that has a bill, so that none is left behind the closed ones', async () => {
      const world = await start();
      const { app } = world;
      app.clock.now = at('2026-07-02T09:00');
      const none = {
        offsets: { count: 0, value: '0.00', concession: '0.00' },
        notHandedOver: 0,
        openBreaks: { count: 0, value: '0.00', difference: '0.00' },
      };
      expect(await nextOf(world)).toEqual({ month: '2026-06', over: true, ...none });
      // A month that was mistyped and taken back is none.
      await bill(world, '2016-04', 'cancelled');
      await bill(world, '2026-05');
      await bill(world, '2026-04');
      expect(await nextOf(world)).toEqual({ month: '2026-04', over: true, ...none });
      for (const month of ['2026-03', '2026-05', '2016-04']) {
        expect(await (await close(world, month)).json()).toMatchObject({
          code: 'month-not-first',
          details: { zh: '第一个要关的是 2026-04', en: 'The first to close is 2026-04' },
        });
      }
      await closed(world, '2026-04');
      await closed(world, '2026-05');
      // Bills that come late for a month before do not stop what goes on.
      await bill(world, '2026-02');
      await closed(world, '2026-06');
      expect(await nextOf(world)).toEqual({ month: '2026-07', over: false, ...none });
    });

    it('waits for its end and for the expiry run, refuses what would take effect in it, and is undone by a second person', async () => {
      const world = await start();
      const { app, estate, accountant, deps, con } = world;
      await endingJune(world, 'somebody', 500);
      expect(await codeOf(await close(world, '2026-06'))).toBe('month-not-over');
      app.clock.now = at('2026-07-02T09:00');
      expect(await codeOf(await close(world, '2026-06'))).toBe('expiry-due');
      expect(await runExpiry(deps, 1, app.clock.now)).toEqual({ positions: 1, points: 500, failed: 0 });
      expect(await runExpiry(deps, 1, app.clock.now)).toEqual({ positions: 0, points: 0, failed: 0 });
      const closed = await close(world, '2026-06');
      expect(closed.status).toBe(201);
      const closure = (await closed.json()) as { id: string };
      expect(await codeOf(await close(world, '2026-06'))).toBe('month-closed');

      const late = () =>
        post(
          deps,
          { book: 1, scope: 'test', key: uuid(), request: 'late' },
          {
            actor: 'test',
            place: estate.id,
            effectiveAt: at('2026-06-30T12:00'),
            commands: [{ do: 'budget', fund: con.id, unit: 'CON', amount: 1 }],
          },
        );
      expect(await late()).toMatchObject({ code: 'month-closed' });
      expect(await codeOf(await reopen(world, closure.id, accountant))).toBe('second-person-needed');
      const other = await secondOf(world);
      expect((await reopen(world, closure.id, other, ' ')).status).toBe(422);
      expect(await (await reopen(world, closure.id, other)).json()).toMatchObject({
        state: 'reopened',
        reason: '物业补报',
      });
      ok(await late());
      expect((await close(world, '2026-06')).status).toBe(201);
    });

    it('goes month by month; only the latest closed one is opened again', async () => {
      const world = await start();
      const { app, estate } = world;
      const other = await app.person({ role: 'accountant', place: estate.id });
      app.clock.now = at('2026-07-02T09:00');
      const april = await closed(world, '2026-04');
      const refused = await close(world, '2026-06');
      expect(await refused.json()).toMatchObject({
        code: 'month-not-next',
        details: { zh: '下一个要关的是 2026-05' },
      });
      expect(await codeOf(await close(world, '2026-03'))).toBe('month-not-next');
      const may = await closed(world, '2026-05');
      expect(await codeOf(await close(world, '2026-04'))).toBe('month-closed');
      const june = await closed(world, '2026-06');
      const early = await reopen(world, april, other);
      expect(await early.json()).toMatchObject({
        code: 'month-not-latest',
        details: { zh: '最后关的是 2026-06' },
      });
      expect((await reopen(world, june, other)).status).toBe(200);
      expect(await codeOf(await reopen(world, june, other))).toBe('already-done');
      expect((await reopen(world, may, other)).status).toBe(200);
      expect(await codeOf(await close(world, '2026-06'))).toBe('month-not-next');
      await closed(world, '2026-05');
      // Another place's months are its own.
      const elsewhere = await app.place();
      const theirs = await app.person({ role: 'accountant', place: elsewhere });
      const first = { by: theirs, json: { month: '2026-06' } };
      expect((await app.request(`/api/v1/places/${elsewhere}/closure-requests`, first)).status).toBe(201);
    });

    it('of two requests at once never leaves a gap', async () => {
      const world = await start();
      const { app, estate } = world;
      const others = await Promise.all(
        [1, 2].map(() => app.person({ role: 'accountant', place: estate.id })),
      );
      app.clock.now = at('2026-07-02T09:00');
      await closed(world, '2026-02');
      const months = ['2026-03', '2026-04', '2026-05', '2026-06'];
      for (let round = 0; round < 4; round++) {
        await Promise.all(months.map((month) => close(world, month)));
        await expectNoGap(world);
        const { items } = await listed(world);
        const latest = items.filter(({ state }) => state === 'closed').slice(0, 2);
        // The latest two opened again and the month after them closed, all at once.
        await Promise.all([
          ...latest.map(({ id }, nth) => reopen(world, id, others[nth]!)),
          ...months.map((month) => close(world, month)),
        ]);
        await expectNoGap(world);
      }
    });

    it('waits for offsets that are not handed over yet; one whose hold ended goes back to the member', async () => {
      const world = await start();
      const { app, deps, estate, firm } = world;
      const [member, id] = [uuid(), uuid()];
      await book(world, {
        do: 'credit',
        member,
        fund: world.con.id,
        unit: 'CON',
        amount: 100,
        series: { expiresAt: at('2027-07-01T00:00'), rateMicro: 10_000, budgetReturns: true },
      });
      const number = { prefix: 'DK-2606-', pad: 4, series: 'test:DK-2606-' };
      const values = {
        id,
        number: { planned: 'number' as const },
        estate: estate.id,
        bill: uuid(),
        bill_issue: 1,
        house: uuid(),
        item: '物业服务费',
        period: '2026-06',
        member,
        value_fen: 100,
        points: '{"CON":100}',
        steps: '[]',
        rule_version: 'r',
        hold: id,
        state: 'held',
        created_at: app.clock.now,
      };
      const take = { points: 100, unit: 'CON' };
      const endsAt = at('2026-09-01T00:00');
      const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
      ok(
        await post(
          deps,
          { book: 1, scope: 'test', key: uuid(), request: 'offset' },
          {
            actor: 'test',
            place: estate.id,
            commands: [{ do: 'hold', hold: id, member, redeemer: firm.id, take, endsAt, terms }],
            tallies: [{ key: `offset:${values.house}:2026-06`, add: 100, max: 5_000 }],
            uniques: [{ key: `offset:${values.bill}` }],
            number,
            rows: [{ insert: 'offsets', values }],
          },
        ),
      );
      app.clock.now = at('2026-07-02T09:00');
      // The offset counts for the month of its bill, though the firm has no bill of it on file.
      expect(await nextOf(world)).toMatchObject({
        month: '2026-06',
        offsets: { count: 1, value: '1.00' },
        notHandedOver: 1,
      });
      expect(await codeOf(await close(world, '2026-05'))).toBe('month-not-first');
      expect(await codeOf(await close(world, '2026-06'))).toBe('offsets-open');
      expect(await releaseEndedOffsets(deps, estate.id)).toEqual({ released: 0, failed: 0 });
      app.clock.now = endsAt;
      expect(await releaseEndedOffsets(deps, estate.id)).toEqual({ released: 1, failed: 0 });
      const mine = await balancesOf(app.engine, { book: 1, owner: member });
      expect(mine.map((b) => [b.role, b.balance])).toEqual([['available', 100]]);
      // What went back counts for nothing.
      expect(await nextOf(world)).toMatchObject({
        month: '2026-08',
        offsets: { count: 0 },
        notHandedOver: 0,
      });
      expect((await close(world, '2026-06')).status).toBe(201);
    });
  });
});

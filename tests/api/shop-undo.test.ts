/** Undoing sales: who may, what comes back, and what is left to settle. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { balancesOf, rootOfBook, verify } from '../../api/ledger/index.ts';
import { runExpiry } from '../../api/programme/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import type { Counter, Sale } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown, Merchant } from '../support/demo-programme.ts';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let clerk: TestPerson;
  let colleague: TestPerson;
  let manager: TestPerson;
  let stranger: TestPerson;
  let shop: Merchant;
  let counter: Counter;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await town.merchant();
    clerk = await app.person({ role: 'clerk', place: shop.id });
    colleague = await app.person({ role: 'clerk', place: shop.id });
    manager = await app.person({ role: 'merchant_manager', place: shop.id });
    stranger = await app.person({ role: 'merchant_manager', place: (await town.merchant()).id });
    counter = counterOf(app, shop.id, clerk);
  });

  /** Midnight in Asia/Shanghai after the day of the test. Time only goes on: a book is never booked backwards. */
  const midnight = () => Math.floor((app.clock.now + SHANGHAI_MS) / DAY_MS + 1) * DAY_MS - SHANGHAI_MS;

  const pointsOf = (member: string) => town.pointsOf(member, 'CON');
  const balance = async (owner: string, role: string, counterparty = ''): Promise<number> =>
    (await balancesOf(app.engine, { book: town.book, owner })).find(
      (b) => b.role === role && b.counterparty === counterparty,
    )?.balance ?? 0;
  const bytes = async (answer: Response) => [answer.status, await answer.text()];

  describe('undoing', () => {
    it('is among what the auditor is shown as given back and taken back', async () => {
      const member = await app.resident();
      const { id } = await counter.bought(member, '20.00');
      await counter.undo('purchases', id);
      const auditor = await app.person({
        role: 'auditor',
        place: (await rootOfBook(app.engine, town.book))!,
      });
      const path = `/api/v1/books/${town.book}/transactions?refunds=yes`;
      const { items } = (await (await app.request(path, { by: auditor })).json()) as {
        items: { kind: string }[];
      };
      expect(items.map(({ kind }) => kind)).toEqual(['clawback']);
    });

    it('by the same clerk on the same day gives the points back under their own date', async () => {
      const member = await app.resident();
      await town.give(member, shop.fund, 30, midnight() + 15 * DAY_MS);
      const owed = await balance(shop.id, 'receivable', town.clearing);
      const { id } = await counter.taken(member, 20, 'CON');
      const key = uuid();
      const undone = await counter.undo('redemptions', id, { key });
      expect([undone.status, ((await undone.json()) as Sale).state]).toEqual([200, 'undone']);
      expect(await pointsOf(member)).toMatchObject({ available: 30 });
      expect(await balance(shop.id, 'receivable', town.clearing)).toBe(owed);
      const replay = await counter.undo('redemptions', id, { key });
      expect([replay.status, replay.headers.get('Idempotency-Hit')]).toEqual([200, 'true']);
      expect(await codeOf(await counter.undo('redemptions', id, { key, reason: 'x' }))).toBe('key-reused');
      expect(await codeOf(await counter.undo('redemptions', id))).toBe('already-done');
      expect(await pointsOf(member)).toMatchObject({ available: 30 });
    });

    it('twice at the same moment gives back once', async () => {
      const member = await app.resident();
      await town.give(member, shop.fund, 30);
      const { id } = await counter.taken(member, 20, 'CON');
      const keys = [uuid(), uuid()];
      const undoBoth = async () => {
        const both = await Promise.all(keys.map((key) => counter.undo('redemptions', id, { key })));
        return Promise.all(both.map(async (answer) => (answer.status === 200 ? 'done' : codeOf(answer))));
      };
      const first = await undoBoth();
      expect(new Set(first)).toEqual(new Set(['already-done', 'done']));
      // Whoever asks again hears the same.
      expect(await undoBoth()).toEqual(first);
      expect(await pointsOf(member)).toMatchObject({ available: 30 });
    });

    it.each(['purchases', 'redemptions'] as const)(
      'of %s by a colleague, or the next day, needs the manager and a reason',
      async (kind) => {
        const member = await app.resident();
        await town.give(member, shop.fund, 30);
        const { id } =
          kind === 'purchases' ? await counter.bought(member, '20') : await counter.taken(member, 20, 'CON');
        expect(await codeOf(await counter.undo(kind, id, { by: colleague, reason: '拿错了' }))).toBe(
          'manager-needed',
        );
        app.clock.now = midnight();
        expect(await codeOf(await counter.undo(kind, id, { reason: '拿错了' }))).toBe('manager-needed');
        const bare = await counter.undo(kind, id, { by: manager, reason: '  ' });
        expect(await bare.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'reason' }] });
        const there = await counter.undo(kind, id, { by: stranger, reason: '拿错了' });
        expect(await bytes(there)).toEqual(
          await bytes(await counter.undo(kind, uuid(), { by: stranger, reason: '拿错了' })),
        );
        expect(there.status).toBe(404);
        expect((await counter.undo(kind, id, { by: manager, reason: '拿错了' })).status).toBe(200);
        expect(await pointsOf(member)).toMatchObject({ available: 30 });
      },
    );

    it('a purchase takes its points back, frees the receipt, and gives the day’s allowance back', async () => {
      const member = await app.resident();
      const receipt = uuid();
      const { id } = await counter.bought(member, '480', { receipt });
      expect(((await (await counter.undo('purchases', id)).json()) as Sale).state).toBe('taken-back');
      expect(await pointsOf(member)).toMatchObject({ available: 0, toSettle: 0 });
      expect((await counter.bought(member, '490', { receipt })).points).toBe('490');
      expect(await codeOf(await counter.undo('purchases', id))).toBe('already-done');
    });

    it.each(['480', '0.50'])('a purchase of %s taken back twice at one moment: once', async (amount) => {
      const member = await app.resident();
      const { id } = await counter.bought(member, amount);
      const keys = [uuid(), uuid()];
      const takeBoth = async () => {
        const both = await Promise.all(keys.map((key) => counter.undo('purchases', id, { key })));
        return Promise.all(both.map(async (answer) => (answer.status === 200 ? 'done' : codeOf(answer))));
      };
      const first = await takeBoth();
      expect(new Set(first)).toEqual(new Set(['already-done', 'done']));
      expect(await takeBoth()).toEqual(first);
      expect(await pointsOf(member)).toMatchObject({ available: 0, toSettle: 0 });
    });

    it('a purchase that earned nothing can be taken back as well', async () => {
      const { id } = await counter.bought(await app.resident(), '0.50');
      expect((await counter.undo('purchases', id)).status).toBe(200);
    });

    it('after the points were spent leaves something to settle, which the next purchase settles first', async () => {
      const member = await app.resident();
      const { id } = await counter.bought(member, '50');
      await counter.taken(member, 30, 'CON');
      expect((await counter.undo('purchases', id)).status).toBe(200);
      expect(await pointsOf(member)).toEqual({ available: 0, pending: 0, held: 0, toSettle: 30 });
      expect((await counter.bought(member, '80')).points).toBe('80');
      expect(await pointsOf(member)).toMatchObject({ available: 50, toSettle: 0 });
    });

    it('a redemption after its points ended gives them back as ended', async () => {
      const member = await app.resident();
      const end = midnight();
      await town.give(member, shop.fund, 30, end);
      const { id } = await counter.taken(member, 20, 'CON');
      app.clock.now = end;
      expect((await counter.undo('redemptions', id, { by: manager, reason: '缺货' })).status).toBe(200);
      expect(await pointsOf(member)).toMatchObject({ available: 0 });
      expect(await balance(member, 'expired')).toBe(20);
    });
  });

  it('a purchase whose points have ended since takes the ended ones; their budget comes back once', async () => {
    const member = await app.resident();
    const other = await town.merchant();
    const till = counterOf(app, other.id, await app.person({ role: 'clerk', place: other.id }));
    const boss = await app.person({ role: 'merchant_manager', place: other.id });
    const unissued = await balance(other.fund.id, 'unissued');
    const { id } = await till.bought(member, '50');
    await till.taken(member, 30, 'CON');
    app.clock.now += 400 * DAY_MS;
    await runExpiry(app.server.deps, town.book, app.clock.now);
    expect(await balance(member, 'expired')).toBe(20);
    expect(await balance(other.fund.id, 'unissued')).toBe(unissued - 30);
    expect((await till.undo('purchases', id, { by: boss, reason: '退货' })).status).toBe(200);
    expect(await balance(member, 'expired')).toBe(0);
    expect(await pointsOf(member)).toMatchObject({ available: 0, toSettle: 30 });
    expect(await balance(other.fund.id, 'unissued')).toBe(unissued - 30);
  });

  it('after all this the books are whole', async () => {
    app.clock.now += 30 * DAY_MS;
    expect((await verify(app.engine)).findings).toEqual([]);
  });
});

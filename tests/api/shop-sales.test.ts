/** Crediting purchases and taking points, by the numbers of the demo programme. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { balancesOf, verify } from '../../api/ledger/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf, type Counter, type Sale } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown, Merchant } from '../support/demo-programme.ts';

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let clerk: TestPerson;
  let colleague: TestPerson;
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

  describe('a purchase', () => {
    it('gives a point for each whole yuan, with the steps, out of the merchant’s own budget', async () => {
      const member = await app.resident();
      const before = await balance(shop.fund.id, 'unissued');
      const sale = await counter.bought(member, '58.50');
      expect(sale).toMatchObject({
        points: '58',
        state: 'credited',
        mine: true,
        amount: '58.50',
        unit: 'CON',
      });
      expect(sale.steps?.map(({ value }) => value)).toEqual(['58.50', '58']);
      expect(await pointsOf(member)).toMatchObject({ available: 58 });
      expect(await balance(shop.fund.id, 'unissued')).toBe(before - 58);
    });

    it('is credited by a clerk to others, not to themselves', async () => {
      const self = await app.person(
        { role: 'clerk', place: shop.id },
        { role: 'member', place: town.estate },
      );
      const code = await counter.resolved(self.id);
      const sale = { code, receipt: uuid(), amount: '500.00' };
      expect(await codeOf(await counter.credit(sale, { by: self }))).toBe('second-person-needed');
      expect((await counter.credit(sale)).status).toBe(201);
    });

    it('earns on the net amount only: what was paid with points earns none', async () => {
      const sale = await counter.bought(await app.resident(), '58.50', { paidWithPoints: '30.00' });
      expect(sale.points).toBe('28');
      const all = await counter.bought(await app.resident(), '10', { paidWithPoints: '10' });
      expect(all.points).toBe('0');
    });

    it('gives 500 a day at most, and what is left of the day to the next', async () => {
      const member = await app.resident();
      const sales = [await counter.bought(member, '480'), await counter.bought(member, '50')];
      expect(sales.map(({ points }) => points)).toEqual(['480', '20']);
      expect((await counter.bought(member, '50')).points).toBe('0');
      app.clock.now = midnight();
      expect((await counter.bought(member, '50')).points).toBe('50');
    });

    it('at two tills at once, near the end of what a day gives, gives what is left to the later one', async () => {
      const member = await app.resident();
      const tills: string[] = [];
      for (let nth = 1; nth <= 3; nth++) tills.push(await counter.resolved(member));
      const sales = await Promise.all(
        tills.map((code) => counter.credit({ code, receipt: uuid(), amount: '240' })),
      );
      expect(sales.map(({ status }) => status)).toEqual([201, 201, 201]);
      const given = await Promise.all(
        sales.map(async (answer) => Number(((await answer.json()) as Sale).points)),
      );
      expect(given.sort((a, b) => a - b)).toEqual([20, 240, 240]);
      expect(await pointsOf(member)).toMatchObject({ available: 500 });
    });

    it('at more tills at once than it is worked out again for is sent once more, and then decided', async () => {
      const member = await app.resident();
      const sales: { code: string; receipt: string; amount: string }[] = [];
      while (sales.length < 9) {
        sales.push({ code: await counter.resolved(member), receipt: uuid(), amount: '120' });
      }
      const sent = await Promise.all(
        sales.map(async (sale) => {
          const key = uuid();
          let answer = await counter.credit(sale, { key });
          // Nothing is remembered under the key but a decision, so the same key may be tried until there is one.
          while (answer.status === 409) {
            expect(await codeOf(answer)).toBe('changed-meanwhile');
            answer = await counter.credit(sale, { key });
          }
          return answer;
        }),
      );
      expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
      const given = await Promise.all(sent.map(async (answer) => ((await answer.json()) as Sale).points));
      expect(given.sort()).toEqual([...Array<string>(4).fill('0'), '120', '120', '120', '120', '20'].sort());
      expect(await pointsOf(member)).toMatchObject({ available: 500 });
    });

    it('of one receipt counts once, however the number is typed, and a repeat hears the same', async () => {
      const member = await app.resident();
      const receipt = `A-${uuid().slice(-8)}`;
      await counter.bought(member, '20', { receipt });
      for (const typed of [receipt, ` ${receipt.toLowerCase()} `, receipt.replaceAll('-', '－')]) {
        const sale = { code: await counter.resolved(member), receipt: typed, amount: '20' };
        const key = uuid();
        const refused = await bytes(await counter.credit(sale, { key }));
        expect(refused).toEqual([409, expect.stringContaining('"code":"receipt-used"')]);
        expect(await bytes(await counter.credit(sale, { key }))).toEqual(refused);
      }
      expect(await pointsOf(member)).toMatchObject({ available: 20 });
      const other = counterOf(app, (await town.merchant()).id, clerk);
      await expect(other.bought(member, '20', { receipt })).rejects.toThrow('404');
    });

    it('repeated with its key is answered from the first; with another body it is an error', async () => {
      const member = await app.resident();
      const sale = { code: await counter.resolved(member), receipt: uuid(), amount: '20' };
      const key = uuid();
      const first = await counter.credit(sale, { key });
      // A second till of the same shop, after a lost answer.
      const again = await counter.credit(sale, { key, by: colleague });
      expect([again.status, again.headers.get('Idempotency-Hit')]).toEqual([201, 'true']);
      expect(await again.json()).toEqual({ ...((await first.json()) as Sale), mine: false });
      expect(await codeOf(await counter.credit({ ...sale, amount: '21' }, { key }))).toBe('key-reused');
      expect(await pointsOf(member)).toMatchObject({ available: 20 });
    });

    it.each([
      ['1e9', 'amount'],
      ['-0', 'amount'],
      ['0', 'amount'],
      ['0.001', 'amount'],
      ['12,5', 'amount'],
      ['12345678', 'amount'],
    ])('of %s yuan is refused, and names the field', async (amount, field) => {
      const answer = await counter.credit({ code: uuid(), receipt: '1', amount });
      expect(await answer.json()).toMatchObject({ code: 'invalid-input', fields: [{ field }] });
    });

    it('cannot be paid with more points than it cost', async () => {
      const code = await counter.resolved(await app.resident());
      const sale = { code, receipt: uuid(), amount: '10', paidWithPoints: '10.01' };
      expect(await (await counter.credit(sale)).json()).toMatchObject({
        fields: [{ field: 'paidWithPoints' }],
      });
    });

    it('beyond the budget books nothing and leaves the code unused', async () => {
      const poor = await town.merchant({ budget: 50 });
      await town.hire(clerk.id, 'clerk', poor.id);
      const till = counterOf(app, poor.id, clerk);
      const member = await app.resident();
      const code = await till.resolved(member);
      const refused = await till.credit({ code, receipt: '1', amount: '51' });
      expect(await refused.json()).toMatchObject({ code: 'budget-exhausted', needsNewKey: true });
      expect((await till.credit({ code, receipt: '1', amount: '50' })).status).toBe(201);
      expect(await pointsOf(member)).toMatchObject({ available: 50 });
    });

    it('needs a rule and a fund', async () => {
      const bare = await app.place('merchant');
      const village = await app.place('merchant', town.community);
      for (const [place, code] of [
        [bare, 'no-rule-in-force'],
        [village, 'no-fund'],
      ] as const) {
        await town.hire(clerk.id, 'clerk', place);
        const till = counterOf(app, place, clerk);
        const sale = { code: await till.resolved(await app.resident()), receipt: '1', amount: '5' };
        expect(await codeOf(await till.credit(sale))).toBe(code);
      }
    });

    it('cannot be booked, nor points taken, once the month is closed', async () => {
      const shut = await town.merchant();
      await town.hire(clerk.id, 'clerk', shut.id);
      const till = counterOf(app, shut.id, clerk);
      const member = await app.resident();
      const sale = await till.bought(member, '20');
      await town.closeMonth(shut.id, '2026-06');
      const code = await till.resolved(member);
      expect(await codeOf(await till.credit({ code, receipt: '2', amount: '5' }))).toBe('month-closed');
      const goods = { code, points: '5', unit: 'CON', goods: '盐' };
      expect(await codeOf(await till.redeem(goods))).toBe('month-closed');
      expect(await codeOf(await till.undo('purchases', sale.id))).toBe('month-closed');
    });
  });

  describe('taking points', () => {
    it('takes the nearest end first, and the merchant is owed by the clearing party', async () => {
      const member = await app.resident();
      await town.give(member, shop.fund, 30, midnight() + 15 * DAY_MS);
      await town.give(member, town.volunteerFund, 40);
      const owed = await balance(shop.id, 'receivable', town.clearing);
      expect(await counter.taken(member, 20, 'CON')).toMatchObject({
        points: '20',
        state: 'taken',
        mine: true,
      });
      expect(await balance(shop.id, 'receivable', town.clearing)).toBe(owed + 200_000);
      await counter.taken(member, 40, 'VOL');
      expect(await balance(shop.id, 'receivable', town.clearing)).toBe(owed + 4_200_000);
      expect(await pointsOf(member)).toMatchObject({ available: 10 });
    });

    it('more than there is, or what has ended, is refused under that key for ever', async () => {
      const member = await app.resident();
      const end = midnight();
      await town.give(member, shop.fund, 30, end);
      const goods = { points: '31', unit: 'CON', goods: '盐' };
      const code = await counter.resolved(member);
      const key = uuid();
      expect(await codeOf(await counter.redeem({ code, ...goods }, { key }))).toBe('insufficient-points');
      await town.give(member, shop.fund, 1);
      const again = await counter.redeem({ code, ...goods }, { key });
      expect(await again.json()).toMatchObject({ code: 'insufficient-points', needsNewKey: true });
      expect((await counter.redeem({ code, ...goods })).status).toBe(201);
      await town.give(member, shop.fund, 5, end);
      app.clock.now = end;
      const ended = { code: await counter.resolved(member), points: '1', unit: 'CON', goods: '盐' };
      expect(await codeOf(await counter.redeem(ended))).toBe('insufficient-points');
    });

    it('without an agreement is refused', async () => {
      const lone = await app.place('merchant', town.community);
      await town.hire(clerk.id, 'clerk', lone);
      const till = counterOf(app, lone, clerk);
      const member = await app.resident();
      await town.give(member, shop.fund, 30);
      const goods = { code: await till.resolved(member), points: '5', unit: 'CON', goods: '盐' };
      expect(await codeOf(await till.redeem(goods))).toBe('terms-missing');
    });

    it.each(['0', '-5', '1.5', '1e3', '9007199254740993'])('of %s points names the field', async (points) => {
      const answer = await counter.redeem({ code: uuid(), points, unit: 'CON', goods: '盐' });
      expect(await answer.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'points' }] });
    });
  });

  it('lists come newest first, in pages without gaps, to whoever works there', async () => {
    const quiet = await town.merchant();
    await town.hire(clerk.id, 'clerk', quiet.id);
    const till = counterOf(app, quiet.id, clerk);
    const member = await app.resident();
    await town.give(member, shop.fund, 100);
    const made = { purchases: [] as string[], redemptions: [] as string[] };
    for (let n = 0; n < 5; n++) {
      made.purchases.unshift((await till.bought(member, '5')).id);
      made.redemptions.unshift((await till.taken(member, 2, 'CON')).id);
    }
    for (const kind of ['purchases', 'redemptions'] as const) {
      const seen: string[] = [];
      const first = `/api/v1/merchants/${quiet.id}/${kind}?limit=2`;
      let path: string | undefined = first;
      while (path !== undefined) {
        const answer = await app.request(path, { by: clerk });
        const page = (await answer.json()) as { items: Sale[]; next?: string };
        seen.push(...page.items.map(({ id }) => id));
        path = page.next && `${first}&cursor=${page.next}`;
      }
      expect(seen).toEqual(made[kind]);
      expect((await app.request(first, { by: stranger })).status).toBe(404);
      expect((await app.request(first, { by: await app.person() })).status).toBe(403);
    }
  });

  it('after all this the books are whole', async () => {
    app.clock.now += 30 * DAY_MS;
    expect((await verify(app.engine)).findings).toEqual([]);
  });
});

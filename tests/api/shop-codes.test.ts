/** 积分码: one code for earning and spending. It lives a minute, works once, and guessing it locks the till. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import type { Counter, Sale } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown, Merchant } from '../support/demo-programme.ts';
import { withCheckDigit } from '../../api/shop/rules/check-digit.ts';

type Problem = { code: string; details?: { zh: string; en: string } };
type Shown = { id: string; link: string; digits: string; endsAt: string };
const MINUTE_MS = 60_000;
const NOON = Date.UTC(2026, 5, 15, 4);

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let clerk: TestPerson;
  let elsewhere: TestPerson;
  let member: TestPerson;
  let shop: Merchant;
  let outlet: Merchant;
  let counter: Counter;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    [shop, outlet] = [await town.merchant(), await town.merchant()];
    clerk = await app.person({ role: 'clerk', place: shop.id });
    elsewhere = await app.person({ role: 'clerk', place: outlet.id });
    member = await app.person({ role: 'member', place: town.estate });
    counter = counterOf(app, shop.id, clerk);
  });

  const later = (ms: number) => void (app.clock.now += ms);
  const redeem = (code: string, points: number, key: string = uuid()) =>
    counter.redeem({ code, points: String(points), unit: 'CON', goods: '鸡蛋' }, { key });

  it('a member shows a code; a clerk who looks it up sees who it is, masked, and what there is', async () => {
    const someone = await app.person({ role: 'member', place: town.estate });
    await town.give(someone.id, shop.fund, 120);
    const shown = (await (
      await app.request('/api/v1/me/codes', { method: 'POST', by: someone })
    ).json()) as Shown;
    expect(shown.digits).toMatch(/^\d{4} \d{4} \d{4}$/);
    expect(Date.parse(shown.endsAt) - app.clock.now).toBe(MINUTE_MS);
    for (const scan of [shown.link, shown.digits, shown.link.split('/').at(-1)!]) {
      const answer = await counter.resolve(scan);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toEqual({
        code: shown.id,
        customer: { name: '王*', tail: '0001' },
        available: [{ unit: 'CON', points: '120' }],
        confirmBefore: new Date(app.clock.now + 3 * MINUTE_MS).toISOString(),
      });
    }
    const { codes } = app.engine.tables;
    const kept = JSON.stringify(await app.engine.db.select().from(codes));
    expect(kept).not.toContain(shown.digits.replaceAll(' ', ''));
    expect(kept).not.toContain(shown.link.split('/').at(-1));
  });

  it('the phone sees its code turn into the receipt, and nobody else does', async () => {
    const code = await counter.resolved(member.id);
    const state = async () => (await app.request(`/api/v1/me/codes/${code}`, { by: member })).json();
    expect(await state()).toEqual({ state: 'live' });
    const at = new Date(app.clock.now).toISOString();
    expect((await counter.credit({ code, receipt: uuid(), amount: '58.50' })).status).toBe(201);
    expect(await state()).toMatchObject({
      state: 'used',
      receipt: { kind: 'purchase', points: '58', unit: 'CON', at },
    });
    const other = await app.person({ role: 'member', place: town.estate });
    const [foreign, missing] = [
      await app.request(`/api/v1/me/codes/${code}`, { by: other }),
      await app.request(`/api/v1/me/codes/${uuid()}`, { by: other }),
    ];
    expect([foreign.status, await foreign.text()]).toEqual([404, await missing.text()]);
  });

  describe('confirming', () => {
    it('500 parallel confirms of one code take the points once; the others say when and by whom', async () => {
      const rich = await app.resident();
      await town.give(rich, shop.fund, 5_000);
      const code = await counter.resolved(rich);
      const answers = await Promise.all(Array.from({ length: 500 }, () => redeem(code, 10)));
      const done = answers.filter(({ status }) => status === 201);
      expect(done).toHaveLength(1);
      const others = await Promise.all(
        answers.filter((a) => a.status !== 201).map(async (a) => (await a.json()) as Problem),
      );
      expect(new Set(others.map((problem) => problem.code))).toEqual(new Set(['code-used']));
      const said = `已于 2026-06-15 12:00 在本店收过分，经手人尾号 ${clerk.id.slice(-4)}`;
      expect(new Set(others.map(({ details }) => details?.zh))).toEqual(new Set([said]));
      expect(await town.pointsOf(rich, 'CON')).toMatchObject({ available: 4_990 });
    });

    it('says that the code was used, and not that points are missing, when one confirm took them all', async () => {
      const exact = await app.resident();
      await town.give(exact, shop.fund, 10);
      const code = await counter.resolved(exact);
      const keys = Array.from({ length: 8 }, () => uuid());
      const codes = async () =>
        (await Promise.all(keys.map((key) => redeem(code, 10, key)))).map(async (a) =>
          a.status === 201 ? 'done' : codeOf(a),
        );
      const first = await Promise.all(await codes());
      expect(first.filter((c) => c === 'done')).toHaveLength(1);
      expect(first.filter((c) => c === 'code-used')).toHaveLength(7);
      // Whoever repeats with the same key hears the same again.
      expect(await Promise.all(await codes())).toEqual(first);
    });

    it('a key that was refused hears the same for ever, whatever became of the code since', async () => {
      const poor = await app.resident();
      await town.give(poor, shop.fund, 10);
      const code = await counter.resolved(poor);
      const [key, other] = [uuid(), uuid()];
      const refused = await (await redeem(code, 20, key)).json();
      expect(refused).toMatchObject({ code: 'insufficient-points', details: { zh: '还差 10 分' } });
      expect((await redeem(code, 10, other)).status).toBe(201);
      expect(await (await redeem(code, 20, key)).json()).toEqual(refused);
    });

    it('a code works once, for earning or for spending', async () => {
      const code = await counter.resolved(await app.resident());
      expect((await counter.credit({ code, receipt: uuid(), amount: '10' })).status).toBe(201);
      expect(await codeOf(await counter.credit({ code, receipt: uuid(), amount: '10' }))).toBe('code-used');
      expect(await codeOf(await redeem(code, 1))).toBe('code-used');
    });

    it('within three minutes of being looked up, although the code ended or the phone shows the next', async () => {
      const who = await app.resident();
      const code = await counter.resolved(who);
      await counter.show(who);
      later(2.9 * MINUTE_MS);
      expect((await counter.credit({ code, receipt: uuid(), amount: '10' })).status).toBe(201);
      const late = await counter.resolved(who);
      later(3 * MINUTE_MS);
      expect(await codeOf(await counter.credit({ code: late, receipt: uuid(), amount: '10' }))).toBe(
        'code-ended',
      );
    });

    it('looking an ended code up again does not prolong the three minutes', async () => {
      const who = await app.resident();
      const { id: code, link } = await counter.show(who);
      await counter.resolve(link);
      later(2 * MINUTE_MS);
      const again = (await (await counter.resolve(link)).json()) as { confirmBefore: string };
      expect(Date.parse(again.confirmBefore)).toBe(app.clock.now + MINUTE_MS);
      later(MINUTE_MS);
      expect(await codeOf(await counter.resolve(link))).toBe('code-ended');
      expect(await codeOf(await counter.credit({ code, receipt: uuid(), amount: '10' }))).toBe('code-ended');
    });

    it('not without having been looked up here', async () => {
      const who = await app.resident();
      const { id } = await counter.show(who);
      expect(await codeOf(await counter.credit({ code: id, receipt: uuid(), amount: '10' }))).toBe(
        'code-unknown',
      );
      const [foreign, missing] = [await redeem(id, 1), await redeem(uuid(), 1)];
      expect([foreign.status, await foreign.text()]).toEqual([404, await missing.text()]);
    });

    it('not by a clerk of another outlet: what this till looked up is nobody else’s', async () => {
      const code = await counter.resolved(await app.resident());
      const there = counterOf(app, outlet.id, elsewhere);
      expect(await codeOf(await there.credit({ code, receipt: uuid(), amount: '10' }))).toBe(
        'code-elsewhere',
      );
      const here = await counter.credit({ code, receipt: uuid(), amount: '10' }, { by: elsewhere });
      const nowhere = await counterOf(app, uuid(), elsewhere).credit({ code, receipt: uuid(), amount: '10' });
      expect([here.status, await here.text()]).toEqual([404, await nowhere.text()]);
    });

    it.each([
      ['both a code and a member', { code: uuid(), member: uuid() }],
      ['neither', {}],
    ])('names its customer once, not %s', async (_what, customer) => {
      const answer = await counter.credit({ ...customer, receipt: '1', amount: '10' });
      expect(await answer.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'code' }] });
    });
  });

  describe('looking up', () => {
    it('a rotated code is ended, and so is one of a minute ago', async () => {
      const who = await app.resident();
      const [old, fresh] = [await counter.show(who), await counter.show(who)];
      expect(await codeOf(await counter.resolve(old.link))).toBe('code-ended');
      later(MINUTE_MS - 1);
      expect((await counter.resolve(fresh.digits)).status).toBe(200);
      const unseen = await counter.show(who);
      later(MINUTE_MS);
      expect(await codeOf(await counter.resolve(unseen.digits))).toBe('code-ended');
    });

    it('a used code says that it was used, with time and clerk', async () => {
      const who = await app.resident();
      const { id: code, link } = await counter.show(who);
      await counter.resolve(link);
      await counter.credit({ code, receipt: uuid(), amount: '10' });
      const told = (await (await counter.resolve(link)).json()) as Problem;
      expect(told.code).toBe('code-used');
      expect(told.details?.zh).toMatch(/^已于 [\d :-]+ 在本店记过分，经手人尾号 /);
      expect(told.details?.zh).toContain(clerk.id.slice(-4));
    });

    it.each([
      ['a slip of the finger', '1234 5678 9012', 'code-mistyped'],
      ['too few digits', '12345678901', 'code-mistyped'],
      ['too many digits', '0'.repeat(300), 'code-mistyped'],
      ['letters where digits belong', 'abcdef', 'code-mistyped'],
      ['a link to somewhere else', 'https://evil.example/c/AAAAAAAAAAAAAAAAAAAAAA', 'code-unknown'],
      ['a token that nobody has', 'A'.repeat(22), 'code-unknown'],
      ['something else altogether', '6901234567892 可乐', 'code-unknown'],
    ])('%s is refused', async (_what, scan, code) => {
      expect(await codeOf(await counter.resolve(scan))).toBe(code);
    });

    it('a code of another book is not known here', async () => {
      const other = await demoTown(app, 7);
      const there = counterOf(app, (await other.merchant()).id, clerk, 7);
      const { link, digits } = await there.show(await app.resident());
      expect(await codeOf(await counter.resolve(link))).toBe('code-unknown');
      expect(await codeOf(await counter.resolve(digits))).toBe('code-unknown');
    });

    it('guessed digits lock the till for a quarter of an hour; scanning goes on', async () => {
      const guessed = counterOf(app, outlet.id, elsewhere);
      const guess = (n: number) => guessed.resolve(withCheckDigit(String(n).padStart(11, '0')));
      const told: unknown[] = [];
      for (let n = 1; n <= 7; n++) told.push(await codeOf(await guess(n)));
      expect(told).toEqual([...Array<string>(5).fill('code-unknown'), 'locked-out', 'locked-out']);
      const { digits, link } = await counter.show(await app.resident());
      expect((await guessed.resolve(digits)).status).toBe(429);
      expect((await counter.resolve(digits)).status).toBe(200);
      expect((await guessed.resolve(link)).status).toBe(200);
      later(15 * MINUTE_MS);
      expect((await guessed.resolve((await counter.show(await app.resident())).digits)).status).toBe(200);
    });

    it('digits that are right take back their own try, not the wrong ones before them', async () => {
      const wrong = () => counter.resolve(withCheckDigit('1'.padStart(11, '0')));
      const shown = async () => (await counter.show(await app.resident())).digits;
      for (let n = 1; n <= 4; n++) await wrong();
      const digits = await shown();
      expect((await counter.resolve(digits)).status).toBe(200);
      later(4 * MINUTE_MS);
      // A member's code that has ended is no guess.
      expect(await codeOf(await counter.resolve(digits))).toBe('code-ended');
      expect(await codeOf(await wrong())).toBe('code-unknown');
      expect((await counter.resolve(await shown())).status).toBe(429);
    });
  });

  it('the day’s summary counts what stands, at this merchant, today', async () => {
    app.clock.now = NOON;
    const third = await town.merchant();
    await town.hire(clerk.id, 'clerk', third.id);
    const here = counterOf(app, third.id, clerk);
    const who = await app.resident();
    await here.bought(who, '58.50');
    const back: Sale = await here.bought(who, '20');
    await here.undo('purchases', back.id);
    await here.taken(who, 8, 'CON');
    const today = () => app.request(`/api/v1/merchants/${third.id}/today`, { by: clerk });
    expect(await (await today()).json()).toEqual({
      ...{ day: '2026-06-15', today: '2026-06-15', purchases: 1, amount: '58.50', pointsGiven: '58' },
      ...{ redemptions: 1, pointsTaken: '8' },
    });
    app.clock.now = NOON + 2 * 86_400_000;
    expect(await (await today()).json()).toMatchObject({ purchases: 0, amount: '0.00', redemptions: 0 });
    app.clock.now = NOON;
  });
});

/** What a member sees: points by state, movements in words, and why each came about. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { NEVER } from '../../api/ledger/index.ts';
import { addAgreement, approveBudget, listBudgets, requestBudget } from '../../api/programme/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { actorNamed, demoTown, must } from '../support/demo-programme.ts';
import type { DemoTown, Merchant } from '../support/demo-programme.ts';

type Movement = {
  transaction: string;
  kind: string;
  text?: { zh: string; en: string };
  changes: { role: string; unit: string; amount: string }[];
  settled?: Settled;
};
type Page = { items: Movement[]; next?: string };
type Settled = { transaction: string; bookedAt: string };
type Why = {
  settled?: Settled;
  steps: { value: string }[];
  maker: string;
  checker?: string;
  makerName?: string;
};
const NOON = Date.UTC(2026, 5, 15, 4);
const at = (local: string) => Date.parse(`${local}+08:00`);

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let clerk: TestPerson;
  let member: TestPerson;
  let staff: TestPerson;
  let rater: TestPerson;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await town.merchant();
    clerk = await app.person({ role: 'clerk', place: shop.id });
    member = await app.person({ role: 'member', place: town.estate });
    staff = await app.person({ role: 'staff', place: town.community });
    rater = await app.person({ role: 'staff', place: town.community });
  });

  const get = async <Answer>(path: string, by = member): Promise<Answer> => {
    const answer = await app.request(`/api/v1${path}`, { by });
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  };
  const movements = async (by = member) => (await get<{ items: Movement[] }>('/me/movements', by)).items;

  async function served(who: string): Promise<void> {
    const times = { startsAt: '2026-06-13T19:00:00+08:00', endsAt: '2026-06-13T21:30:00+08:00' };
    const attended = { attendedFrom: times.startsAt, attendedTo: times.endsAt };
    const json = { member: who, type: '人居环境', trust: 'scan', ...times, ...attended };
    const path = `/api/v1/places/${town.estate}/services`;
    const { id } = (await (await app.request(path, { json, by: staff, key: uuid() })).json()) as {
      id: string;
    };
    const rating = { json: { grade: 'satisfied' }, by: rater, key: uuid() };
    expect((await app.request(`/api/v1/services/${id}/rating`, rating)).status).toBe(200);
  }

  describe('points', () => {
    it('by what they are: available with their ends, waiting, set aside for whom, and to settle', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      expect(await get('/me/points', who)).toEqual({ units: [] });
      await town.give(who.id, shop.fund, 30, at('2026-07-01T00:00'));
      await town.give(who.id, shop.fund, 20, NEVER);
      await town.give(who.id, shop.fund, 9, NOON + 1);
      const hold = uuid();
      const [redeemer, endsAt] = [town.firm, NOON + 86_400_000];
      const take = { points: 12, unit: 'CON' };
      app.clock.now = NOON + 1;
      const terms = { '*': { mode: 'owed' as const, factor: 10_000 } };
      await town.posted([{ do: 'hold', hold, member: who.id, redeemer, take, endsAt, terms }]);
      await town.posted([
        { do: 'award', member: who.id, fund: town.volunteerFund.id, unit: 'VOL', amount: 36 },
      ]);
      const { units } = await get<{ units: Record<string, unknown>[] }>('/me/points', who);
      const [con, vol] = units;
      expect(con).toMatchObject({ unit: 'CON', available: '38', pending: '0', held: '12', toSettle: '0' });
      expect(con?.['ending']).toMatchObject([{ lastDay: '2026-06-30', amount: '18' }, { amount: '20' }]);
      expect(con?.['heldFor']).toMatchObject([{ hold, amount: '12', until: new Date(endsAt).toISOString() }]);
      expect(vol).toMatchObject({ unit: 'VOL', available: '0', pending: '36' });
    });

    it('are of the book where they live, although they work in another', async () => {
      const other = await demoTown(app, 5);
      const there = (await other.merchant()).id;
      const who = await app.person({ role: 'clerk', place: there }, { role: 'member', place: town.estate });
      await town.give(who.id, shop.fund, 30);
      expect(await get('/me/points', who)).toMatchObject({ units: [{ unit: 'CON', available: '30' }] });
      expect(await movements(who)).toHaveLength(1);
    });
  });

  describe('movements', () => {
    it('each is a sentence with what it changed, newest first', async () => {
      const counter = counterOf(app, shop.id, clerk);
      await served(member.id);
      const { id } = await counter.bought(member.id, '58.50');
      await counter.taken(member.id, 8, 'CON');
      await counter.undo('purchases', id);
      const found = await movements();
      expect(found.map(({ text }) => text?.zh)).toEqual([
        ...['退货 58.50 元', '兑换：洗衣液 1 瓶', '消费 58.50 元'],
        // Satisfied: 30 of the 36 that were set aside. What goes back to the budget is no movement of hers.
        ...['志愿服务：人居环境', '志愿服务：人居环境'],
      ]);
      expect(found.map(({ kind }) => kind)).toEqual(['clawback', 'spend', 'credit', 'release', 'award']);
      expect(found[0]?.changes).toEqual([
        { role: 'debt', unit: 'CON', amount: '-8' },
        { role: 'available', unit: 'CON', amount: '-50' },
      ]);
    });

    it('of a service rated below its best are one line: what waited has come, or has gone back', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      await served(who.id);
      const [released, awarded, ...more] = await movements(who);
      expect(more).toEqual([]);
      expect(awarded?.changes).toEqual([{ role: 'pending', unit: 'VOL', amount: '36' }]);
      // All that is shown adds up to what is there: nothing waits any more.
      // One service, one line that waits: this one waits no longer, and says where its points came.
      expect(awarded?.settled).toMatchObject({ transaction: released?.transaction });
      const why = await get<Why>(`/transactions/${awarded?.transaction}/why`, who);
      expect(why.settled).toEqual(awarded?.settled);
      expect(new Map(released?.changes.map(({ role, amount }) => [role, amount]))).toEqual(
        new Map(Object.entries({ pending: '-36', available: '30' })),
      );
      const first: Page = await get('/me/movements?limit=1', who);
      const second: Page = await get(`/me/movements?limit=1&cursor=${first.next}`, who);
      expect([...first.items, ...second.items]).toEqual([released, awarded]);
      expect(second.next).toBeUndefined();
    });

    it('a rest that is taken back on another day is a movement of its own', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      const fund = town.volunteerFund.id;
      const series = { expiresAt: NEVER, rateMicro: 100_000, budgetReturns: true };
      const [award = 0] = await town.posted([{ do: 'award', member: who.id, fund, unit: 'VOL', amount: 36 }]);
      await town.posted([{ do: 'release', award, amount: 30, series }]);
      app.clock.now += 86_400_000;
      expect((await movements(who))[1]?.settled).toBeUndefined();
      await town.posted([{ do: 'reject', award }]);
      const found = await movements(who);
      expect(found.map(({ kind }) => kind)).toEqual(['reject', 'release', 'award']);
      expect(found[2]?.settled?.transaction).toBe(found[1]?.transaction);
    });

    it('come in pages without gaps or doubles', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      const given: string[] = [];
      for (let n = 1; n <= 7; n++) given.unshift(String(await town.give(who.id, shop.fund, n)));
      const seen: string[] = [];
      for (let next: string | undefined = ''; next !== undefined;) {
        const page: Page = await get(`/me/movements?limit=3${next && `&cursor=${next}`}`, who);
        seen.push(...page.items.map(({ transaction }) => transaction));
        next = page.next;
      }
      expect(seen).toEqual(given);
      const forged = Buffer.from(JSON.stringify(['newest', 1, 'x'])).toString('base64url');
      expect(await codeOf(await app.request(`/api/v1/me/movements?cursor=${forged}`, { by: who }))).toBe(
        'invalid-input',
      );
    });
  });

  describe('why', () => {
    it('a member sees the steps, who made it and who checked it', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      await served(who.id);
      const release = (await movements(who)).find(({ kind }) => kind === 'release')!;
      const why = await get<Why>(`/transactions/${release.transaction}/why`, who);
      expect(why.steps.map(({ value }) => value)).toEqual(['2.5', '2', '20', '30', '30']);
      expect([why.maker, why.checker]).toEqual([`person:${staff.id}`, `person:${rater.id}`]);
      expect(why.makerName).toBe('王*');
    });

    it('neighbours, and staff of elsewhere, find nothing, byte for byte what is missing', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      const transaction = await town.give(who.id, shop.fund, 5);
      const stranger = await app.person({ role: 'staff', place: await app.place('community') });
      for (const by of [member, stranger]) {
        const ask = async (id: number) => {
          const answer = await app.request(`/api/v1/transactions/${id}/why`, { by });
          return [answer.status, await answer.text()];
        };
        expect(await ask(transaction)).toEqual(await ask(transaction + 9_999));
        expect((await ask(transaction))[0]).toBe(404);
      }
    });
  });

  describe('told at the desk', () => {
    it('is what she has in the book of the estate, and nothing of another where she has points, too', async () => {
      const who = await app.resident();
      await town.settle(who);
      const other = await demoTown(app, 6);
      const here = await town.give(who, shop.fund, 5);
      const elsewhere = await other.give(who, (await other.merchant()).fund, 7);
      const ask = async (id: number) => {
        const path = `/api/v1/estates/${town.estate}/residents/${who}/transactions/${id}/why`;
        const answer = await app.request(path, { by: staff });
        return [answer.status, await answer.text()];
      };
      expect((await ask(here))[0]).toBe(200);
      expect(await ask(elsewhere)).toEqual(await ask(here + 9_999));
      expect((await ask(elsewhere))[0]).toBe(404);
      const question = async (id: number) => {
        const path = `/api/v1/estates/${town.estate}/residents/${who}/transactions/${id}/inquiries`;
        return (
          await app.request(path, {
            by: staff,
            json: { text: '为什么？', present: true, identified: 'id-card' },
          })
        ).status;
      };
      expect([await question(here), await question(elsewhere)]).toEqual([201, 404]);
    });
  });

  describe('budgets and agreements', () => {
    it('a budget is asked for by one person, approved by another, and booked once', async () => {
      const { deps } = app.server;
      const [asker, approver] = [actorNamed(), actorNamed()];
      const asked = { fund: shop.fund.id, amount: 100, basis: '第 2 号会议纪要', actor: asker };
      const { id } = must(await requestBudget(deps, asked));
      const approve = (actor = approver, key: string = uuid()) =>
        approveBudget(deps, { budget: id, key, scope: `place:${shop.id}`, actor });
      expect(await approve(asker)).toMatchObject({ code: 'second-person-needed' });
      const key = uuid();
      const first = must(await approve(approver, key));
      expect(must(await approve(approver, key))).toEqual({ ...first, replayed: true });
      expect(await approve()).toMatchObject({ code: 'already-done' });
      expect(await requestBudget(deps, { ...asked, fund: uuid() })).toMatchObject({ code: 'not-found' });
      const [newest] = await listBudgets(app.engine, { fund: shop.fund.id, limit: 1 });
      expect(newest).toMatchObject({
        id,
        approvedBy: `person:${approver.person}`,
        transaction: first.transactions[0],
      });
      const all = await listBudgets(app.engine, { fund: shop.fund.id, limit: 50 });
      const older = await listBudgets(app.engine, { fund: shop.fund.id, before: id, limit: 50 });
      expect(older).toHaveLength(all.length - 1);
    });

    it('an agreement whose factor gives no whole micro-yuan a point is refused when it is made', async () => {
      const { deps } = app.server;
      const terms = (factor: number) => ({ mode: 'owed' as const, factor });
      const of = { redeemer: shop.id, fund: shop.fund.id, validFrom: NOON };
      expect(await addAgreement(deps, { ...of, terms: terms(9_999) })).toHaveProperty('id');
      const odd = { ...town.volunteerFund, rateMicro: 333 };
      const { funds } = app.engine.tables;
      const row = { ...odd, id: uuid(), unit: 'ODD', version: 1, createdAt: NOON };
      await app.engine.db.insert(funds).values(row);
      expect(await addAgreement(deps, { ...of, fund: row.id, terms: terms(9_999) })).toMatchObject({
        code: 'rate-not-exact',
      });
      expect(await addAgreement(deps, { ...of, fund: uuid(), terms: terms(1) })).toMatchObject({
        code: 'not-found',
      });
      for (const factor of [0, -1, 1.5, 100_001]) {
        expect(await addAgreement(deps, { ...of, terms: terms(factor) })).toMatchObject({
          code: 'invalid-input',
        });
      }
    });
  });
});

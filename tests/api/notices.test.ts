/** What people are told: once, whoever makes the notices, however often, and whatever stops in the middle. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { explainers } from '../../api/app.ts';
import type { Engine } from '../../api/db/index.ts';
import { erasePerson } from '../../api/identity/index.ts';
import { NEVER } from '../../api/ledger/index.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine, openForTest } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown, type DemoTown } from '../support/demo-programme.ts';

const DAY_MS = 86_400_000;
const DEFAULT_WAYS = {
  ...{ 'expiry-30': 'message', 'expiry-7': 'message', 'inquiry-answered': 'message' },
  ...{ 'award-released': 'app', 'offset-posted': 'app', 'code-used': 'app' },
};

type Notice = { id: string; kind: string; text: { zh: string }; transaction?: string; readAt?: string };
eachEngine((_name, open) => {
  let engine: Engine;
  let app: TestApp;
  let town: DemoTown;
  let member: string;

  beforeEach(async () => {
    const off = { perSecond: 0, burst: 0 };
    engine = await open();
    app = await startApp(engine, {
      config: { limits: { key: off, person: off, address: off } },
    });
    town = await demoTown(app);
    member = await app.resident({ role: 'member', place: town.estate });
    await town.settle(member);
  });

  const make = (more: Partial<TestApp['server']['deps']> = {}) =>
    makeNotices({ ...app.server.deps, ...more }, explainers);
  const told = (person = member) =>
    engine.db
      .select()
      .from(engine.tables.notices)
      .where(eq(engine.tables.notices.person, person))
      .orderBy(engine.tables.notices.id);
  const kinds = async (person = member) => (await told(person)).map(({ kind }) => kind);
  const sent = () => engine.db.select().from(engine.tables.deliveries);
  const get = async <Answer>(path: string, by: Visitor): Promise<Answer> => {
    const answer = await app.request(`/api/v1${path}`, { by });
    expect([path, answer.status]).toEqual([path, 200]);
    return (await answer.json()) as Answer;
  };
  const series = (days: number) => app.clock.now + days * DAY_MS;

  /** Points that came by an award, as a rating gives them. */
  async function released(points = 36): Promise<void> {
    const fund = town.volunteerFund.id;
    const [award = 0] = await town.posted([{ do: 'award', member, fund, unit: 'VOL', amount: points }]);
    const to = { expiresAt: NEVER, rateMicro: 100_000, budgetReturns: true };
    await town.posted([{ do: 'release', award, amount: points, series: to }]);
  }

  describe('points that end', () => {
    it('are told of 30 and 7 days before, once each, whenever the job runs', async () => {
      const fund = (await town.merchant()).fund;
      const start = app.clock.now;
      const ends = [20, 33, 41.5, 52].map((days) => start + days * DAY_MS);
      const people = await Promise.all(
        ends.map(async (end, nth) => {
          const who = await app.resident({ role: 'member', place: town.estate });
          await town.give(who, fund, 10 + nth, end);
          await town.give(who, fund, 5, NEVER);
          return { who, end };
        }),
      );
      // Every few hours, as a process does that is stopped now and then.
      const seen = new Map<string, { at: number; kind: string }[]>();
      for (let step = 0; app.clock.now < start + 60 * DAY_MS; step += 1) {
        app.clock.now += (5 + ((step * 7) % 31)) * 3_600_000;
        await make();
        for (const { who } of people)
          seen.set(
            who,
            (await told(who)).map(({ createdAt: at, kind }) => ({ at, kind })),
          );
      }
      for (const [nth, { who, end }] of people.entries()) {
        const found = seen.get(who)!;
        expect(found.map(({ kind }) => kind)).toEqual(['expiry-30', 'expiry-7']);
        const days = found.map(({ at }) => (end - at) / DAY_MS);
        expect(days[0]).toBeLessThanOrEqual(30);
        expect(days[0]).toBeGreaterThan(nth === 0 ? 18 : 28);
        expect(days[1]).toBeLessThanOrEqual(7);
        expect(days[1]).toBeGreaterThan(5);
      }
    });

    it('that were given only when the others had been told are told of, too', async () => {
      const { fund } = await town.merchant();
      const end = series(20);
      await town.give(member, fund, 5, end);
      await make();
      app.clock.now = end - 6 * DAY_MS;
      await make();
      const late = await app.resident({ role: 'member', place: town.estate });
      await town.give(late, fund, 7, end);
      app.clock.now += DAY_MS;
      await make();
      await make();
      expect(await kinds(late)).toEqual(['expiry-7']);
      expect(await kinds()).toEqual(['expiry-30', 'expiry-7']);
    });

    it('are told of although what happened cannot be read', async () => {
      const { fund } = await town.merchant();
      await town.give(member, fund, 5, series(20));
      const breaking: Engine = {
        ...engine,
        exclusively: (name, work) =>
          String(name).startsWith('notices:movements')
            ? Promise.reject(new Error('disk I/O'))
            : engine.exclusively(name, work),
      };
      await make({ engine: breaking });
      expect(await kinds()).toEqual(['expiry-30']);
      expect(app.logged).toContainEqual(
        expect.objectContaining({ book: 1, of: 'movements', message: 'notices were not made' }),
      );
    });

    it('say how many, by kind of points, and the last day', async () => {
      const { fund } = await town.merchant();
      const end = Date.parse('2026-07-01T00:00+08:00');
      await town.give(member, fund, 3_000, end);
      await town.give(member, fund, 189, end);
      await town.give(member, town.volunteerFund, 36, end);
      expect((await make()).made).toBe(1);
      const [notice] = await told();
      expect(notice?.facts).toEqual({
        day: '2026-06-30',
        points: expect.arrayContaining([
          { unit: 'CON', amount: 3_189 },
          { unit: 'VOL', amount: 36 },
        ]) as unknown,
      });
    });

    it('of many members are told in pieces, and nobody twice when it is stopped between them', async () => {
      const { fund } = await town.merchant();
      const people: string[] = [];
      const commands = [];
      for (let nth = 0; nth < 60; nth += 1) {
        const who = await app.resident({ role: 'member', place: town.estate });
        people.push(who);
        const to = { expiresAt: series(20), rateMicro: fund.rateMicro, budgetReturns: fund.budgetReturns };
        commands.push({
          do: 'credit' as const,
          member: who,
          fund: fund.id,
          unit: 'CON',
          amount: 1,
          series: to,
        });
      }
      for (const command of commands) await town.posted([command]);
      let writes = 0;
      const breaking: Engine = {
        ...engine,
        exclusively: (name, work) =>
          engine.exclusively(name, (inside) =>
            work({
              ...inside,
              atomically: async (...all) => {
                writes += 1;
                if (writes % 2 === 1) throw new Error('the power went out');
                return inside.atomically(...all);
              },
            }),
          ),
      };
      for (let tries = 0; tries < 12; tries += 1)
        await make({ engine: breaking }).catch((error: unknown) => expect(String(error)).toContain('power'));
      await make();
      for (const who of people) expect(await kinds(who)).toEqual(['expiry-30']);
      expect(await sent()).toHaveLength(60);
    });
  });

  describe('what happened', () => {
    it('is told once, also by two processes at the same moment, and again and again', async () => {
      await released();
      const other = await openForTest(engine.target);
      // On SQLite one process writes; a second one may be refused, and then finds it done.
      await Promise.allSettled([make(), make({ engine: other }), make(), make({ engine: other })]);
      await make();
      await make({ engine: other });
      expect(await kinds()).toEqual(['award-released']);
      app.clock.now += 1;
      await released(12);
      await Promise.allSettled([make(), make({ engine: other })]);
      await make();
      expect(await kinds()).toEqual(['award-released', 'award-released']);
    });

    it('long before anybody was told is told to nobody', async () => {
      await released();
      app.clock.now += 3 * DAY_MS;
      await make();
      expect(await kinds()).toEqual([]);
      await released();
      await make();
      expect(await kinds()).toEqual(['award-released']);
    });

    it('at a till says where, for what and how many', async () => {
      const shop = await town.merchant();
      const clerk = await app.person({ role: 'clerk', place: shop.id });
      await town.give(member, shop.fund, 500);
      await counterOf(app, shop.id, clerk).taken(member, 300, 'CON');
      await make();
      const [notice] = await told();
      expect(notice).toMatchObject({
        kind: 'code-used',
        facts: { points: [{ unit: 'CON', amount: 300 }], what: { zh: '兑换：洗衣液 1 瓶' } },
      });
      expect(notice?.facts.place).toMatch(/^merchant/);
    });

    it('an answer to a question is told to whoever asked', async () => {
      const asker = await app.person({ role: 'member', place: town.estate });
      const staff = await app.person({ role: 'staff', place: town.community });
      const transaction = await town.give(asker.id, (await town.merchant()).fund, 5);
      const asked = { json: { text: '怎么算的？' }, by: asker };
      const answer = await app.request(`/api/v1/transactions/${transaction}/inquiries`, asked);
      const { id } = (await answer.json()) as { id: string };
      await make();
      expect(await kinds(asker.id)).toEqual([]);
      const words = { json: { text: '按规则。', version: 1 }, by: staff };
      expect((await app.request(`/api/v1/inquiries/${id}/answer`, words)).status).toBe(200);
      await Promise.all([make(), make()]);
      expect(await told(asker.id)).toMatchObject([{ kind: 'inquiry-answered', transaction }]);
    });

    it('is not told to who has chosen so, and to nobody who was erased', async () => {
      const who = await app.person({ role: 'member', place: town.estate });
      const ways = { ...DEFAULT_WAYS, 'expiry-30': 'off' };
      const json = { channel: 'desk', ways, version: 0 };
      const chosen = await app.request('/api/v1/me/notice-settings', { method: 'PUT', json, by: who });
      expect(chosen.status).toBe(200);
      const { fund } = await town.merchant();
      for (const one of [who.id, member]) await town.give(one, fund, 5, series(20));
      await erasePerson(engine, {
        ...{ person: member, by: 'person:x', place: town.estate, reason: '', logId: uuid() },
        now: app.clock.now,
      });
      expect((await make()).made).toBe(0);
      const again = await app.request('/api/v1/me/notice-settings', { method: 'PUT', json, by: who });
      expect(await codeOf(again)).toBe('changed-meanwhile');
    });
  });

  describe('among one’s messages', () => {
    let who: TestPerson;
    beforeEach(async () => {
      who = await app.person({ role: 'member', place: town.estate });
      const { fund } = await town.merchant();
      for (const days of [10, 20, 25]) await town.give(who.id, fund, days, series(days));
      await make();
    });

    it('they come in pages, newest first, and are read up to the one that was seen', async () => {
      expect(await get('/me/unread-notices', who)).toEqual({ unread: 3 });
      const first = await get<{ items: Notice[]; next: string }>('/me/notices?limit=2', who);
      const rest = await get<{ items: Notice[] }>(`/me/notices?limit=2&cursor=${first.next}`, who);
      expect([...first.items, ...rest.items].map(({ text }) => /您有 (\d+) 分/.exec(text.zh)?.[1])).toEqual([
        ...['25', '20', '10'],
      ]);
      const read = { json: { upTo: first.items[1]!.id }, by: who };
      expect((await app.request('/api/v1/me/read-notices', read)).status).toBe(204);
      expect(await get('/me/unread-notices', who)).toEqual({ unread: 1 });
      const neighbour = await app.person({ role: 'member', place: town.estate });
      expect(await get('/me/notices', neighbour)).toEqual({ items: [] });
      const foreign = { json: { upTo: first.items[0]!.id }, by: neighbour };
      expect((await app.request('/api/v1/me/read-notices', foreign)).status).toBe(204);
      expect(await get('/me/unread-notices', who)).toEqual({ unread: 1 });
    });

    it('nothing of them stands in the log', () => {
      expect(JSON.stringify(app.logged)).not.toMatch(/王|138|积分/);
    });
  });
});

/** What the first pages of the firm, the community and the auditor read: figures that answer the day's question. */
import { beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { importBills } from '../../api/fees/index.ts';
import { workplaces } from '../../api/places/index.ts';
import { startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { actorNamed, demoTown, type DemoTown } from '../support/demo-programme.ts';
import { closeByTwo, offsetBill, ok, secondOf, type FeesWorld } from '../support/fees-world.ts';
import { handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';
import { fillWithWaiting } from '../support/waiting-things.ts';

type AtWork = {
  items: {
    estate: { id: string; name: string };
    month: string;
    next: string;
    bills: { count: number; amount: string; offset: string };
    held: { count: number; value: string };
    handedOver: { count: number; value: string };
    posted: { count: number; value: string };
    openBreaks: { count: number; value: string; difference: string };
    cutOffDay?: string;
    lastDay: string;
    open: { month: string; bills: number; held: number; handedOver: number; breaks: number }[];
    openMore: number;
    importedAt?: string;
    over: boolean;
    asked?: { mine: boolean };
  }[];
  next?: string;
};

const at = (day: string) => Date.parse(`${day}T10:00:00+08:00`);

eachEngine((_name, open) => {
  describe('the firm’s month', () => {
    let world: FeesWorld;
    const estate = async () => (await read<AtWork>(world, '/months-at-work')).items[0]!;

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 5_000 } });
    });

    it('is told from its bills to its close, with one step at a time', async () => {
      const { app } = world;
      expect(await estate()).toMatchObject({
        ...{ month: '2026-06', next: 'wait-for-residents', cutOffDay: '2026-06-25', lastDay: '2026-06-30' },
        ...{ bills: { count: 3, amount: '354.96', offset: '0.00' }, over: false },
      });
      await offsetBill(world, '0501', '20.00');
      await offsetBill(world, '0502', '10.00');
      app.clock.now = at('2026-06-25');
      expect((await estate()).next).toBe('wait-for-residents');
      app.clock.now = at('2026-06-26');
      expect(await estate()).toMatchObject({ next: 'hand-over', held: { count: 2, value: '30.00' } });
      await handOver(world);
      expect(await estate()).toMatchObject({
        ...{ next: 'bring-posted-list', held: { count: 0, value: '0.00' } },
        handedOver: { count: 2, value: '30.00' },
      });
      await takePosted(world, 'june.csv', [postedRow(1, '20.00'), postedRow(2, '10.01')]);
      expect(await estate()).toMatchObject({
        ...{ next: 'resolve-breaks', posted: { count: 1, value: '20.00' } },
        openBreaks: { count: 1, value: '0.01', difference: '0.01' },
      });
    });

    it('stands beside every other month that is not closed, with what is left to do in each', async () => {
      const { app } = world;
      expect((await estate()).importedAt).toBeDefined();
      const june = { month: '2026-06', bills: 3, held: 0, handedOver: 1, breaks: 1 };
      expect((await estate()).open).toMatchObject([june]);
      const now = app.clock.now;
      app.clock.now = at('2026-08-02');
      const none = { bills: 0, held: 0, handedOver: 0, breaks: 0 };
      expect((await estate()).open).toMatchObject([
        june,
        { month: '2026-07', ...none },
        { month: '2026-08', ...none },
      ]);
      app.clock.now = at('2028-01-02');
      // The count is of all, also where a year's list ends.
      const late = await estate();
      expect([late.open.length, late.openMore]).toEqual([12, 8]);
      app.clock.now = now;
    });

    it('is asked for by one and waits for another, and the next one follows it', async () => {
      const { app, accountant } = world;
      const { items } = await read<{ items: { id: string }[] }>(world, `/estates/${world.estate.id}/breaks`);
      const json = { resolution: 'write-off', comment: '按物业的入账' };
      for (const by of [accountant, await secondOf(world)])
        await app.request(`/api/v1/breaks/${items[0]!.id}/resolution`, { json, by, key: uuid() });
      app.clock.now = at('2026-07-01');
      expect(await estate()).toMatchObject({ next: 'ask-to-close', over: true });
      const path = `/api/v1/places/${world.estate.id}/closure-requests`;
      const asked = await app.request(path, { by: accountant, json: { month: '2026-06' } });
      expect(await estate()).toMatchObject({ next: 'approve-closing', asked: { mine: true } });
      const { id } = (await asked.json()) as { id: string };
      await app.request(`/api/v1/closure-requests/${id}`, { method: 'DELETE', by: accountant });
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
      expect(await estate()).toMatchObject({ month: '2026-07', next: 'import-bills', over: false });
    });

    it('is nobody’s elsewhere, and a new estate begins with its bills', async () => {
      const { app } = world;
      const elsewhere = await app.person({ role: 'accountant', place: await app.place() });
      const answer = await app.request('/api/v1/months-at-work', { by: elsewhere });
      const { items } = (await answer.json()) as AtWork;
      expect(items.map(({ month, next }) => [month, next])).toEqual([['2026-07', 'import-bills']]);
    });

    it('an accountant of several estates has them page by page', async () => {
      const { app } = world;
      const street = await app.place('community');
      const estates = [await app.place('estate', street), await app.place('estate', street)];
      const accountant = await app.person({ role: 'accountant', place: street });
      const seen: string[] = [];
      for (let cursor = ''; ;) {
        const path = `/api/v1/months-at-work?limit=1${cursor === '' ? '' : `&cursor=${cursor}`}`;
        const page = (await (await app.request(path, { by: accountant })).json()) as AtWork;
        seen.push(...page.items.map(({ estate: { id } }) => id));
        if (page.next === undefined) break;
        cursor = page.next;
      }
      expect(seen).toEqual(estates.toSorted());
    });

    it('who does it for a whole district has each of its 2,402 estates, the last one too', async () => {
      const { app } = world;
      const { places: t } = app.engine.tables;
      const placesOf = (kind: 'community' | 'estate', count: number, parent: (nth: number) => string) =>
        Array.from({ length: count }, (_, nth) => ({
          ...{
            id: uuid(),
            version: 1,
            book: 1,
            parent: parent(nth),
            kind,
            name: `${kind} ${nth}`,
            createdAt: 0,
          },
        }));
      const district = await app.place('community');
      const communities = placesOf('community', 111, () => district);
      const estates = placesOf('estate', 2_402, (nth) => communities[nth % 111]!.id);
      for (const rows of [communities, estates.slice(0, 1_500), estates.slice(1_500)])
        await app.engine.db.insert(t).values(rows);
      const by = await app.person({ role: 'finance_lead', place: district });
      const ids = estates.map(({ id }) => id);
      const actor = actorNamed(by.id, { role: 'finance_lead', place: district });
      const asked = { roles: ['finance_lead'], kinds: ['estate'], most: 'all' } as const;
      const found = await workplaces(app.server.deps, actor, asked);
      expect(found.map(({ id }) => id)).toEqual(ids);
      const cursor = Buffer.from(JSON.stringify(['estate', ids[2_399], ids[2_399]])).toString('base64url');
      const answer = await app.request(`/api/v1/months-at-work?cursor=${cursor}`, { by });
      const { items } = (await answer.json()) as AtWork;
      expect(items.map(({ estate: { id } }) => id)).toEqual(ids.slice(2_400));
      // What waits is looked for in the first sixty, and the page says that the others are left out.
      const leftOut = async (who: TestPerson) =>
        ((await (await app.request('/api/v1/me/tasks', { by: who })).json()) as { placesLeftOut: number })
          .placesLeftOut;
      expect(await leftOut(by)).toBe(2_342);
      expect(await leftOut(await app.person({ role: 'accountant', place: communities[0]!.id }))).toBe(0);
    });

    it('the auditor reads when it was closed and opened again, and which transaction did it', async () => {
      const { app } = world;
      const auditor = await app.person({ role: 'auditor', place: world.community.id });
      const closings = async (after: number) => {
        const answer = await app.request(`/api/v1/books/1/closings?after=${after}`, { by: auditor });
        expect(answer.status).toBe(200);
        return ((await answer.json()) as { items: Record<string, unknown>[] }).items;
      };
      const [closed] = await closings(0);
      expect(closed).toMatchObject({ deed: 'closed', month: '2026-06', place: { id: world.estate.id } });
      const seq = Number(BigInt(String(closed!['transaction'])) - (1n << 40n));
      expect(await closings(seq)).toEqual([]);
      await app.request(`/api/v1/closures/${String(closed!['id'])}/reopening`, {
        ...{ json: { reason: '补一笔' }, by: await secondOf(world), key: uuid() },
      });
      await app.request(`/api/v1/closures/${String(closed!['id'])}/reopening`, {
        ...{ json: { reason: '补一笔' }, by: world.accountant, key: uuid() },
      });
      expect(await closings(seq)).toMatchObject([{ deed: 'reopened', month: '2026-06', reason: '补一笔' }]);
      expect((await closings(0)).map(({ deed }) => deed)).toEqual(['reopened', 'closed']);
    });

    it('a month that was opened again is at work again', async () => {
      expect(await estate()).toMatchObject({ month: '2026-06', next: 'ask-to-close', over: true });
    });

    it('has what is left to do in each later month, with the breaks that may be any month’s', async () => {
      const { app, deps } = world;
      const { engine, clock } = app;
      const text = '房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,2026-08,118.32\n';
      const file = { source: Buffer.from(text), fileName: 'august.csv' };
      ok(await importBills(deps, { estate: world.estate.id, file, dryRun: false, actor: 'test' }));
      const there = { estate: world.estate.id, community: world.community.id, fund: world.vol.id };
      await fillWithWaiting(engine, { ...there, now: clock.now }, 4);
      const { offsets: t } = engine.tables;
      for (const [number, state] of [
        ['DK-0', 'held'],
        ['DK-1', 'exported'],
        ['DK-2', 'exported'],
      ] as const)
        await engine.db.update(t).set({ period: '2026-08', state }).where(eq(t.number, number));
      clock.now = at('2026-08-02');
      expect((await estate()).open).toMatchObject([
        { month: '2026-06', bills: 3, held: 1, breaks: 8 },
        { month: '2026-07', bills: 0, held: 0, handedOver: 0, breaks: 8 },
        { month: '2026-08', bills: 1, held: 1, handedOver: 2, breaks: 8 },
      ]);
    });
  });

  describe('the community’s day', () => {
    let app: TestApp;
    let town: DemoTown;
    let staff: TestPerson;

    beforeAll(async () => {
      app = await startApp(await open());
      town = await demoTown(app);
      staff = await app.person({ role: 'staff', place: town.community });
    });

    const get = async <Answer>(path: string): Promise<Answer> => {
      const answer = await app.request(`/api/v1${path}`, { by: staff });
      expect(answer.status).toBe(200);
      return (await answer.json()) as Answer;
    };
    const record = async (member: string, startsAt: number) => {
      const times = {
        startsAt: new Date(startsAt).toISOString(),
        endsAt: new Date(startsAt + 7_200_000).toISOString(),
      };
      const attended = { attendedFrom: times.startsAt, attendedTo: times.endsAt };
      const json = { member, type: '人居环境', trust: 'scan', ...times, ...attended };
      const path = `/api/v1/places/${town.estate}/services`;
      expect((await app.request(path, { json, by: staff, key: uuid() })).status).toBe(201);
    };

    it('has the services that were recorded today, and not those of yesterday', async () => {
      const member = await app.resident({ role: 'member', place: town.estate });
      const today = () =>
        get<{ items: { type: string }[]; more: boolean }>(`/places/${town.estate}/services-of-today`);
      expect(await today()).toEqual({ items: [], more: false });
      await record(member, app.clock.now - 5 * 3_600_000);
      expect((await today()).items).toHaveLength(1);
      app.clock.now += 24 * 3_600_000;
      expect((await today()).items).toHaveLength(0);
    });

    it('tells for how long the budget lasts, at the pace of thirty days', async () => {
      type Outlook = { items: { unissued: string; used: string; lastsDays?: number }[] };
      const outlook = async () =>
        (await get<Outlook>(`/places/${town.estate}/budget-outlook`)).items.map(
          ({ unissued, used, lastsDays }) => [Number(unissued), Number(used), lastsDays],
        );
      const [[left, used] = []] = await outlook();
      // What waits for its rating is set aside.
      expect(used).toBe(50_000 - Number(left));
      await town.give(uuid(), town.volunteerFund, 9_000);
      const [[less = 0, more = 0, days] = []] = await outlook();
      expect([less, more]).toEqual([Number(left) - 9_000, Number(used) + 9_000]);
      expect(days).toBe(Math.floor((less * 30) / more));
      app.clock.now += 31 * 24 * 3_600_000;
      expect((await outlook())[0]?.slice(1)).toEqual([0, undefined]);
    });
  });
});

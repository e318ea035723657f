/** 公示 is for everybody and names nobody; 月报 is for those who answer for the place. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { maskName } from '../../api/platform/index.ts';
import { publishRule, demoServiceRule, demoPurchaseRule } from '../../api/programme/index.ts';
import { withdrawVersion } from '../../api/rulebook/withdraw-version.ts';
import { codeOf, startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { actorNamed, must } from '../support/demo-programme.ts';
import { disclosedBook, type DisclosedBook } from '../support/disclosed-book.ts';

type Figures = Record<string, string> & { unit: string };
type Board = {
  state: string;
  until: string;
  first: string;
  last: string;
  earned: number;
  served: Record<string, number>;
  units: Figures[];
  payers: (Figures & { payer: string; name?: string; count: number })[];
  withheld: { unit: string; shops: number }[];
  budgets: Record<string, string>[];
  rules: { kind: string; since: string; until?: string; words: { zh: string; en: string }[] }[];
};
type Award = { name: string; type: string; day: string; points: string; voided: boolean };

eachEngine((_, open) => {
  let app: TestApp;
  let book: DisclosedBook;

  beforeAll(async () => {
    app = await startApp(await open());
    book = await disclosedBook(app);
    await book.count();
  });

  const get = (path: string, by?: Parameters<TestApp['request']>[1]) => app.request(`/api/v1${path}`, by);
  const boardPath = (month: string, estate = book.town.estate) => `/board/estates/${estate}/months/${month}`;
  const board = async (month: string, estate?: string) => {
    const answer = await get(boardPath(month, estate));
    expect(answer.status).toBe(200);
    return (await answer.json()) as Board;
  };

  describe('the notice board', () => {
    it('lists the estates page by page, for whoever passes', async () => {
      const first = await get('/board/estates?limit=1');
      const { items, next } = (await first.json()) as { items: { id: string }[]; next: string };
      expect(items).toEqual([expect.objectContaining({ id: book.town.estate })]);
      const second = await get(`/board/estates?limit=1&cursor=${next}`);
      expect(await second.json()).toMatchObject({ items: [{ id: book.second }] });
      const months = await get(`/board/estates/${book.town.estate}`);
      expect(await months.json()).toMatchObject({ first: '2026-06', last: '2026-09' });
    });

    it('says what was given, used and put right, and that a month which is over is final', async () => {
      const june = await board('2026-06');
      expect(june).toMatchObject({ state: 'final', until: '2026-06-30T16:00:00.000Z', earned: 2 });
      expect(june.served).toEqual({
        people: 2,
        services: 5,
        minutes: 600,
        voidedServices: 1,
        voidedMinutes: 120,
      });
      expect(june.units).toMatchObject([
        { unit: 'VOL', opening: '0', issued: '90', takenBack: '20', redeemed: '12', closing: '58' },
      ]);
      expect(june.units[0]).toMatchObject({ takenBackLater: '20', refundedLater: '5' });
      expect((await board('2026-07')).units[0]).toMatchObject({ takenBackOfEarlier: '20', moved: '-20' });
    });

    it('shows the budget that was left when the month ended, whatever became of it since', async () => {
      const [june] = (await board('2026-06')).budgets;
      // 50,000 less what was given of it: 90, of which 20 came back; a rating that earned nothing gave all back.
      expect(june).toMatchObject({
        approved: '50000',
        approvedInMonth: '50000',
        waiting: '0',
        left: '49930',
      });
      expect((await board('2026-07')).budgets[0]).toMatchObject({ approvedInMonth: '0', left: '49920' });
    });

    it('puts all shops together, and says nothing of fewer than three: it would tell what they sold', async () => {
      const shopper = await app.resident();
      await book.town.settle(shopper);
      const gave = async (points: number) => {
        await book.town.give(shopper, (await book.town.merchant()).fund, points);
        await book.count();
        return board('2026-09');
      };
      const ofShops = ({ payers }: Board) => payers.filter(({ unit }) => unit === 'CON');
      for (const shops of [1, 2]) {
        const few = await gave(20 + 10 * shops);
        expect(few.withheld).toEqual([{ unit: 'CON', shops }]);
        // The total would be theirs, too.
        expect([...ofShops(few), ...few.units.filter(({ unit }) => unit === 'CON')]).toEqual([]);
        expect(few.units.map(({ unit }) => unit)).toEqual(['VOL']);
      }
      const three = await gave(50);
      expect(three).toMatchObject({ state: 'running', withheld: [] });
      expect(three.units).toContainEqual(expect.objectContaining({ unit: 'CON', issued: '120' }));
      expect(ofShops(three)).toMatchObject([{ payer: 'merchants', count: 3, issued: '120' }]);
      expect(ofShops(three)[0]).not.toHaveProperty('name');
    });

    it('lists awards page by page, masked, each with its day, and says which were voided', async () => {
      const path = `${boardPath('2026-06')}/awards`;
      const seen: Award[] = [];
      for (let cursor = ''; ;) {
        const answer = await get(`${path}?limit=3${cursor}`);
        const { items, next } = (await answer.json()) as { items: Award[]; next?: string };
        seen.push(...items);
        if (next === undefined) break;
        cursor = `&cursor=${next}`;
      }
      expect(seen.map(({ points }) => points)).toEqual(['20', '20', '30', '20']);
      expect(seen.map(({ voided }) => voided)).toEqual([true, false, false, true]);
      expect(seen[2]).toMatchObject({ type: '垃圾分类', day: '2026-06-13' });
      const issued = (await board('2026-06')).units[0]?.['issued'];
      expect(String(seen.reduce((sum, { points }) => sum + Number(points), 0))).toBe(issued);
      const whole = JSON.stringify([seen, await board('2026-06')]);
      const { people } = app.engine.tables;
      for (const { id, name, phone } of await app.engine.db.select().from(people)) {
        expect(whole).not.toContain(id);
        if (name !== null && maskName(name) !== name) expect(whole).not.toContain(name);
        if (phone !== null) expect(whole).not.toContain(phone);
      }
    });

    it('names every rule that was in force in the month, also one that ended in it', async () => {
      const { town } = book;
      const validFrom = Date.parse('2026-08-11T00:00:00+08:00');
      const body = { ...demoServiceRule, pointsPerHour: 12 };
      const of = { place: town.estate, kind: 'award' as const, body, validFrom, reason: '居民会议' };
      must(await publishRule(app.server.deps, { ...of, actor: actorNamed() }));
      const purchase = { ...demoPurchaseRule, points: 2 };
      const later = { ...of, kind: 'purchase' as const, body: purchase };
      const toCome = Date.parse('2026-09-20T00:00:00+08:00');
      must(await publishRule(app.server.deps, { ...later, validFrom: toCome, actor: actorNamed() }));
      const kinds = async (month: string) =>
        (await board(month)).rules.map(({ kind, since, until }) => [
          kind,
          since.slice(0, 10),
          until?.slice(0, 10),
        ]);
      const since = '2025-12-31';
      expect(await kinds('2026-07')).toEqual([
        ['award', since, undefined],
        ['purchase', since, undefined],
        ['offset', since, undefined],
      ]);
      expect(await kinds('2026-08')).toEqual([
        ['award', since, '2026-08-10'],
        ['award', '2026-08-10', undefined],
        ['purchase', since, undefined],
        ['offset', since, undefined],
      ]);
      const september = (await board('2026-09')).rules;
      expect(september.map(({ kind }) => kind)).toEqual(['award', 'purchase', 'offset']);
      expect(september[0]?.words).toContainEqual({ zh: '每小时：12 分', en: 'An hour: 12 points' });
    });

    it('never names a rule that was called off before its day came', async () => {
      const before = (await board('2026-09')).rules;
      const now = app.clock.now;
      const validFrom = now + 3_600_000;
      const body = { ...demoServiceRule, pointsPerHour: 99 };
      const of = { place: book.town.estate, kind: 'award' as const, body, validFrom, reason: '写错了' };
      const { id } = must(await publishRule(app.server.deps, { ...of, actor: actorNamed() }));
      await withdrawVersion(app.server.deps, { version: id, reason: '日期写错了', actor: actorNamed() });
      app.clock.now = validFrom + 3_600_000;
      expect((await board('2026-09')).rules).toEqual(before);
      app.clock.now = now;
    });

    it('is kept for a minute by whatever stands before it', async () => {
      expect((await get(boardPath('2026-06'))).headers.get('cache-control')).toBe('public, max-age=60');
    });

    it.each([
      ['2026-10', 'month-to-come'],
      ['2026-05', 'not-found'],
      ['2026-13', 'not-found'],
    ])('has no %s: %s', async (month, code) => {
      expect(await codeOf(await get(boardPath(month)))).toBe(code);
      expect(await codeOf(await get(`${boardPath(month)}/awards`))).toBe(code);
    });

    it('is of estates alone', async () => {
      expect(await codeOf(await get(boardPath('2026-06', book.town.community)))).toBe('not-found');
      expect(await codeOf(await get(boardPath('2026-06', uuid())))).toBe('not-found');
      expect(await codeOf(await get(`/board/estates/${book.town.firm}`))).toBe('not-found');
    });
  });

  describe('the monthly report', () => {
    const reportPath = (place: string, month: string) => `/places/${place}/reports/${month}`;

    it('has people, hours, points and the months up to it, and who lives nowhere at the very top', async () => {
      const by = await app.person({ role: 'auditor', place: book.town.street });
      const answer = await get(reportPath(book.town.street, '2026-07'), { by });
      const report = (await answer.json()) as Board & {
        elsewhere: Figures[];
        kinds: { type: string }[];
        year: { month: string; units: Figures[] }[];
      };
      expect(report).toMatchObject({ state: 'final', earned: 1, served: { people: 1, services: 0 } });
      expect(report.units).toMatchObject([{ unit: 'VOL', opening: '58', issued: '30', closing: '73' }]);
      expect(report.elsewhere).toMatchObject([{ unit: 'CON', opening: '70', redeemed: '20' }]);
      expect(report.year.map(({ month }) => month)).toEqual(['2026-06', '2026-07']);
      expect(report.kinds).toMatchObject([{ type: '人居环境', services: 0, points: '10' }]);
      const community = await get(reportPath(book.town.community, '2026-07'), { by });
      expect(await community.json()).toMatchObject({ units: report.units, elsewhere: [] });
    });

    it('has each estate by itself, page by page, and together they are the whole', async () => {
      const by = await app.person({ role: 'staff', place: book.town.community });
      const path = reportPath(book.town.community, '2026-07');
      const first = await get(`${path}/estates?limit=1`, { by });
      const { items, next } = (await first.json()) as { items: { units: Figures[] }[]; next: string };
      const second = await get(`${path}/estates?limit=1&cursor=${next}`, { by });
      const rest = (await second.json()) as { items: { units: Figures[] }[]; next?: string };
      expect(rest.next).toBeUndefined();
      const closings = [...items, ...rest.items].map(({ units }) => units[0]?.['closing']);
      expect(closings).toEqual(['23', '50']);
    });

    it('is a workbook too', async () => {
      const by = await app.person({ role: 'staff', place: book.town.community });
      const answer = await get(`${reportPath(book.town.community, '2026-07')}/file`, { by });
      expect(answer.headers.get('content-type')).toContain('spreadsheetml');
      expect(decodeURIComponent(answer.headers.get('content-disposition') ?? '')).toContain('2026-07.xlsx');
      expect(
        Buffer.from(await answer.arrayBuffer())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
    });

    it('has no month to come, and no shop has one', async () => {
      const by = await app.person({ role: 'operator', place: '' });
      const merchant = (await book.town.merchant()).id;
      expect(await codeOf(await get(reportPath(book.town.street, '2026-10'), { by }))).toBe('month-to-come');
      expect(await codeOf(await get(`${reportPath(book.town.street, '2026-10')}/file`, { by }))).toBe(
        'month-to-come',
      );
      expect(await codeOf(await get(reportPath(merchant, '2026-07'), { by }))).toBe('not-found');
    });

    it.each(['member', 'clerk', 'accountant', 'leader'] as const)('is not for a %s', async (role) => {
      const by = await app.person({ role, place: book.town.estate });
      expect(await codeOf(await get(reportPath(book.town.estate, '2026-07'), { by }))).toBe('not-allowed');
    });
  });
});

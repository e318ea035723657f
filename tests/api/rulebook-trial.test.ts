/** What would change if: a draft over a past month tells what would have been given, and writes nothing. */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { getTableName } from 'drizzle-orm';
import type { Engine } from '../../api/db/index.ts';
import { demoOffsetRule, importBills } from '../../api/fees/index.ts';
import { demoPurchaseRule, demoServiceRule, publishRule } from '../../api/programme/index.ts';
import { tryRule } from '../../api/rulebook/try-rule.ts';
import type { RuleBody } from '../../api/rulebook/rules/rule-body.ts';
import { recordService, rateService } from '../../api/volunteering/index.ts';
import { creditPurchase } from '../../api/shop/index.ts';
import { codeOf, startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { actorNamed, demoTown, must, type DemoTown, type Merchant } from '../support/demo-programme.ts';
import { openJune } from '../support/june-month.ts';
import { select } from '../support/stored-book.ts';

/** Everything that the database holds, as text; of SQLite its very bytes too. */
async function contentOf(engine: Engine): Promise<string> {
  const parts: string[] = [];
  for (const table of Object.values(engine.tables)) {
    const rows = await select(engine, `select * from ${getTableName(table)}`);
    parts.push(...rows.map((row) => JSON.stringify(row)).sort());
  }
  if (engine.kind === 'sqlite') parts.push(engine.sqlite.serialize().toString('base64'));
  return parts.join('\n');
}

eachEngine((_name, open) => {
  describe('of services and purchases', () => {
    let app: TestApp;
    let town: DemoTown;
    let shop: Merchant;
    const [wang, li] = [uuid(), uuid()];
    const colleague = actorNamed();

    /** Two hours of a Monday in June, rated 满意 unless said otherwise: 20 points by the demo rule. */
    async function serve(
      member: string,
      day: number,
      type: string,
      grade: 'satisfied' | 'dissatisfied' | null,
    ) {
      const startsAt = Date.parse(`2026-06-${String(day).padStart(2, '0')}T09:00+08:00`);
      const [endsAt, actor] = [startsAt + 2 * 3_600_000, actorNamed()];
      const attended = { startsAt, endsAt, attendedFrom: startsAt, attendedTo: endsAt };
      const input = { ...attended, place: town.estate, member, type, trust: 'scan' as const };
      const asked = { key: uuid(), scope: 'test' };
      const { service } = must(await recordService(app.server.deps, { input, actor, ...asked }));
      if (grade === null) return;
      const rating = { service, grade, actor: colleague, key: uuid(), scope: 'test' };
      must(await rateService(app.server.deps, rating));
    }
    const buy = async (member: string, amountFen: number) => {
      const input = {
        place: shop.id,
        customer: { member },
        receipt: uuid(),
        amountFen,
        paidWithPointsFen: 0,
      };
      const actor = {
        kind: 'key' as const,
        keyId: uuid(),
        scopes: ['shop:write' as const],
        book: 1,
        place: shop.id,
      };
      must(await creditPurchase(app.server.deps, { input, actor, key: uuid(), scope: 'test' }));
    };
    const trial = async (body: RuleBody, month = '2026-06', place = town.community) =>
      must(await tryRule(app.server.deps, { place, month, body }));

    beforeAll(async () => {
      app = await startApp(await open());
      town = await demoTown(app);
      shop = await town.merchant();
      app.clock.now = Date.parse('2026-06-25T12:00+08:00');
      const { people } = app.engine.tables;
      await app.resident();
      for (const [id, name] of [
        [wang, '王秀珍'],
        [li, '李建国'],
      ] as const) {
        const [row] = await app.engine.db.select().from(people).limit(1);
        await app.engine.db.insert(people).values({ ...row!, id, name });
        await town.settle(id);
      }
      await serve(wang, 15, '助老服务', 'satisfied');
      await serve(wang, 16, '助老服务', 'satisfied');
      await serve(li, 15, '垃圾分类', 'satisfied');
      await serve(li, 16, '垃圾分类', 'dissatisfied');
      await serve(li, 17, '平安巡逻', null);
      await buy(wang, 10_050);
      await buy(wang, 60_000);
      await buy(li, 990);
    });

    it('is nothing where nothing changes: as much as was booked', async () => {
      const same = await trial(demoServiceRule);
      expect(same).toMatchObject({ booked: 84, presumed: 1, sums: { count: 5, before: 84, after: 84 } });
      expect(same.people).toEqual([]);
      expect(await trial(demoPurchaseRule)).toMatchObject({
        booked: 509,
        sums: { count: 3, before: 509, after: 509 },
      });
    });

    it('says how far it is while it counts, and nothing once it has ended', async () => {
      const by = await app.person({ role: 'staff', place: town.community });
      const path = `/api/v1/places/${town.community}/rule-trials`;
      type Progress = { running: boolean; done?: number };
      const progress = async (who = by) =>
        (await (await app.request(`${path}/progress`, { by: who })).json()) as Progress;
      const json = { body: demoPurchaseRule, month: '2026-06' };
      const first = Promise.resolve(app.request(path, { json, by }));
      const seen: Progress[] = [];
      let ended = false;
      const answer = first.then((given) => ((ended = true), given));
      while (!ended) seen.push(await progress());
      expect((await answer).status).toBe(200);
      expect(seen.some(({ running }) => running)).toBe(true);
      expect(await progress()).toEqual({ running: false });
      const colleague = await app.person({ role: 'staff', place: town.community });
      expect(await progress(colleague)).toEqual({ running: false });
    });

    it('tells by type, by person and by fund what a change would have given', async () => {
      const body = { ...demoServiceRule, typePointsPerHour: { 助老服务: 15 }, maxServicesPerMonth: 1 };
      const { sums, people, funds } = await trial(body);
      expect(sums).toMatchObject({ before: 84, after: 50, people: { more: 0, less: 2, same: 0 } });
      expect(sums.byType).toEqual([
        { type: '助老服务', count: 2, before: 40, after: 30 },
        { type: '平安巡逻', count: 1, before: 24, after: 0 },
        { type: '垃圾分类', count: 2, before: 20, after: 20 },
      ]);
      expect(people).toEqual([
        { name: '李*', before: 44, after: 20 },
        { name: '王*', before: 40, after: 30 },
      ]);
      expect(funds).toMatchObject([
        {
          fund: town.volunteerFund.id,
          unit: 'VOL',
          rateMicro: 100_000,
          before: 84,
          after: 50,
          unissued: 49_916,
        },
      ]);
    });

    it('keeps the cap of the day of a draft for purchases too', async () => {
      const body = { ...demoPurchaseRule, perFen: 50, maxPointsPerDay: 600 };
      expect(await trial(body)).toMatchObject({
        sums: { before: 509, after: 619, people: { more: 2, less: 0 } },
        funds: [{ fund: shop.fund.id, before: 509, after: 619 }],
      });
    });

    it('leaves out a shop that has a rule of its own', async () => {
      const own = await town.merchant();
      const validFrom = Date.parse('2026-06-01T00:00+08:00');
      const rule = { place: own.id, kind: 'purchase' as const, body: { ...demoPurchaseRule }, validFrom };
      must(await publishRule(app.server.deps, { ...rule, reason: '自己的规则', actor: 'test' }));
      expect(await trial(demoPurchaseRule)).toMatchObject({ ownRule: 1, sums: { count: 3 } });
      expect(await trial(demoPurchaseRule, '2026-06', own.id)).toMatchObject({
        ownRule: 0,
        sums: { count: 0 },
      });
    });

    it('of a month in which nothing happened is nothing, and of one to come a mistake', async () => {
      expect((await trial(demoServiceRule, '2026-05')).sums).toMatchObject({ count: 0, before: 0, after: 0 });
      const to = await tryRule(app.server.deps, {
        place: town.community,
        month: '2026-07',
        body: demoServiceRule,
      });
      expect(to).toMatchObject({ code: 'invalid-input', fields: [{ field: 'month' }] });
    });

    it('writes nothing at all: the database is what it was, byte for byte', async () => {
      const before = await contentOf(app.engine);
      for (const body of [{ ...demoServiceRule, pointsPerHour: 50 }, demoPurchaseRule, demoOffsetRule]) {
        await trial(body);
      }
      expect((await contentOf(app.engine)) === before).toBe(true);
    });

    it('is asked for by those who work there', async () => {
      const staff = await app.person({ role: 'staff', place: town.community });
      const ask = (json: object, by = staff) =>
        app.request(`/api/v1/places/${town.community}/rule-trials`, { by, json });
      const answer = await ask({ body: demoServiceRule, month: '2026-06' });
      expect(await answer.json()).toMatchObject({ measure: 'points', before: '84', after: '84' });
      expect(await codeOf(await ask({ body: demoServiceRule, month: '2026-13' }))).toBe('invalid-input');
      const clerk = await app.person({ role: 'clerk', place: shop.id });
      expect((await ask({ body: demoServiceRule, month: '2026-06' }, clerk)).status).toBe(403);
    });
  });

  it('of offsets tells the yuan that residents would save, and the points that would pay', async () => {
    const world = await openJune(open, {
      rooms: ['0501', '0502'],
      points: { vol: 36, con: 3_189 },
      offsets: [
        ['0501', '35.49'],
        ['0502', '10.00'],
      ],
    });
    const trial = async (body: RuleBody) =>
      must(await tryRule(world.deps, { place: world.community.id, month: '2026-06', body }));
    expect(await trial(demoOffsetRule)).toMatchObject({
      booked: 4_549,
      sums: { count: 2, before: 4_549, after: 4_549 },
    });
    // Who put as much as they could would put less; who chose 10.00 keeps it.
    const less = await trial({ ...demoOffsetRule, maxShare: '0.1' });
    expect(less).toMatchObject({ sums: { before: 4_549, after: 2_183, people: { less: 1, same: 1 } } });
    expect(less.units).toContainEqual({ unit: 'CON', before: 4_189, after: 2_183 });
    // A bill below the threshold is paid in money.
    expect((await trial({ ...demoOffsetRule, minBillFen: 11_833 })).sums.after).toBe(0);
    // By turns, whoever has another fee of the month that comes first would be sent there; whoever has an older one too.
    const text = [
      '房号,收费项目,计费月份,应收金额,已收',
      '3-2-0501,公摊水电,2026-06,12.40,12.40',
      '3-2-0502,物业服务费,2026-05,100.00,40.00',
    ].join('\n');
    const file = { source: Buffer.from(text), fileName: 'more.csv' };
    const of = { estate: world.estate.id, file, dryRun: false, actor: 'test' };
    must(await importBills(world.deps, of));
    const both = { ...demoOffsetRule, feeItems: ['公摊水电', '物业服务费'] };
    expect((await trial(both)).sums.after).toBe(4_549);
    expect((await trial({ ...both, itemOrder: 'as-listed' })).sums.after).toBe(1_000);
    const oldest = { ...demoOffsetRule, refusesArrears: false, arrears: 'oldest-first' as const };
    expect((await trial(oldest)).sums.after).toBe(3_549);
    expect(
      (await trial({ ...oldest, feeItems: ['物业服务费', '公摊水电'], itemOrder: 'as-listed' })).sums.after,
    ).toBe(3_549);
  });
});

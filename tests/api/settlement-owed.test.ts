/** What is owed and how old it is, what points are worth, and the reports of a firm and a community. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { post, verify } from '../../api/ledger/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { book, ok, residentOf } from '../support/fees-world.ts';
import {
  JULY_2,
  openFundedJune,
  SEPTEMBER_15,
  type Debts,
  type FundedJune,
  type FundMonth,
  type Report,
  type Row,
} from '../support/funded-june.ts';
import { DAY_MS } from '../support/june-month.ts';
import { tableOf } from '../support/sample-files.ts';
import { execute, select } from '../support/stored-book.ts';

eachEngine((_name, open) => {
  describe('after a June of offsets, goods, a refund and a clawback', () => {
    let { world, staff, manager, auditor, get } = {} as FundedJune;
    beforeAll(async () => {
      ({ world, staff, manager, auditor, get } = await openFundedJune(open));
    });

    it('an offset that two members pay is one document, found by its number', async () => {
      const { app, firm, con, clearing, estate } = world;
      const member = await residentOf(world, '0502');
      const terms = { '*': { mode: 'clearing' as const, via: clearing.id, factor: 10_000 } };
      // Another member's 2.00 goes along in the same unit.
      const second = uuid();
      await book(world, {
        ...{ do: 'hold', hold: second, member, redeemer: firm.id, take: { points: 200, unit: 'CON' } },
        ...{ endsAt: JULY_2 + DAY_MS, terms },
      });
      const { offsets: t } = app.engine.tables;
      const [offset] = await app.engine.db.select().from(t).where(eq(t.number, 'DK-2606-0003'));
      const set = { state: 'posted', settled_transaction: { planned: 'transaction' as const } };
      const ask = { book: 1, scope: 'test', key: uuid(), request: 'both' };
      const holds = [offset!.hold, second];
      ok(
        await post(world.deps, ask, {
          ...{ actor: 'test', place: estate.id, ruleVersion: offset!.ruleVersion },
          commands: holds.map((hold) => ({ do: 'capture' as const, hold, final: true })),
          rows: [{ update: 'offsets', id: offset!.id, version: offset!.version, set }],
        }),
      );
      const month = await get<FundMonth>(`/funds/${con.id}/months/2026-07`, manager);
      expect(month.points).toMatchObject({ offsets: '700', goods: '0' });
      const answer = await app.request(`/api/v1/funds/${con.id}/months/2026-07/file?format=xlsx`, {
        by: manager,
      });
      const { rows } = await tableOf(Buffer.from(await answer.arrayBuffer()));
      expect(rows.at(-1)!.slice(0, 5)).toEqual(['DK-2606-0003', '和美物业', '抵物业费', '700', '7']);
    });

    it('the months after it: what is owed grows older, what was paid took the oldest, and points end', async () => {
      const { app, con, clearing, community, firm, estate } = world;
      app.clock.now = Date.parse('2026-08-10T09:00:00+08:00');
      const member = await residentOf(world, '0503');
      const terms = { '*': { mode: 'clearing' as const, via: clearing.id, factor: 10_000 } };
      await book(world, {
        do: 'spend',
        member,
        redeemer: firm.id,
        take: { points: 1_000, unit: 'CON' },
        terms,
      });
      await book(world, { do: 'pay', payer: con.id, payee: clearing.id, amountMicro: 20_000_000 });
      app.clock.now = SEPTEMBER_15;
      const { owes, owed } = await get<{ owes: Debts; owed: Debts }>(
        `/places/${world.merchant.id}/ageing`,
        staff,
      );
      // 44.89 of June, 7.00 of July and 10.00 of August, less 20.00 paid.
      expect(owes.sums).toEqual({
        owed: '41.89',
        to30: '0.00',
        to60: '10.00',
        to90: '31.89',
        over90: '0.00',
      });
      expect(owes.rows.map(({ payer, payee }) => [payer.name, payee.name])).toEqual([['CON', '结算中心']]);
      expect(owed.sums.owed).toBe('3.00');
      const ofEstate = await get<{ owed: Debts }>(`/places/${estate.id}/ageing`, world.accountant);
      expect(ofEstate.owed.sums).toMatchObject({ owed: '62.49', to60: '10.00', to90: '52.49' });
      // What a firm is owed everywhere is not for the staff of one of its communities.
      for (const place of [estate, firm])
        expect((await get<{ owed: Debts }>(`/places/${place.id}/ageing`, staff)).owed.rows).toEqual([]);
      const now = await get<{ worth: string; funds: { points: string; endings: Row[] }[]; endings: Row[] }>(
        `/places/${community.id}/liability`,
        auditor,
      );
      // VOL 3 × 36 − 36; CON 5,138 − 700 − 1,000.
      expect(now.funds.map(({ points }) => points)).toEqual(['72', '3438']);
      expect(now.endings).toEqual([
        { month: '2027-06', worth: '34.38' },
        { month: '2027-12', worth: '7.20' },
      ]);
      expect(now.worth).toBe('41.58');
      const before = await get<{ worth: string }>(`/places/${community.id}/liability?month=2026-06`, auditor);
      expect(before.worth).toBe('58.58');
      const months = await get<FundMonth>(`/funds/${con.id}/months/2026-08`, manager);
      expect(months.owed).toEqual({
        ...{ opening: '51.89', accepted: '10.00', reversed: '0.00', paid: '20.00', closing: '41.89' },
      });
      // The month in which the points end: what nobody used leaves, though no expiry has run yet.
      app.clock.now = Date.parse('2027-07-02T09:00:00+08:00');
      const last = await get<FundMonth>(`/funds/${con.id}/months/2027-06`, manager);
      expect(last.points).toMatchObject({ opening: '3438', ended: '3438', closing: '0', worth: '0.00' });
      // The liability says the same of the month's end.
      const liable = await get<{ funds: { points: string }[] }>(
        `/places/${world.merchant.id}/liability?month=2027-06`,
        manager,
      );
      expect(liable.funds.map(({ points }) => points)).toEqual(['0']);
      app.clock.now = SEPTEMBER_15;
    });

    it('reports offsets by month, estate, item and fund, of one estate, a firm and all that one works for', async () => {
      const of = `from=2026-06&to=2026-07`;
      const report = await get<Report>(`/places/${world.estate.id}/offset-report?${of}`, world.accountant);
      expect(report.total).toEqual({ count: 3, value: '50.49', borne: '52.49', concession: '-2.00' });
      expect(report.months.map(({ month, count, value }) => [month, count, value])).toEqual([
        ['2026-06', 2, '45.49'],
        ['2026-07', 1, '5.00'],
      ]);
      expect(report.items).toEqual([{ item: '物业服务费', count: 3, value: '50.49' }]);
      expect(report.funds.map(({ fund, count, points, borne }) => [fund.name, count, points, borne])).toEqual(
        [
          ['CON', 3, '4889', '48.89'],
          ['VOL', 1, '36', '3.60'],
        ],
      );
      // Asked again, nothing is counted twice; each of them sees the same.
      const firm = await world.app.person({ role: 'accountant', place: world.firm.id });
      expect(await get<Report>(`/offset-report?${of}`, firm)).toEqual(report);
      expect(await get<Report>(`/places/${world.firm.id}/offset-report?${of}`, firm)).toEqual(report);
      expect(await get<Report>(`/places/${world.community.id}/offset-report?${of}`, auditor)).toEqual(report);
      const tooLong = await world.app.request('/api/v1/offset-report?from=2020-01&to=2026-06', { by: firm });
      expect(tooLong.status).toBe(422);
      const file = await world.app.request(`/api/v1/offset-report/file?format=xlsx&${of}`, { by: firm });
      const { rows } = await tableOf(Buffer.from(await file.arrayBuffer()));
      expect(rows[1]).toEqual(['合计', '', '3', '50.49', '52.49', '-2']);
    });

    it('a firm keeps what it took itself when another takes over the estate', async () => {
      const { app, community, estate, firm, deps } = world;
      const next = ok(await addPlace(deps, { book: 1, parent: community.id, kind: 'firm', name: '新物业' }));
      const { estateFirms: t } = app.engine.tables;
      const said = { reason: '换物业', namedBy: 'test', createdAt: app.clock.now };
      const row = { version: 1, estate: estate.id, ...said };
      await app.engine.db.insert(t).values([
        { ...row, id: uuid(), firm: firm.id, since: '2026-01-01', until: '2026-09-01' },
        { ...row, id: uuid(), firm: next.id, since: '2026-09-01', until: null },
      ]);
      const counts = [firm, next].map(async ({ id }) => {
        const by = await app.person({ role: 'accountant', place: id });
        return (await get<Report>(`/places/${id}/offset-report?from=2026-06&to=2026-08`, by)).total.count;
      });
      expect(await Promise.all(counts)).toEqual([3, 0]);
      // Whoever keeps one estate's accounts sees what the firm is owed while the firm serves no other.
      const told = async () =>
        (await get<{ told: boolean }>(`/places/${estate.id}/ageing`, world.accountant)).told;
      expect(await told()).toBe(true);
      await app.engine.db
        .insert(t)
        .values({ ...row, id: uuid(), estate: uuid(), firm: next.id, since: '2026-09-01', until: null });
      expect(await told()).toBe(false);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });

    it.each([
      [
        'offset_sums',
        'value_fen = value_fen + 1',
        /2026-06 .* 物业服务费，记录写着 2 \/ 4550，账上是 2 \/ 4549$/,
      ],
      ['offset_sums', `month = '2026-05'`, /2026-0[56] .*记录写着 (2 \/ 4549|–)，账上是 (2 \/ 4549|–)$/],
      [
        'offset_fund_sums',
        'micro = micro - 1',
        /2026-06 .*记录写着 1 \/ 36 \/ 3599999，账上是 1 \/ 36 \/ 3600000$/,
      ],
    ])('a sum of the report that was changed is found by verify: %s, %s', async (table, set, said) => {
      const { engine } = world.app;
      const named = `month = '2026-06' and count = ${table === 'offset_sums' ? 2 : 1}`;
      const was = await select<Record<string, unknown>>(engine, `select * from ${table} where ${named}`);
      expect(was).toHaveLength(1);
      await execute(engine, `update ${table} set ${set} where ${named}`);
      const { findings } = await verify(engine, productChecks);
      expect(findings.length).toBeGreaterThan(0);
      for (const { zh } of findings) expect(zh).toMatch(said);
      const { month, value_fen: fen, micro } = was[0]!;
      const back =
        table === 'offset_sums'
          ? `month = '${String(month)}', value_fen = ${String(fen)}`
          : `micro = ${String(micro)}`;
      await execute(
        engine,
        `update ${table} set ${back} where count = ${table === 'offset_sums' ? 2 : 1} and month in ('2026-05', '2026-06')`,
      );
      expect((await verify(engine, productChecks)).findings).toEqual([]);
    });
  });
});

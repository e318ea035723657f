/** A fund's month beside its funder's statement, how old what is owed is, and the reports of a firm and a community. */
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { book, offsetBill, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, takePosted } from '../support/june-month.ts';
import { tableOf } from '../support/sample-files.ts';
import type { Debts, Difference, FundMonth, Report, Row, Statement } from '../support/settlement-answers.ts';

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
const SEPTEMBER_15 = Date.parse('2026-09-15T09:00:00+08:00');
const HEADER = '收分方,期初应付,积分,本期应付,冲回金额,已付金额,期末应付';

const sent = { host: 'linli.test', origin: 'http://linli.test', 'content-type': 'text/csv' };

eachEngine((_name, open) => {
  describe('June: two offsets posted for 45.49, goods for 5.00 of which 2.00 came back, and a clawback', () => {
    let world: FeesWorld;
    let staff: TestPerson;
    let colleague: TestPerson;
    let manager: TestPerson;
    let auditor: TestPerson;

    const get = async <Answer>(path: string, by: TestPerson): Promise<Answer> => {
      const answer = await world.app.request(`/api/v1${path}`, { by });
      expect(answer.status, `${path} ${await answer.clone().text()}`).toBe(200);
      return (await answer.json()) as Answer;
    };
    const june = (of: { id: string }, by = staff) => get<FundMonth>(`/funds/${of.id}/months/2026-06`, by);
    const upload = (text: string, by: TestPerson, { query = '', of = world.con.id } = {}) =>
      world.app.server.app.request(
        `http://linli.test/api/v1/funds/${of}/months/2026-06/statements?fileName=x.csv${query}`,
        { method: 'POST', body: text, headers: { ...by.headers, ...sent } },
      );
    const send = (rows: string, by: TestPerson, of = {}) => upload(`${HEADER}\n${rows}\n`, by, of);
    const agree = (statement: string, side: string, by: TestPerson, remark?: string) =>
      world.app.request(`/api/v1/funder-statements/${statement}/agreements`, {
        json: { side, ...(remark !== undefined && { remark }) },
        by,
      });

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 3_189, vol: 36 } });
      const { app, community, merchant, clearing, con } = world;
      staff = await app.person({ role: 'staff', place: community.id });
      colleague = await app.person({ role: 'staff', place: community.id });
      manager = await app.person({ role: 'merchant_manager', place: merchant.id });
      auditor = await app.person({ role: 'auditor', place: community.id });
      await offsetBill(world, '0501', '35.49');
      await offsetBill(world, '0502', '10.00');
      await handOver(world);
      app.clock.now += 2 * DAY_MS;
      await takePosted(world, 'june.csv', [postedRow(1, '35.49'), postedRow(2, '10.00')]);
      const member = await residentOf(world, '0503');
      const terms = { '*': { mode: 'clearing' as const, via: clearing.id, factor: 10_000 } };
      const take = { points: 500, unit: 'CON' };
      const bought = await book(world, { do: 'spend', member, redeemer: merchant.id, take, terms });
      await book(world, { do: 'refund', of: bought, points: 200 });
      const { id: fund, unit, rateMicro, budgetReturns } = con;
      const series = { expiresAt: Date.parse('2027-07-01T00:00:00+08:00'), rateMicro, budgetReturns };
      const given = await book(world, { do: 'credit', member, fund, unit, amount: 100, series });
      await book(world, { do: 'clawback', of: given, points: 40 });
      // Nothing of the month is compared while it runs.
      expect(await codeOf(await send('结算中心,0,0,0,0,0,0', manager))).toBe('month-still-runs');
      app.clock.now = JULY_2;
    });

    it('adds up in points and in yuan, whoever looks', async () => {
      const con = await june(world.con, manager);
      expect(con).toMatchObject({
        over: true,
        // 3 × 3,189 and 100 were given, of a million.
        budget: { opening: '0', approved: '1000000', used: '9667', returned: '40', closing: '990373' },
        points: {
          ...{ opening: '0', given: '9667', takenBack: '40', offsets: '4189', goods: '500', refunded: '200' },
          ...{ ended: '0', closing: '5138', worth: '51.38' },
        },
        owed: { opening: '0.00', accepted: '46.89', reversed: '2.00', paid: '0.00', closing: '44.89' },
      });
      const shown = con.parties.map(({ party, points, accepted }) => [party.name, points, accepted]).sort();
      expect(shown).toEqual([
        ['便民超市', '300', '5.00'],
        ['和美物业', '4189', '41.89'],
        ['结算中心', '4489', '46.89'],
      ]);
      expect((await june(world.vol, auditor)).owed).toMatchObject({ accepted: '3.60', closing: '3.60' });
      // Who pays for nothing there is told nothing.
      const clerk = await world.app.person({ role: 'clerk', place: world.merchant.id });
      const path = `/api/v1/funds/${world.con.id}/months/2026-06`;
      expect((await world.app.request(path, { by: clerk })).status).toBe(403);
      expect((await world.app.request(path, { by: world.accountant })).status).toBe(404);
    });

    it('is compared with the statement, which is kept with every difference; the same file is recognised', async () => {
      const wrong = ['结算中心,0,4489,46.89,0,0,46.90', '别的店,0,1,0.01,0,0,0.01'].join('\n');
      const checked = await send(wrong, manager, { query: '&dryRun=true' });
      const report = (await checked.json()) as { counts: Row; comparison: Statement['comparison'] };
      expect(report).toMatchObject({
        counts: { rows: 2, matched: 0, differences: 3, 'difference:amount': 2, 'difference:missing-here': 1 },
        comparison: { ours: '44.89', theirs: '46.91', difference: '2.02' },
      });
      expect((await june(world.con)).statements).toEqual([]);
      const taken = (await (await send(wrong, manager)).json()) as { import: string };
      const again = (await (await send(wrong, manager)).json()) as { import: string; repeated: boolean };
      expect(again).toMatchObject({ import: taken.import, repeated: true });
      const { statements } = await june(world.con);
      expect(statements.map(({ id, number, latest }) => [id, number, latest])).toEqual([
        [taken.import, 1, true],
      ]);
      const of = `/funder-statements/${taken.import}/differences`;
      const first = await get<{ items: Difference[]; next: string }>(`${of}?limit=2`, auditor);
      const rest = await get<{ items: Difference[] }>(`${of}?limit=2&cursor=${first.next}`, auditor);
      const shown = [...first.items, ...rest.items].map(({ kind, field, written, ours, theirs }) => [
        ...[kind, field, written, ours, theirs],
      ]);
      expect(shown).toEqual([
        ['amount', 'reversed', '结算中心', '2.00', '0.00'],
        ['amount', 'closing', '结算中心', '44.89', '46.90'],
        ['missing-here', 'closing', '别的店', undefined, '0.01'],
      ]);
      const file = await world.app.request(`/api/v1${of}/file?format=xlsx`, { by: auditor });
      const { rows } = await tableOf(Buffer.from(await file.arrayBuffer()));
      expect(rows[2]).toEqual(['金额不同', '期末应付', '结算中心', '', '2', '44.89', '46.9', '2.01']);
    });

    it('is agreed to by two sides that are two people; a difference is not agreed to without a word', async () => {
      const [wrong] = (await june(world.con)).statements;
      expect((await agree(wrong!.id, 'staff', staff)).status).toBe(422);
      expect((await agree(wrong!.id, 'staff', staff, '差 0.01 元下月补')).status).toBe(204);
      expect(await codeOf(await agree(wrong!.id, 'staff', colleague, '同意'))).toBe('already-done');
      // A shop's fund is the shop's: the community's staff do not speak for it, nor the shop for the community.
      expect(await codeOf(await agree(wrong!.id, 'funder', colleague, '同意'))).toBe('not-allowed');
      const rows = [
        {
          party: '结算中心',
          opening: '0',
          points: '4489',
          accepted: '46.89',
          reversed: '2.00',
          closing: '44.89',
        },
      ];
      const type = () =>
        world.app.request(`/api/v1/funds/${world.con.id}/months/2026-06/typed-statements`, {
          json: { rows },
          by: manager,
        });
      const typed = (await (await type()).json()) as { statement: string; comparison: Row };
      expect(typed.comparison).toMatchObject({ difference: '0.00', matched: 1, differences: 0 });
      expect(((await (await type()).json()) as { statement: string }).statement).toBe(typed.statement);
      expect(await codeOf(await agree(wrong!.id, 'funder', manager, '同意'))).toBe('changed-meanwhile');
      expect((await june(world.con, manager)).statements.map(({ mayAgree }) => mayAgree)).toEqual([
        ['funder'],
        [],
      ]);
      expect((await agree(typed.statement, 'funder', manager)).status).toBe(204);
      expect((await agree(typed.statement, 'staff', staff)).status).toBe(204);
      const { items } = await get<{ items: { statement: { number: number; agreed: string[] } }[] }>(
        `/places/${world.community.id}/fund-months?month=2026-06`,
        auditor,
      );
      expect(items[1]!.statement.number).toBe(2);
      expect(items[1]!.statement.agreed.toSorted()).toEqual(['funder', 'staff']);
      // The community's own fund: both sides are staff, so one of them never agrees twice.
      const own = await send('结算中心,0,36,3.60,0,0,3.60', staff, { of: world.vol.id });
      const { import: statement } = (await own.json()) as { import: string };
      expect((await agree(statement, 'funder', staff)).status).toBe(204);
      expect(await codeOf(await agree(statement, 'staff', staff))).toBe('second-person-needed');
      expect((await agree(statement, 'staff', colleague)).status).toBe(204);
    });

    it('is a list of documents, too: each by its number', async () => {
      const text = [
        '抵扣单号,收分方,积分,金额',
        'DK-2606-0001,和美物业,36,3.60',
        'DK-2606-0002,和美物业,1000,10.00',
      ];
      const answer = await upload(text.join('\n'), manager);
      const { import: statement, counts } = (await answer.json()) as { import: string; counts: Row };
      expect(counts).toMatchObject({ matched: 1, differences: 4 });
      const { items } = await get<{ items: Difference[] }>(
        `/funder-statements/${statement}/differences`,
        staff,
      );
      expect(
        items.map(({ kind, field, number, ours, theirs }) => [kind, field, number, ours, theirs]),
      ).toEqual([
        ['amount', 'accepted', 'DK-2606-0001', '31.89', '3.60'],
        ['amount', 'points', 'DK-2606-0001', '3189', '36'],
        ['missing-there', 'accepted', expect.stringMatching(/^\d+$/), '5.00', undefined],
        ['missing-there', 'accepted', expect.stringMatching(/^\d+$/), '-2.00', undefined],
      ]);
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
      // 44.89 of June and 10.00 of August, less 20.00 paid.
      expect(owes.sums).toEqual({
        owed: '34.89',
        to30: '0.00',
        to60: '10.00',
        to90: '24.89',
        over90: '0.00',
      });
      expect(owes.rows.map(({ payer, payee }) => [payer.name, payee.name])).toEqual([['CON', '结算中心']]);
      expect(owed.sums.owed).toBe('3.00');
      const ofEstate = await get<{ owed: Debts }>(`/places/${estate.id}/ageing`, world.accountant);
      expect(ofEstate.owed.sums).toMatchObject({ owed: '55.49', to60: '10.00', to90: '45.49' });
      const now = await get<{ worth: string; funds: { points: string; endings: Row[] }[]; endings: Row[] }>(
        `/places/${community.id}/liability`,
        auditor,
      );
      // VOL 3 × 36 − 36; CON 5,138 − 1,000.
      expect(now.funds.map(({ points }) => points)).toEqual(['72', '4138']);
      expect(now.endings).toEqual([
        { month: '2027-06', worth: '41.38' },
        { month: '2027-12', worth: '7.20' },
      ]);
      expect(now.worth).toBe('48.58');
      const before = await get<{ worth: string }>(`/places/${community.id}/liability?month=2026-06`, auditor);
      expect(before.worth).toBe('58.58');
      const months = await get<FundMonth>(`/funds/${con.id}/months/2026-08`, manager);
      expect(months.owed).toEqual({
        ...{ opening: '44.89', accepted: '10.00', reversed: '0.00', paid: '20.00', closing: '34.89' },
      });
      // The month in which the points end: what nobody used leaves, though no expiry has run yet.
      app.clock.now = Date.parse('2027-07-02T09:00:00+08:00');
      const last = await get<FundMonth>(`/funds/${con.id}/months/2027-06`, manager);
      expect(last.points).toMatchObject({ opening: '4138', ended: '4138', closing: '0', worth: '0.00' });
      app.clock.now = SEPTEMBER_15;
    });

    it('reports offsets by month, estate, item and fund, of one estate, a firm and all that one works for', async () => {
      const of = `from=2026-06&to=2026-07`;
      const report = await get<Report>(`/places/${world.estate.id}/offset-report?${of}`, world.accountant);
      expect(report.total).toEqual({ count: 2, value: '45.49', borne: '45.49', concession: '0.00' });
      expect(report.months.map(({ month, count, value }) => [month, count, value])).toEqual([
        ['2026-06', 2, '45.49'],
        ['2026-07', 0, '0.00'],
      ]);
      expect(report.items).toEqual([{ item: '物业服务费', count: 2, value: '45.49' }]);
      expect(report.funds.map(({ fund, count, points, borne }) => [fund.name, count, points, borne])).toEqual(
        [
          ['CON', 2, '4189', '41.89'],
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
      expect(rows[1]).toEqual(['合计', '', '2', '45.49', '45.49', '0']);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});

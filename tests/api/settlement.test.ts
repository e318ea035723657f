/** A fund's month beside its funder's statement, how old what is owed is, and the reports of a firm and a community. */
import { asc, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { post, verify } from '../../api/ledger/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { book, offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, takePosted } from '../support/june-month.ts';
import { tableOf } from '../support/sample-files.ts';
import type { Debts, Difference, FundMonth, Report, Row, Statement } from '../support/settlement-answers.ts';

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
const SEPTEMBER_15 = Date.parse('2026-09-15T09:00:00+08:00');
const HEADER = '收分方,期初应付,积分,本期应付,冲回金额,已付金额,期末应付';

const sent = { host: 'linli.test', origin: 'http://linli.test', 'content-type': 'text/csv' };

type Row = Record<string, string>;
type Money = { opening: string; accepted: string; reversed: string; paid: string; closing: string };
type Party = { party: { name: string }; settles: string; points: string; accepted: string; balance?: Row };
type Statement = {
  id: string;
  number: number;
  latest: boolean;
  comparison: { ours: string; theirs?: string; difference?: string; matched: number; differences: number };
  agreed: { side: string; remark?: string }[];
  mayAgree: string[];
  rejected: number;
  remarkNeeded: boolean;
  reason?: string;
};
type FundMonth = {
  over: boolean;
  budget: Row;
  points: Row;
  debt: Row;
  owed: Money;
  parties: Party[];
  statements: Statement[];
  maySend: boolean;
};
type Difference = {
  id: string;
  kind: string;
  field?: string;
  written: string;
  number: string;
  ours?: string;
  theirs?: string;
};
type Ages = { owed: string; to30: string; to60: string; to90: string; over90: string };
type Debts = { sums: Ages; rows: (Ages & { payer: { name: string }; payee: { name: string } })[] };
type Sums = { count: number; value: string; borne: string; concession: string };
type Report = {
  total: Sums;
  months: (Sums & { month: string })[];
  estates: (Sums & { estate: { name: string } })[];
  items: { item: string; count: number; value: string }[];
  funds: { fund: { name: string }; count: number; points: string; borne: string }[];
};

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
      // One that the firm has not posted.
      await offsetBill(world, '0503', '5.00');
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
      const shown = con.parties.map(({ party, settles, points, accepted }) => [
        ...[party.name, settles, points, accepted],
      ]);
      expect(shown.sort()).toEqual([
        ['便民超市', 'cleared', '300', '5.00'],
        ['和美物业', 'cleared', '4189', '41.89'],
        ['结算中心', 'direct', '4489', '46.89'],
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
      // Both sides have signed: another statement, also an earlier one, comes with a reason, and is the latest then.
      const back = '结算中心,0,4489,46.89,0,0,46.90\n别的店,0,1,0.01,0,0,0.01';
      expect((await send(back, manager)).status).toBe(422);
      expect((await june(world.con)).statements[0]!.number).toBe(2);
      const reason = encodeURIComponent('出资方说第二版有误');
      expect((await send(back, manager, { query: `&reason=${reason}` })).status).toBe(200);
      expect((await june(world.con)).statements[0]).toMatchObject({
        ...{ number: 3, latest: true, reason: '出资方说第二版有误', agreed: [] },
        comparison: { differences: 3 },
      });
      // The community's own fund: both sides are staff, so one of them never agrees twice.
      const own = await send('结算中心,0,36,3.60,0,0,3.60', staff, { of: world.vol.id });
      const { import: statement } = (await own.json()) as { import: string };
      expect((await agree(statement, 'funder', staff)).status).toBe(204);
      expect(await codeOf(await agree(statement, 'staff', staff))).toBe('second-person-needed');
      expect((await agree(statement, 'staff', colleague)).status).toBe(204);
    });

    it('is not agreed to in silence where rows of it could not be read, and not taken where none can', async () => {
      expect((await send('结算中心,0,4489,x,0,0,x', manager)).status).toBe(422);
      const rows = '结算中心,0,4489,46.89,2.00,0,44.89\n别的店,0,1,x,0,0,0.01';
      expect(await codeOf(await send(rows, manager))).toBe('not-confirmed');
      const taken = await send(rows, manager, { query: '&confirm=unreadable-rows' });
      const { import: statement } = (await taken.json()) as { import: string };
      expect((await june(world.con)).statements[0]).toMatchObject({
        ...{ id: statement, rejected: 1, remarkNeeded: true },
        comparison: { matched: 1, differences: 0 },
      });
      expect((await agree(statement, 'staff', staff)).status).toBe(422);
      expect((await agree(statement, 'staff', staff, '第 3 行另问')).status).toBe(204);
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
      // Of another fund, or not posted, a number is of no other month: its money is asked for back.
      const vol = '抵扣单号,金额\nDK-2606-0001,3.60\nDK-2606-0002,10.00\nDK-2606-0003,5.00\n';
      const other = (await (await upload(vol, staff, { of: world.vol.id })).json()) as {
        counts: Row;
      };
      // VOL's month is signed by both.
      expect(other.counts).toBeUndefined();
      const query = `&reason=${encodeURIComponent('清单')}`;
      const asked = await upload(vol, staff, { of: world.vol.id, query });
      expect(((await asked.json()) as { counts: Row }).counts).toMatchObject({
        ...{ matched: 1, differences: 2, 'difference:missing-here': 2 },
      });
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
    });

    it('what was agreed to stays as it was: the databases refuse another, and verify finds what they let through', async () => {
      const { engine } = world.app;
      const { fundAgreements: a, fundDifferences: d } = engine.tables;
      expect((await verify(engine, productChecks)).findings).toEqual([]);
      for (const change of [engine.db.update(a).set({ remark: '' }), engine.db.delete(d)])
        await expect(change).rejects.toThrow();
      const [signed] = await engine.db.select().from(a).orderBy(asc(a.id));
      // A row slipped in beside a statement that both had signed.
      const kept = { kind: 'amount' as const, field: null, party: '', partyText: '', number: '', tie: false };
      await engine.db
        .insert(d)
        .values({ ...kept, id: uuid(), statement: signed!.statement, rowNumber: null, ours: 1, theirs: 2 });
      const { findings } = await verify(engine, productChecks);
      expect(findings.map(({ en }) => en)).toEqual([
        expect.stringContaining(`the hash of its contents of agreement to a statement ${signed!.id} differs`),
      ]);
    });
  });
});

/** What a closed month is written down as: figures that add up, two signatures, and paper that stays as it was. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { tableOf } from '../support/sample-files.ts';
import { eachEngine } from '../support/database.ts';
import {
  approveFirmChanges,
  closeByTwo,
  givePoints,
  offsetBill,
  ok,
  residentOf,
  secondOf,
  takeBills,
} from '../support/fees-world.ts';
import type { FeesWorld } from '../support/fees-world.ts';
import { CLERK, DAY_MS, handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
const AUGUST_2 = Date.parse('2026-08-02T09:00:00+08:00');

type Row = { opening: string; made: string; givenBack: string; posted: string; closing: string };
type Statement = {
  month: string;
  preliminary: boolean;
  edition: number;
  points: (Row & { unit: string; fund: { name: string } })[];
  values: (Row & { item: string; counts: Record<string, number> })[];
  totals: Row;
  owed: { payer: { name: string }; opening: string; captured: string; paid: string; closing: string }[];
  borne: { fund: { name: string }; amount: string }[];
  settlement: Record<'posted' | 'owed' | 'concession' | 'carriedIn' | 'carriedOut', string>;
  documents: { count: number; first: string; last: string; cancelled: number };
  prepared?: { name: string; at: string };
  approved?: { name: string; at: string };
  hash?: { kept: string; intact: boolean };
  reopened?: { reason: string; name: string };
  editions: { edition: number; closure: string }[];
};
type Line = { code: string; name: string; debit: string; credit: string };
type Voucher = { lines: Line[]; total: string; approved: string; accountsVersion: number };
type InForce = { version: number; accounts: Record<string, unknown> };
type Check = { check: string; state: string; count: number; value?: string };

eachEngine((_name, open) => {
  describe('June: three offsets made, one cancelled, one posted, one still promised at its end', () => {
    let world: FeesWorld;
    let june: string;
    const draft = () => read<Statement>(world, `/places/${world.estate.id}/preliminary-statement`);
    const kept = (closure: string) => read<Statement>(world, `/closures/${closure}/statement`);
    const checks = async () =>
      (await read<{ checks: Check[] }>(world, `/places/${world.estate.id}/closing-checklist`)).checks.map(
        ({ check, state, count }) => `${check} ${state} ${count}`,
      );
    const close = async (month: string): Promise<string> => {
      const answer = await closeByTwo(world, { month });
      expect(answer.status, await answer.clone().text()).toBe(201);
      return ((await answer.json()) as { id: string }).id;
    };

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 3_189, vol: 36 } });
      const { deps, app } = world;
      await offsetBill(world, '0501', '35.49');
      await offsetBill(world, '0502', '10.00');
      const third = await offsetBill(world, '0503', '20.00');
      const member = await residentOf(world, '0503');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await cancelOffset(deps, { offset: third.offset, actor, key: uuid(), scope: 'test' }));
      expect(await checks()).toEqual([
        ...['over blocks 0', 'bills done 3', 'handed-over blocks 2', 'posted-list done 0'],
        ...['breaks done 0', 'approvals done 0', 'expiry blocks 0'],
      ]);
      await handOver(world);
      app.clock.now += 2 * DAY_MS;
      await takePosted(world, 'june.csv', [postedRow(1, '35.49')]);
      app.clock.now = JULY_2;
    });

    it('is looked at before it is closed, in a draft that nobody has signed', async () => {
      expect(await checks()).toEqual([
        ...['over done 0', 'bills done 3', 'handed-over done 0', 'posted-list told 1'],
        ...['breaks told 1', 'approvals done 0', 'expiry done 0'],
      ]);
      const before = await draft();
      expect(before).toMatchObject({
        ...{ month: '2026-06', preliminary: true, edition: 1, editions: [] },
        documents: { count: 3, first: 'DK-2606-0001', last: 'DK-2606-0003', cancelled: 1 },
        totals: { opening: '0.00', made: '65.49', givenBack: '20.00', posted: '35.49', closing: '10.00' },
        settlement: { posted: '35.49', owed: '35.49', concession: '0.00', carriedOut: '0.00' },
      });
      expect([before.prepared, before.approved, before.hash]).toEqual([undefined, undefined, undefined]);
    });

    it('adds up in points of each fund, in yuan, and in what the firm is owed', async () => {
      const { points, values, owed, borne } = await draft();
      const shown = points.map((row) => [
        ...[row.unit, row.fund.name, row.opening, row.made, row.givenBack, row.posted, row.closing],
      ]);
      // 35.49 = 3,189 CON + 36 VOL; 10.00 = 1,000 CON; 20.00 = 2,000 CON.
      expect(shown).toEqual([
        ['CON', 'CON', '0', '6189', '2000', '3189', '1000'],
        ['VOL', 'VOL', '0', '36', '0', '36', '0'],
      ]);
      expect(values).toMatchObject([
        { item: '物业服务费', made: '65.49', closing: '10.00', counts: { made: 3, posted: 1, closing: 1 } },
      ]);
      expect(owed).toMatchObject([
        { payer: { name: '结算中心' }, opening: '0.00', captured: '35.49', paid: '0.00', closing: '35.49' },
      ]);
      expect(borne.map(({ fund, amount }) => [fund.name, amount]).sort()).toEqual([
        ['CON', '31.89'],
        ['VOL', '3.60'],
      ]);
    });

    it('is signed by who asked and by who approved, and kept under a hash that the ledger commits to', async () => {
      const second = await secondOf(world);
      june = await close('2026-06');
      const paper = await kept(june);
      const nameOf = async (id: string) => {
        const { people } = world.app.engine.tables;
        const [row] = await world.app.engine.db.select().from(people).where(eq(people.id, id));
        return row?.name;
      };
      expect(paper).toMatchObject({
        ...{ preliminary: false, edition: 1, hash: { intact: true } },
        prepared: { name: await nameOf(world.accountant.id), at: new Date(JULY_2).toISOString() },
        approved: { name: await nameOf(second.id), at: new Date(JULY_2).toISOString() },
        totals: { made: '65.49', givenBack: '20.00', posted: '35.49', closing: '10.00' },
      });
      expect(paper.reopened).toBeUndefined();
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });

    it('is a voucher in the firm’s own accounts, as a page and as a workbook that reads back the same', async () => {
      const { app, accountant } = world;
      const voucher = await read<Voucher>(world, `/closures/${june}/voucher`);
      const shown = voucher.lines.map(({ code, debit, credit }) => [code, debit, credit]);
      expect(shown).toEqual([
        ['1221', '35.49', '0.00'],
        ['1122', '0.00', '35.49'],
      ]);
      const june1 = { total: '35.49', uppercase: '叁拾伍元肆角玖分', attachments: 1, accountsVersion: 0 };
      expect(voucher).toMatchObject({ ...june1, preliminary: false });
      const file = await app.request(`/api/v1/closures/${june}/voucher/file?format=xlsx`, { by: accountant });
      const { rows } = await tableOf(Buffer.from(await file.arrayBuffer()));
      expect(rows.slice(1, 4)).toEqual([
        ['2026年6月积分抵扣物业费', '1221', '其他应收款—积分结算款', '35.49'],
        ['2026年6月积分抵扣物业费', '1122', '应收账款—物业费（物业服务费）', '', '35.49'],
        ['合计：叁拾伍元肆角玖分', '', '', '35.49', '35.49'],
      ]);
      expect(rows[7]).toEqual(['审核', voucher.approved]);
    });

    it('the firm’s accounts are changed by version, and who changed what stays', async () => {
      const { app, estate, accountant } = world;
      const path = `/places/${estate.id}/firm-accounts`;
      const { version, accounts } = await read<InForce>(world, path);
      expect(version).toBe(0);
      const change = (by: TestPerson, json: unknown) =>
        app.request(`/api/v1${path}`, { method: 'PUT', by, json });
      const own = { ...accounts, settlement: { code: '122105', name: '其他应收款—积分' } };
      const items = [{ item: '物业服务费', code: '112201', name: '应收账款—物业服务费' }];
      const auditor = await app.person({ role: 'auditor', place: estate.id });
      expect((await change(auditor, { version: 0, accounts: own })).status).toBe(403);
      const asked = await change(accountant, { version: 0, accounts: { ...own, items } });
      expect(await asked.json()).toEqual({ waits: true });
      expect(await approveFirmChanges(world)).toEqual([200]);
      expect(await codeOf(await change(accountant, { version: 0, accounts: own }))).toBe('changed-meanwhile');
      const twice = [...items, ...items];
      expect((await change(accountant, { version: 1, accounts: { ...own, items: twice } })).status).toBe(422);
      const bad = { ...own, gain: { code: '=1+1', name: 'x' } };
      expect((await change(accountant, { version: 1, accounts: bad })).status).toBe(422);
      // June is printed as it was closed, whatever the accounts are by then; the next month has the new ones.
      const voucher = await read<Voucher>(world, `/closures/${june}/voucher`);
      expect(voucher.lines.map(({ code, name }) => [code, name])).toEqual([
        ['1221', '其他应收款—积分结算款'],
        ['1122', '应收账款—物业费（物业服务费）'],
      ]);
      expect(voucher.accountsVersion).toBe(0);
      const next = await read<Voucher>(world, `/places/${estate.id}/preliminary-voucher`);
      expect(next.accountsVersion).toBe(1);
      expect((await change(accountant, { version: 1, accounts: own })).status).toBe(200);
      const both = await Promise.all([approveFirmChanges(world), approveFirmChanges(world)]);
      expect(both.flat().sort()).toEqual([200, 409]);
      const history = await read<{ items: { version: number; name: string }[]; next?: string }>(
        world,
        `${path}/history?limit=1`,
      );
      expect(history.items.map((one) => one.version)).toEqual([2]);
      const rest = await read<{ items: { version: number }[] }>(
        world,
        `${path}/history?limit=5&cursor=${encodeURIComponent(history.next!)}`,
      );
      expect(rest.items.map((one) => one.version)).toEqual([1]);
    });

    it('opens July with what June left, and July has what moves in it', async () => {
      const answer = await draft();
      expect(answer).toMatchObject({ month: '2026-07', totals: { opening: '10.00', made: '0.00' } });
      await takePosted(world, 'july.csv', [postedRow(2, '10.00', '2026-07-01')]);
      expect(await draft()).toMatchObject({
        totals: { opening: '10.00', posted: '10.00', closing: '0.00' },
        owed: [{ opening: '35.49', captured: '10.00', closing: '45.49' }],
      });
      // June stays as it was.
      expect(await kept(june)).toMatchObject({ totals: { posted: '35.49', closing: '10.00' } });
    });

    it('opened again and closed has a second edition; the first stays, with who opened it and why', async () => {
      const second = await secondOf(world);
      const json = { reason: '补一张说明' };
      const path = `/api/v1/closures/${june}/reopening`;
      expect((await world.app.request(path, { by: second, key: uuid(), json })).status).toBe(200);
      const before = await kept(june);
      expect(before).toMatchObject({ edition: 1, reopened: { reason: '补一张说明' } });
      expect(before.reopened?.name).not.toBe('');
      expect(await draft()).toMatchObject({ month: '2026-06', edition: 2 });
      const again = await close('2026-06');
      const after = await kept(again);
      expect(after).toMatchObject({ edition: 2, totals: { closing: '10.00' } });
      expect(after.editions.map(({ edition, closure }) => [edition, closure])).toEqual([
        [2, again],
        [1, june],
      ]);
      expect(await kept(june)).toMatchObject({ edition: 1, hash: before.hash });
      const { items } = await read<{ items: { id: string; edition: number }[] }>(
        world,
        `/places/${world.estate.id}/closures?limit=10`,
      );
      expect(items.map(({ id, edition }) => [id, edition])).toEqual([
        [again, 2],
        [june, 1],
      ]);
    });

    it('a month in which nothing was offset has a statement too, of what is carried through it', async () => {
      world.app.clock.now = AUGUST_2;
      await takeBills(world, { '0501': '118.32' }, 'again.csv');
      await givePoints(world, await residentOf(world, '0501'), { con: 10 });
      const july = await close('2026-07');
      expect(await kept(july)).toMatchObject({
        documents: { count: 0, first: '', last: '' },
        totals: { opening: '10.00', made: '0.00', posted: '10.00', closing: '0.00' },
      });
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });

    it('cannot be changed: the database refuses, and of one that was put in place of it verify says so', async () => {
      const { engine } = world.app;
      const { monthStatements: t } = engine.tables;
      const [row] = await engine.db.select().from(t).where(eq(t.closure, june));
      await expect(
        (async () =>
          engine.db
            .update(t)
            .set({ hash: 'f'.repeat(64) })
            .where(eq(t.closure, june)))(),
      ).rejects.toThrow();
      await expect((async () => engine.db.delete(t).where(eq(t.closure, june)))()).rejects.toThrow();
      const forged = {
        ...row!,
        id: uuid(),
        closure: uuid(),
        edition: 9,
        body: row!.body.replace('35', '36'),
      };
      await engine.db.insert(t).values(forged);
      const { findings } = await verify(engine, productChecks);
      expect(findings.map(({ zh }) => zh).join('\n')).toMatch(/月结单 .* 的内容的哈希与账上不符/u);
    });

    it('a closing of before statements were kept says that it has none', async () => {
      const { app, estate, accountant } = world;
      const old = { id: uuid(), version: 1, place: estate.id, month: '2026-01', state: 'reopened' as const };
      await app.engine.db
        .insert(app.engine.tables.closures)
        .values({ ...old, closedBy: `person:${CLERK.person}`, createdAt: 0 });
      const answer = await app.request(`/api/v1/closures/${old.id}/statement`, { by: accountant });
      expect(await codeOf(answer)).toBe('no-statement-kept');
    });
  });
});

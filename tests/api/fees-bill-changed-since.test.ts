/**
 * Offsets whose bill is another one by the time the firm posts them: issued anew, cancelled, or paid in money (trap 12). No
 * bill is ever paid by points and money together by more than it says, unless two people know why.
 */
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset, confirmOffset, exportOffsets, importBills } from '../../api/fees/index.ts';
import { findOffset } from '../../api/fees/offsets.ts';
import { handingOver } from '../../api/fees/settle-posted-list.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { tellOfLeftOffsets } from '../../api/notices/tell-of-left-offsets.ts';
import { isProblem } from '../../api/platform/index.ts';
import { explainers } from '../../api/app.ts';
import { post, verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { foundWith } from '../support/changed-rows.ts';
import {
  fileOf,
  givePoints,
  offsetBill,
  ok,
  residentOf,
  secondOf,
  takeRoster,
  type FeesWorld,
} from '../support/fees-world.ts';
import { handOverAsBefore, hashAsBefore } from '../support/before-upgrade.ts';
import { CLERK, DAY_MS, handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';

const HEADER = '房号,收费项目,计费月份,应收金额,已收';
const ROOMS = ['0501', '0502', '0503', '0504', '0505', '0506', '0507'];

async function bills(
  { deps, estate }: FeesWorld,
  rows: readonly string[],
  confirmed: readonly string[] = [],
) {
  const file = fileOf([HEADER, ...rows, ''].join('\n'), `${uuid()}.csv`);
  // This firm's 已收 is money alone.
  const by = { actor: 'person:accountant', dryRun: false, confirmed, paidHas: 'money' as const };
  return importBills(deps, { estate: estate.id, file, ...by });
}

const line = (room: string, yuan: string, paid = '0.00') => `3-2-${room},物业服务费,2026-06,${yuan},${paid}`;

eachEngine((_name, open) => {
  describe('bills that change under an offset', () => {
    let world: FeesWorld;
    const stateOf = async (nth: number) => {
      const { offsets: t } = world.app.engine.tables;
      const rows = await world.app.engine.db
        .select({ state: t.state })
        .from(t)
        .where(eq(t.number, `DK-2606-000${nth}`));
      return rows[0]?.state;
    };
    const openBreaks = async () => {
      const { items } = await read<{
        items: {
          id: string;
          kind: string;
          proposal: string;
          zh: string;
          ours?: { number: string };
          offers?: { resolution: string }[];
        }[];
      }>(world, `/estates/${world.estate.id}/breaks?state=open&limit=50`);
      return items;
    };
    const said = async () =>
      (await openBreaks()).map(({ kind, ours }) => `${ours?.number.slice(-4) ?? '–'} ${kind}`).sort();

    const offsetNamed = async (nth: number) => {
      const { offsets: t } = world.app.engine.tables;
      const [row] = await world.app.engine.db
        .select()
        .from(t)
        .where(eq(t.number, `DK-2606-00${String(nth).padStart(2, '0')}`));
      return row!;
    };
    const moveIn = async (room: string) => {
      await takeRoster(world, [`3,2,${room},住户${room},1390000${room},业主,,`]);
      ok(await bills(world, [line(room, '118.32')]));
      await givePoints(world, await residentOf(world, room), { con: 5_000 });
    };
    const handOverNow = async () => {
      const ask = { key: uuid(), scope: `place:${world.estate.id}` };
      ok(await exportOffsets(world.deps, { estate: world.estate.id, actor: CLERK, ...ask }));
    };
    const offsetNewest = async (room: string, valueFen: number) => {
      const { bills: t, houses } = world.app.engine.tables;
      const [bill] = await world.app.engine.db
        .select({ id: t.id })
        .from(t)
        .innerJoin(houses, eq(houses.id, t.house))
        .where(and(eq(houses.room, room), eq(t.state, 'open')));
      const member = await residentOf(world, room);
      const actor = { kind: 'person' as const, person: member, roles: [] };
      const input = { bill: bill!.id, member, valueFen };
      ok(await confirmOffset(world.deps, { input, actor, key: uuid(), scope: `person:${member}` }));
    };
    const rowOf = (nth: number, room: string, yuan: string) =>
      `DK-2606-${String(nth).padStart(4, '0')},3-2-${room},物业服务费,202606,${yuan},2026-06-24,已入账,`;
    const breakOf = async (nth: number) =>
      (await openBreaks()).find(({ ours }) => ours?.number === `DK-2606-${String(nth).padStart(4, '0')}`)!;
    const resolve = (id: string, by: FeesWorld['accountant']) =>
      world.app.request(`/api/v1/breaks/${id}/resolution`, {
        ...{ by, key: uuid(), json: { resolution: 'accept', comment: '账单重新出过，放得下' } },
      });
    const accept = async (id: string, by: FeesWorld['accountant']) => (await resolve(id, by)).status;
    const findings = async () => (await verify(world.app.engine, productChecks)).findings;

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ROOMS, points: { con: 3_189, vol: 36 } });
      for (const room of ROOMS) await offsetBill(world, room, '35.49');
    });

    it('are asked about with the numbers, however few they are', async () => {
      const anew = [line('0501', '20.00'), line('0502', '118.32', '118.32'), line('0507', '118.32', '82.83')];
      const asked = await bills(world, anew);
      expect(isProblem(asked) && asked.code).toBe('not-confirmed');
      const zh = JSON.stringify(asked);
      expect(zh).toMatch(/有 2 张.*DK-2606-0001（抵 35.49 元，账单由 118.32 元改为 20.00 元）/);
      expect(zh).toContain('DK-2606-0002（抵 35.49 元，账单 118.32 元已收 118.32 元）');
      ok(await bills(world, anew, ['touches-offsets']));
      expect(await said()).toEqual(['0001 reissued', '0002 paid-first']);
    });

    it('keep what waits from being handed over, which the page says, and tell the resident', async () => {
      const path = `/estates/${world.estate.id}/offset-exports/next`;
      expect(await read(world, path)).toMatchObject({
        count: 5,
        value: '177.45',
        leftOut: {
          count: 2,
          items: [
            { number: 'DK-2606-0001', value: '35.49', why: 'reissued' },
            { number: 'DK-2606-0002', why: 'paid-first' },
          ],
        },
      });
      await handOver(world);
      world.app.clock.now += 5 * DAY_MS;
      expect([await stateOf(1), await stateOf(2), await stateOf(3)]).toEqual(['held', 'held', 'exported']);
      const { notices: t } = world.app.engine.tables;
      // Page by page nobody is forgotten, and nobody told twice.
      expect(await tellOfLeftOffsets(world.deps, { atOnce: 1 })).toBe(2);
      for (let runs = 0; runs < 2; runs += 1) await makeNotices(world.deps, explainers);
      const rows = await world.app.engine.db
        .select({ person: t.person, facts: t.facts })
        .from(t)
        .where(eq(t.kind, 'offset-left'));
      const residents = [await residentOf(world, '0501'), await residentOf(world, '0502')];
      expect(rows.map(({ person }) => person).sort()).toEqual(residents.sort());
      expect(JSON.stringify(rows)).toContain('DK-2606-0001');
    });

    it('are settled with the offset when the resident takes it back, and then the new bill is free', async () => {
      const { offsets: t } = world.app.engine.tables;
      const [first] = await world.app.engine.db.select().from(t).where(eq(t.number, 'DK-2606-0001'));
      const ask = { key: uuid(), scope: 'person:test' };
      ok(await cancelOffset(world.deps, { offset: first!.id, actor: CLERK, ...ask }));
      expect(await said()).toEqual(['0002 paid-first']);
      const [second] = await openBreaks();
      expect(second?.offers?.map(({ resolution }) => resolution)).toEqual(['release']);
    });

    it('in the firm’s hands are captured by no machine: too small, paid, cancelled or only another', async () => {
      const changed = [
        line('0503', '20.00'),
        line('0504', '118.32', '118.32'),
        line('0505', '0.00'),
        line('0506', '118.31'),
      ];
      const confirmed = ['touches-offsets', 'cancels-bills', 'mostly-reissued'];
      ok(await bills(world, changed, confirmed));
      const rows = [3, 4, 5, 6, 7].map((nth) => postedRow(nth, '35.49'));
      const { counts } = await takePosted(world, 'posted.csv', rows);
      expect(counts).toMatchObject({ captured: 1, matched: 1 });
      expect(await stateOf(7)).toBe('posted');
      expect(await said()).toEqual([
        '0002 paid-first',
        '0003 reissued',
        '0004 paid-first',
        '0005 reissued',
        '0006 reissued',
      ]);
      const offers = Object.fromEntries(
        (await openBreaks()).map(({ ours, offers: all = [] }) => [
          ours?.number.slice(-1),
          all.map(({ resolution }) => resolution).join(' '),
        ]),
      );
      expect(offers).toMatchObject({
        3: 'firm-corrects release',
        4: 'firm-corrects accept release',
        5: 'firm-corrects release',
        6: 'firm-corrects accept release',
      });
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });

    it('that wait in the firm’s books stay in its hands, neither taken nor given back', async () => {
      ok(await bills(world, [line('0508', '118.32')]));
      const later = await takePosted(
        world,
        'later.csv',
        [
          postedRow(3, '35.49', '2026-06-22', '未入账,等下月处理'),
          postedRow(6, '35.49', '2026-06-22', '无法入账,'),
        ],
        true,
      );
      expect(later.counts).toMatchObject({ rejected: 1, matched: 0 });
      expect(later.rejected[0]?.reasons[0]?.zh).toContain('无法入账');
    });

    it('are no bar to what is handed over next', async () => {
      const ask = { key: uuid(), scope: `place:${world.estate.id}` };
      const none = await exportOffsets(world.deps, { estate: world.estate.id, actor: CLERK, ...ask });
      expect(isProblem(none) && none.code).toBe('nothing-to-export');
    });

    it('and that two offsets of the line together do not fit are passed by one of them alone', async () => {
      await moveIn('0601');
      await offsetBill(world, '0601', '10.00');
      await handOverNow();
      ok(await bills(world, [line('0601', '100.00')], ['touches-offsets']));
      await offsetNewest('0601', 2_000);
      await handOverNow();
      // Points pay 24.00 of it: either offset, not both.
      ok(await bills(world, [line('0601', '80.00')], ['touches-offsets']));
      const rows = [rowOf(8, '0601', '10.00'), rowOf(9, '0601', '20.00')];
      expect((await takePosted(world, 'both.csv', rows)).counts).toMatchObject({ captured: 0 });
      const [first, second] = [await breakOf(8), await breakOf(9)];
      expect([first, second].map(({ proposal }) => proposal)).toEqual(['accept', 'accept']);
      expect(await accept(first.id, world.accountant)).toBe(200);
      const refused = await resolve(second.id, world.accountant);
      expect(await refused.json()).toMatchObject({ code: 'resolution-not-possible' });
      expect([await stateOf(8), await stateOf(9)]).toEqual(['posted', 'exported']);
    });

    it('and were paid meanwhile take two people, who know what the firm has counted', async () => {
      ok(await bills(world, [line('0601', '118.32', '100.00')], ['touches-offsets']));
      const { id } = await breakOf(9);
      const all = { by: world.accountant, key: uuid(), json: { breaks: [id], comment: '照建议' } };
      const several = await world.app.request(`/api/v1/estates/${world.estate.id}/breaks/accept`, all);
      expect(await several.json()).toMatchObject({ accepted: 0 });
      expect(await accept(id, world.accountant)).toBe(200);
      expect(await stateOf(9)).toBe('exported');
      expect(await accept(id, world.accountant)).toBe(403);
      expect(await accept(id, await secondOf(world))).toBe(200);
      expect(await stateOf(9)).toBe('posted');
      expect(await findings()).toEqual([]);
      // Had the bill been smaller by then, each would have fitted and both not.
      const { bills: t } = world.app.engine.tables;
      const amountOf = (amountFen: number) =>
        world.app.engine.db.update(t).set({ amountFen }).where(eq(t.paidFen, 10_000));
      await amountOf(8_000);
      expect((await findings()).map(({ zh }) => zh).join()).toContain('2 张一共抵了 30.00 元');
      await amountOf(11_832);
    });

    it('below what points have paid of them are asked about, and what does not fit is to be reversed', async () => {
      world.app.clock.now += 60_000;
      const smaller = [line('0601', '25.00')];
      const asked = await bills(world, smaller, ['touches-offsets']);
      expect(isProblem(asked) && asked.code).toBe('not-confirmed');
      expect(JSON.stringify(asked)).toContain('应收 25.00 元，收的钱 0.00 元，积分抵扣已入账 30.00 元');
      ok(await bills(world, smaller, ['touches-offsets', 'paid-beyond', 'paid-less']));
      expect(await breakOf(8)).toBeUndefined();
      expect(await breakOf(9)).toMatchObject({ kind: 'reissued', proposal: 'reverse' });
    });

    it('of a book of before, which posted on a smaller bill, stay as they were posted', async () => {
      await moveIn('0602');
      const { offset: id } = await offsetBill(world, '0602', '35.49');
      const batch = await handOverAsBefore(world, id);
      ok(await bills(world, [line('0602', '20.00')], ['touches-offsets']));
      const offset = (await findOffset(world.app.engine, id))!;
      const ask = { book: 1, scope: 'test', key: uuid(), request: 'before' };
      ok(await post(world.deps, ask, { actor: 'test', ...handingOver(offset, []) }));
      expect(await findings()).toEqual([]);
      const saying = async (row: { table: string; id: string }, columns: Record<string, string>) =>
        (await foundWith(world.app.engine, row, columns)).map(({ zh }) => zh).join();
      const itsBill = { table: 'bills', id: offset.bill };
      expect(await saying(itsBill, { amount_fen: '5000' })).toContain('入账时账单是 20.00 元');
      expect(await saying({ table: 'export_batches', id: batch }, { rows_hash: "'x'" })).toContain(
        '入账时账单是',
      );
      // Nor does a batch of today become one of before by its row alone.
      const today = (await findOffset(world.app.engine, (await offsetNamed(9)).id))!;
      const old = `'${hashAsBefore([today])}'`;
      const said = await saying({ table: 'export_batches', id: today.exportBatch! }, { rows_hash: old });
      expect(said).toContain(today.exportBatch);
    });
  });
});

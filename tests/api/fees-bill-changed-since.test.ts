/**
 * Offsets whose bill is another one by the time the firm posts them: issued anew, cancelled, or paid in money (trap 12). No
 * bill is ever paid by points and money together by more than it says, unless two people know why.
 */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset, exportOffsets, importBills } from '../../api/fees/index.ts';
import { makeNotices } from '../../api/notices/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { explainers } from '../../api/app.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { CLERK, DAY_MS, handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';

const HEADER = '房号,收费项目,计费月份,应收金额,已收';
const ROOMS = ['0501', '0502', '0503', '0504', '0505', '0506', '0507'];

async function bills(
  { deps, estate }: FeesWorld,
  rows: readonly string[],
  confirmed: readonly string[] = [],
) {
  const file = fileOf([HEADER, ...rows, ''].join('\n'), `${uuid()}.csv`);
  const by = { actor: 'person:accountant', dryRun: false, confirmed };
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
        items: { kind: string; zh: string; ours?: { number: string }; offers?: { resolution: string }[] }[];
      }>(world, `/estates/${world.estate.id}/breaks?state=open&limit=50`);
      return items;
    };
    const said = async () =>
      (await openBreaks()).map(({ kind, ours }) => `${ours?.number.slice(-4) ?? '–'} ${kind}`).sort();

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
  });
});

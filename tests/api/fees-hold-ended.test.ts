/** What was handed to the firm and never posted comes back when its hold has ended, and says so. */
import { beforeAll, describe, expect, it } from 'vitest';
import { explainOffset } from '../../api/fees/index.ts';
import { runJobs } from '../../api/jobs.ts';
import { balancesOf, verify } from '../../api/ledger/index.ts';
import { eachEngine } from '../support/database.ts';
import { residentOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const ROOMS = ['0501', '0502', '0503'];

type Break = {
  kind: string;
  zh: string;
  state: string;
  offers?: { resolution: string }[];
  transaction?: string;
};

eachEngine((_name, open) => {
  describe('an offset that was handed over and not posted', () => {
    let world: FeesWorld;

    const get = async <Item>(path: string): Promise<Item[]> =>
      (await read<{ items: Item[] }>(world, `/estates/${world.estate.id}/${path}&limit=100`)).items;
    const breaks = async (state: 'open' | 'resolved') => get<Break>(`breaks?state=${state}`);
    const pointsOf = async (room: string) => {
      const owner = await residentOf(world, room);
      const all = await balancesOf(world.app.engine, { book: 1, owner });
      const of = (role: string) => all.filter((b) => b.role === role).reduce((sum, b) => sum + b.balance, 0);
      return { held: of('held'), available: of('available') };
    };

    beforeAll(async () => {
      world = await openJune(open, { rooms: ROOMS, points: { vol: 100 } });
      world.app.clock.now += DAY_MS;
      // The first is posted a fen too high, the others not at all.
      await takePosted(world, '一.csv', [postedRow(1, '10.01')]);
      expect((await breaks('open')).map(({ kind }) => kind).sort()).toEqual([
        'amount',
        'missing-there',
        'missing-there',
      ]);
    });

    it('keeps its points while the hold lasts, and says on the desk until when', async () => {
      await runJobs(world.app.server.deps);
      expect((await breaks('open'))[0]).toMatchObject({ heldUntil: '2026-08-31T16:00:00.000Z' });
      expect(await pointsOf('0502')).toEqual({ held: 100, available: 0 });
    });

    it('is given back by the job when the hold has ended, once, and says why', async () => {
      world.app.clock.now = Date.parse('2026-09-01T00:00:00+08:00');
      await runJobs(world.app.server.deps);
      await runJobs(world.app.server.deps);
      for (const room of ROOMS) expect(await pointsOf(room)).toEqual({ held: 0, available: 100 });
      const returned = await get<{ state: string; holdEnded?: boolean; settled: string }>(
        'offsets?state=returned',
      );
      expect(returned).toHaveLength(3);
      for (const each of returned) expect(each).toMatchObject({ holdEnded: true });
      const settled = Number(returned[0]!.settled);
      expect((await explainOffset(world.app.engine, [settled])).get(settled)).toMatchObject({
        zh: expect.stringMatching(/^抵扣到期没有入账，退回：/),
      });
    });

    it('settles what was open because nobody had posted it, and leaves what the firm has to correct', async () => {
      const resolved = await breaks('resolved');
      expect(resolved).toMatchObject([
        { kind: 'missing-there', resolution: 'release', transaction: expect.any(String) },
        { kind: 'missing-there', resolution: 'release', transaction: expect.any(String) },
      ]);
      const offers = [{ resolution: 'firm-corrects', secondPerson: false }];
      expect(await breaks('open')).toMatchObject([{ kind: 'hold-ended', difference: '10.01', offers }]);
    });

    it('comes too late in a later list: a break of its own, the same one when that list goes on', async () => {
      const late = await takePosted(world, '二.csv', [postedRow(2, '10.00', '2026-09-01')]);
      expect(late.counts).toMatchObject({ captured: 0, failed: 0, 'break:hold-ended': 1 });
      expect(late.reconciliation).toMatchObject({ oursFen: 0, theirsFen: 1_000, differenceFen: 1_000 });
      const found = { kind: 'hold-ended', difference: '10.00', ours: { state: 'returned' } };
      const offers = [{ resolution: 'firm-corrects', secondPerson: false }];
      const ofTwo = async () => (await breaks('open')).find(({ zh }) => zh.includes('DK-2606-0002'));
      expect(await ofTwo()).toMatchObject({ ...found, offers });
      expect((await ofTwo())!.zh).toBe(
        'DK-2606-0002：物业入账太晚。为这张单预留的积分到期时，系统已经退给居民，不能再付给物业。请物业撤销清单第 2 行，改向居民收 10.00 元；说好以后，在这里选“请物业更正”并写明',
      );
      const on = await takePosted(world, '四.csv', [
        postedRow(2, '10.00', '2026-09-01'),
        postedRow(3, '10.00', '2026-09-01'),
      ]);
      expect(on.counts).toMatchObject({ again: 1, 'break:hold-ended': 2 });
      expect((await breaks('open')).map(({ kind }) => kind).sort()).toEqual([
        'hold-ended',
        'hold-ended',
        'hold-ended',
      ]);
      expect(await balancesOf(world.app.engine, { book: 1, owner: world.firm.id })).toEqual([]);
      expect((await verify(world.app.engine)).findings).toEqual([]);
    });
  });
});

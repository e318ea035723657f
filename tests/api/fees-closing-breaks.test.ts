/** A month may be closed while breaks are open, but not without its accountant being told how many and how much. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveBreak } from '../../api/fees/index.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, JUNE_20, ok, type FeesWorld } from '../support/fees-world.ts';
import { CLERK, DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

type Next = { month: string; openBreaks: { count: number; value: string; difference: string } };
type Break = { id: string; kind: string; ours?: { number: string } };

eachEngine((_name, open) => {
  describe('what is open in the month that is closed next', () => {
    let world: FeesWorld;
    const next = () => read<Next>(world, `/places/${world.estate.id}/next-closure`);
    const breaks = async () =>
      (await read<{ items: Break[] }>(world, `/estates/${world.estate.id}/breaks?state=open`)).items;

    beforeAll(async () => {
      world = await openJune(open, { rooms: ['0501', '0502', '0503', '0504'], points: { con: 4_000 } });
      world.app.clock.now = JUNE_20 + DAY_MS;
    });

    it('is nothing before the firm has sent its list', async () => {
      expect(await next()).toMatchObject({
        month: '2026-06',
        openBreaks: { count: 0, value: '0.00', difference: '0.00' },
      });
    });

    it('is counted and added up, without too much making up for too little', async () => {
      // 0.05 too much, 10.00 missing, one as it should be, one under July; and rows of July and of no month.
      await takePosted(world, 'june.csv', [
        postedRow(1, '10.05'),
        postedRow(3, '10.00'),
        postedRow(4, '10.00').replace('202606', '202607'),
        ',3-2-0501,物业服务费,202607,7.00,2026-06-21,已入账,',
        ',3-2-0502,物业服务费,,3.00,2026-06-21,已入账,',
      ]);
      const found = (await breaks()).map(({ kind, ours }) => `${kind} ${ours?.number.slice(-1) ?? '–'}`);
      expect(found.sort()).toEqual([
        'amount 1',
        'missing-here –',
        'missing-here –',
        'missing-there 2',
        'wrong-period 4',
      ]);
      expect((await next()).openBreaks).toEqual({ count: 4, value: '13.05', difference: '-6.95' });
    });

    it('is less by each that somebody resolves, and does not stop the closing', async () => {
      const lacking = (await breaks()).find(({ kind }) => kind === 'missing-there')!;
      const input = { break: lacking.id, resolution: 'firm-corrects' as const, comment: '物业月底补' };
      ok(await resolveBreak(world.deps, { ...input, actor: CLERK, key: uuid(), scope: 'test' }));
      expect((await next()).openBreaks).toEqual({ count: 3, value: '3.05', difference: '3.05' });
      world.app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
    });
  });
});

/** A month in which more is taken back than posted, in report and voucher; and a line that two offsets and money share. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { describe, expect, it } from 'vitest';
import { confirmOffset, countOffsets, exportOffsets } from '../../api/fees/index.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, ok, residentOf, secondOf, takeBills } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

type Sums = { count: number; value: string };
type Report = { total: Sums; estates: Sums[]; items: Sums[]; funds: { value: string }[] };
type Voucher = {
  lines: { code: string; debit: string; credit: string }[];
  total: string;
  uppercase: string;
  attachments: number;
};
type LeftOut = { leftOut: { count: number; items: { number: string; why: string }[] } };

const july = (day: string): number => Date.parse(`2026-07-${day}T09:00:00+08:00`);

eachEngine((_name, open) => {
  describe('a month that only takes back what was posted', () => {
    it('is told by estate, item and fund as in the total, and its voucher is red with its papers counted', async () => {
      const world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 2_000 } });
      const { app, estate, accountant } = world;
      app.clock.now = Date.parse('2026-06-28T09:00:00+08:00');
      await takePosted(
        world,
        'june.csv',
        [1, 2].map((nth) => postedRow(nth, '10.00', '2026-06-25')),
      );
      app.clock.now = july('02');
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
      await takePosted(world, 'back.csv', [postedRow(1, '10.00', '2026-07-02', '已退回,账单作废')]);
      const { items } = await read<{ items: { id: string }[] }>(
        world,
        `/estates/${estate.id}/breaks?state=open`,
      );
      expect(items).toHaveLength(1);
      for (const by of [accountant, await secondOf(world)]) {
        const json = { resolution: 'reverse', comment: '物业退回，冲回' };
        const answer = await app.request(`/api/v1/breaks/${items[0]!.id}/resolution`, {
          by,
          key: uuid(),
          json,
        });
        expect(answer.status).toBe(200);
      }
      await countOffsets(app.engine, { book: 1 });
      const span = 'from=2026-07&to=2026-07';
      const report = await read<Report>(world, `/places/${estate.id}/offset-report?${span}`);
      const back = { count: -1, value: '-10.00' };
      expect(report).toMatchObject({ total: back, estates: [back], items: [back] });
      expect(await read<Voucher>(world, `/places/${estate.id}/preliminary-voucher`)).toMatchObject({
        lines: [
          { code: '1221', debit: '-10.00', credit: '0.00' },
          { code: '1122', debit: '0.00', credit: '-10.00' },
        ],
        ...{ total: '-10.00', uppercase: '负壹拾元整', attachments: 1 },
      });
    });
  });

  describe('a line that two offsets share', () => {
    it('is handed over only as far as money and the other offset leave room', async () => {
      const world = await openJune(open, {
        ...{ rooms: ['0501'], points: { con: 5_000 } },
        offsets: [['0501', '20.00']],
      });
      const { app, deps, estate, accountant } = world;
      app.clock.now += DAY_MS;
      await takePosted(world, 'june.csv', [postedRow(1, '20.00')]);
      await takeBills(world, { '0501': '118.00' }, 'again.csv');
      const { bills: b } = app.engine.tables;
      const [bill] = await app.engine.db.select().from(b).where(eq(b.state, 'open'));
      const member = await residentOf(world, '0501');
      const asked = { bill: bill!.id, member, valueFen: 1_540 };
      const resident = { kind: 'person' as const, person: member, roles: [] };
      ok(await confirmOffset(deps, { input: asked, actor: resident, key: uuid(), scope: 'second' }));
      // 118.00 − 90.00 − 20.00 leaves 8.00, which is less than 15.40.
      await app.engine.db.update(b).set({ paidFen: 9_000 }).where(eq(b.id, bill!.id));
      const actor = { kind: 'person' as const, person: accountant.id, roles: [] };
      const ask = { estate: estate.id, actor, key: uuid(), scope: `place:${estate.id}` };
      expect(await exportOffsets(deps, ask)).toMatchObject({ code: 'nothing-to-export' });
      const waiting = await read<LeftOut>(world, `/estates/${estate.id}/offset-exports/next`);
      expect(waiting.leftOut).toMatchObject({
        count: 1,
        items: [{ number: 'DK-2606-0002', why: 'paid-first' }],
      });
      await app.engine.db.update(b).set({ paidFen: 8_000 }).where(eq(b.id, bill!.id));
      ok(await exportOffsets(deps, { ...ask, key: uuid() }));
    });
  });
});

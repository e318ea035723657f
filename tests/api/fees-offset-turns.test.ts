/** Where the firm's rule goes by turns: the oldest unpaid line first, and each fee item on its own terms. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  cancelOffset,
  confirmOffset,
  demoOffsetRule,
  importBills,
  quoteForBill,
} from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { publishRule } from '../../api/programme/index.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, fileOf, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { openEstate } from '../support/june-month.ts';

eachEngine((_name, open) => {
  describe('an offset by a rule that goes by turns', () => {
    let world: FeesWorld;
    let member: string;
    const billOf = async (period: string, item: string) => {
      const { bills: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(t).where(eq(t.period, period));
      return rows.find((row) => row.item === item)!.id;
    };
    const quoted = async (period: string, item = '物业服务费') => {
      const found = await quoteForBill(world.deps, { bill: await billOf(period, item), member });
      return isProblem(found) ? found.code : found.quote.valueFen;
    };
    const offset = async (period: string, valueFen: number, item = '物业服务费') => {
      const actor = { kind: 'person' as const, person: member, roles: [] };
      const input = { bill: await billOf(period, item), member, valueFen };
      return ok(await confirmOffset(world.deps, { input, actor, key: uuid(), scope: 'test' })).offset;
    };
    const takeLines = async (name: string, lines: readonly string[]) => {
      const text = ['房号,收费项目,计费月份,应收金额,已收', ...lines].join('\n');
      const file = fileOf(text, name);
      const confirmed = ['touches-offsets', 'paid-less'];
      const of = {
        estate: world.estate.id,
        file,
        dryRun: false,
        actor: 'person:accountant' as const,
        confirmed,
      };
      ok(await importBills(world.deps, of));
    };

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501'], points: { con: 9_000, vol: 100 } });
      member = await residentOf(world, '0501');
      await takeLines('more.csv', [
        '3-2-0501,物业服务费,2026-05,100.00,0.00',
        '3-2-0501,公摊水电,2026-06,12.40,0.00',
      ]);
      await publishRule(world.deps, {
        ...{ place: world.community.id, kind: 'offset', validFrom: 1, reason: '2026', actor: 'test' },
        body: {
          ...demoOffsetRule,
          feeItems: ['物业服务费', '公摊水电'],
          ...{ maxShare: '1', arrears: 'oldest-first', itemOrder: 'as-listed' },
          items: { 公摊水电: { maxFenPerHouseholdMonth: 300, worthMicro: { VOL: 50_000 } } },
        },
      });
    });

    it('begins with the oldest line that is unpaid, whatever its own month’s cut-off was', async () => {
      expect([await quoted('2026-06'), await quoted('2026-05')]).toEqual(['older-bill-first', 5_000]);
      const may = await offset('2026-05', 5_000);
      expect(await quoted('2026-06')).toBe('older-bill-first');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await cancelOffset(world.deps, { offset: may, actor, key: uuid(), scope: 'test' }));
    });

    it('goes on once the older line is paid in money, one fee of the month after the other', async () => {
      await takeLines('paid.csv', ['3-2-0501,物业服务费,2026-05,100.00,100.00']);
      expect([await quoted('2026-06', '公摊水电'), await quoted('2026-06')]).toEqual([
        'other-item-first',
        5_000,
      ]);
      await offset('2026-06', 1_000);
      expect(await quoted('2026-06', '公摊水电')).toBe(300);
      await offset('2026-06', 300, '公摊水电');
    });

    it('tells after the cut-off day that the next bill can be offset', async () => {
      world.app.clock.now = Date.parse('2026-06-26T00:00:00+08:00');
      const found = await quoteForBill(world.deps, { bill: await billOf('2026-05', '物业服务费'), member });
      expect(found).toMatchObject({
        code: 'after-cut-off',
        detail: { zh: expect.stringContaining('下个月的账单出来后可以再抵') as string },
      });
    });

    it('leaves a closed month as it was signed', async () => {
      world.app.clock.now = Date.parse('2026-07-02T10:00:00+08:00');
      expect((await closeByTwo(world, { month: '2026-05' })).ok).toBe(true);
      expect(await quoted('2026-05')).toBe('month-closed');
    });

    it('sends nobody round in a circle: what is left of a closed month is paid in money, as both bills say', async () => {
      // The firm took its receipt back: 100.00 of May are to pay, and May is closed.
      await takeLines('unpaid.csv', [
        '3-2-0501,物业服务费,2026-05,100.00,0.00',
        '3-2-0501,物业服务费,2026-07,100.00,0.00',
      ]);
      const bill = await billOf('2026-05', '物业服务费');
      expect(await quoteForBill(world.deps, { bill, member })).toMatchObject({
        code: 'month-closed',
        detail: { zh: expect.stringContaining('直接向物业缴') as string },
      });
      await takeLines('june.csv', [
        '3-2-0501,物业服务费,2026-06,118.32,118.32',
        '3-2-0501,公摊水电,2026-06,12.40,12.40',
      ]);
      const july = await billOf('2026-07', '物业服务费');
      expect(await quoteForBill(world.deps, { bill: july, member })).toMatchObject({
        code: 'arrears',
        detail: { zh: expect.stringContaining('100.00 元以前的费用没有缴清，这部分不能用积分抵') as string },
      });
      await takeLines('settled.csv', ['3-2-0501,物业服务费,2026-05,100,100']);
      expect(await quoted('2026-07')).toBe(5_000);
    });

    it('keeps books that verify', async () => {
      expect((await verify(world.app.engine)).findings).toEqual([]);
    });
  });
});

/** A firm moves the due date of a year's bill that points stand on: the household has one month's cap, not two. */
import { describe, expect, it } from 'vitest';
import { confirmOffset, importBills, quoteForBill } from '../../api/fees/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { openEstate } from '../support/june-month.ts';

const HEADER = '房号,收费项目,计费月份,应收金额,截止日期';
const YEAR = '3-2-0501,物业服务费,2026-07至2027-06,1419.84';

eachEngine((_name, open) => {
  describe('the due month of a year’s bill moves after points were put against it', () => {
    const take = async (world: FeesWorld, row: string, fileName: string) => {
      const of = { estate: world.estate.id, file: fileOf(`${HEADER}\n${row}`, fileName), actor: 'test' };
      const { questions } = ok(await importBills(world.deps, { ...of, dryRun: true }));
      const confirmed = questions.map(({ code }) => code);
      ok(await importBills(world.deps, { ...of, dryRun: false, confirmed }));
      return confirmed;
    };
    const billOf = async ({ app: { engine } }: FeesWorld, period: string) => {
      const all = await engine.db.select().from(engine.tables.bills);
      return all.find((bill) => bill.period === period && bill.state === 'open')!.id;
    };
    /** What the household could offset of it, or why it cannot. */
    const most = async (world: FeesWorld, bill: string) => {
      const found = await quoteForBill(world.deps, { bill, member: await residentOf(world, '0501') });
      return isProblem(found) ? found.code : found.quote.valueFen;
    };
    const offset = async ({ deps, ...world }: FeesWorld, bill: string, valueFen: number) => {
      const member = await residentOf({ deps, ...world }, '0501');
      return confirmOffset(deps, {
        input: { bill, member, valueFen },
        actor: { kind: 'person', person: member, roles: [] },
        key: `${bill}:${valueFen}`,
        scope: 'test',
      });
    };
    /** The year is due in August, and `yuan` of it are offset; June is paid. */
    const openYear = async (valueFen: number) => {
      const world = await openEstate(open, { rooms: ['0501'], points: { con: 20_000 } });
      const { engine } = world.app;
      await engine.db.delete(engine.tables.bills);
      await take(world, `${YEAR},2026-08-31`, 'year.csv');
      const year = await billOf(world, '2026-07');
      ok(await offset(world, year, valueFen));
      return world;
    };

    it('what is offset of it counts in the cap of the month that it is due in now', async () => {
      const world = await openYear(4_000);
      await take(world, `${YEAR},2026-09-30`, 'later.csv');
      await take(world, '3-2-0501,物业服务费,2026-09,200.00,', 'september.csv');
      const september = await billOf(world, '2026-09');
      expect(await most(world, september)).toBe(1_000);
      ok(await offset(world, september, 1_000));
      expect(await most(world, september)).toBe('already-done');
    });

    it('and no more in that of the month that it was due in', async () => {
      const world = await openYear(5_000);
      await take(world, '3-2-0501,物业服务费,2026-08,200.00,', 'august.csv');
      const august = await billOf(world, '2026-08');
      expect(await most(world, august)).toBe('monthly-cap-used');
      await take(world, `${YEAR},2026-09-30`, 'later.csv');
      expect(await most(world, august)).toBe(5_000);
      ok(await offset(world, august, 5_000));
      await take(world, '3-2-0501,物业服务费,2026-09,200.00,', 'september.csv');
      expect(await most(world, await billOf(world, '2026-09'))).toBe('monthly-cap-used');
    });

    it('the same where the year is issued anew for another amount', async () => {
      const world = await openYear(4_000);
      await take(world, `${YEAR.replace('1419.84', '1400.00')},2026-09-30`, 'anew.csv');
      await take(world, '3-2-0501,物业服务费,2026-09,200.00,', 'september.csv');
      expect(await most(world, await billOf(world, '2026-09'))).toBe(1_000);
    });
  });
});

/** A house is not in arrears for what its points have paid and the firm has not counted yet. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { confirmOffset, importBills, quoteForBill } from '../../api/fees/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, givePoints, offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, takePosted } from '../support/june-month.ts';

/** July's sheet; June's is paid in money but for the 30 % that points may pay. */
const july = (pastDue: string) => `房号,收费项目,计费月份,应收金额,往期欠费
3-2-0501,物业服务费,2026-07,118.32,${pastDue}`;
const PAID = `房号,收费项目,计费月份,应收金额,已收
3-2-0501,物业服务费,2026-06,118.32,82.83`;

eachEngine((_name, open) => {
  describe('a house whose June was paid in money and points', () => {
    let world: FeesWorld;

    const take = async (text: string) => {
      const file = fileOf(text, `${uuid()}.csv`);
      const { deps, estate } = world;
      ok(await importBills(deps, { estate: estate.id, file, dryRun: false, actor: 'person:accountant' }));
    };
    const billOf = async (month: string) => {
      const { bills: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(t);
      return rows.find(({ period }) => period === month)?.id ?? '';
    };
    /** Whether July's bill could be offset now, or why not. */
    const july1 = async () => {
      const member = await residentOf(world, '0501');
      const quoted = await quoteForBill(world.deps, { bill: await billOf('2026-07'), member });
      return isProblem(quoted) ? quoted.code : 'could be';
    };
    const payJune = async () => {
      const member = await residentOf(world, '0501');
      const input = { bill: await billOf('2026-06'), member, valueFen: 3_549 };
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await confirmOffset(world.deps, { input, actor, key: uuid(), scope: `person:${member}` }));
    };

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501'], points: { con: 9_000 } });
      await take(PAID);
      await take(july('35.49'));
    });

    it('is in arrears until the points are put against it', async () => {
      expect(await july1()).toBe('arrears');
      await payJune();
      expect(await july1()).toBe('could be');
    });

    it('is not while the firm has them, nor when it has posted them after it wrote July’s sheet', async () => {
      await handOver(world);
      expect(await july1()).toBe('could be');
      world.app.clock.now += 3 * DAY_MS;
      await takePosted(world, 'posted.csv', [postedRow(1, '35.49', '2026-06-22')]);
      expect(await july1()).toBe('could be');
    });

    it('is again when the firm, with them in its books, still says so', async () => {
      await take(july('12.00'));
      expect(await july1()).toBe('arrears');
      await take(july('0'));
      expect(await july1()).toBe('could be');
    });

    it('pays ahead: a bill of a month to come owes nothing yet, and each month has a cap of its own', async () => {
      const ahead = ['2026-08', '2026-09'].map((month) => `3-2-0501,物业服务费,${month},118.32`);
      await take(['房号,收费项目,计费月份,应收金额', ...ahead].join('\n'));
      const member = await residentOf(world, '0501');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      const values = { '2026-09': 3_549, '2026-07': 1_902 };
      for (const [month, valueFen] of Object.entries(values)) {
        const input = { bill: await billOf(month), member, valueFen };
        ok(await confirmOffset(world.deps, { input, actor, key: uuid(), scope: `person:${member}` }));
      }
      // A firm that posts September's fees in September still finds the points.
      const { holds: h } = world.app.engine.tables;
      const ends = await world.app.engine.db.select({ at: h.endsAt }).from(h).orderBy(h.endsAt);
      expect(ends.at(-1)?.at).toBe(Date.parse('2026-12-01T00:00+08:00'));
      // What was due by now and is not paid still stands in the way of what is to come.
      await take(`房号,收费项目,计费月份,应收金额,已收\n3-2-0501,物业服务费,2026-05,9.00,0.00`);
      const refused = await quoteForBill(world.deps, { bill: await billOf('2026-08'), member });
      expect(isProblem(refused) && refused.code).toBe('arrears');
    });
  });

  describe('a house of which the firm says that all of June is owed', () => {
    it('is in arrears until the money has come, by whichever file; and again when a later file still says so', async () => {
      const world = await openEstate(open, { rooms: ['0501'], points: { con: 9_000 } });
      const { app, deps, estate } = world;
      const take = async (text: string) => {
        app.clock.now += 60_000;
        const file = fileOf(text, `${uuid()}.csv`);
        ok(await importBills(deps, { estate: estate.id, file, dryRun: false, actor: 'person:accountant' }));
      };
      const july1 = async () => {
        const { bills: t } = app.engine.tables;
        const bill = (await app.engine.db.select().from(t)).find(({ period }) => period === '2026-07')!.id;
        const quoted = await quoteForBill(deps, { bill, member: await residentOf(world, '0501') });
        return isProblem(quoted) ? quoted.code : 'could be';
      };
      await take(july('118.32'));
      expect(await july1()).toBe('arrears');
      await take(PAID);
      // 35.49 is still to come.
      expect(await july1()).toBe('arrears');
      await take(PAID.replace('82.83', '118.32'));
      expect(await july1()).toBe('could be');
      await take(july('20.00'));
      expect(await july1()).toBe('arrears');
    });
  });

  describe('a house that was sold on 20 June, its June unpaid but for the seller’s points', () => {
    it('refuses the buyer nothing of June, by our bills or the firm’s figure; July is the buyer’s', async () => {
      const world = await openEstate(open, { rooms: ['0501'], points: { con: 9_000 } });
      const { app, deps, estate } = world;
      await offsetBill(world, '0501', '35.49');
      const { residencies: r, bills: t } = app.engine.tables;
      const [link] = await app.engine.db.select().from(r);
      const sale = await app.request(`/api/v1/houses/${link!.house}/sale`, {
        by: await app.person({ role: 'staff', place: estate.id }),
        json: {
          day: '2026-06-20',
          name: '买房人',
          phone: '13900000001',
          confirm: ['shared-phones', 'namesake'],
        },
      });
      const { person: member } = (await sale.json()) as { person: string };
      await givePoints(world, member, { con: 9_000 });
      app.clock.now = Date.parse('2026-07-05T09:00:00+08:00');
      const take = async (...rows: string[]) => {
        app.clock.now += 60_000;
        const text = ['房号,收费项目,计费月份,应收金额,往期欠费', ...rows.map((row) => `3-2-0501,${row}`)];
        const file = fileOf(text.join('\n'), `${uuid()}.csv`);
        ok(await importBills(deps, { estate: estate.id, file, dryRun: false, actor: 'person:accountant' }));
      };
      const quote = async (month: string) => {
        const bill = (await app.engine.db.select().from(t)).find(({ period }) => period === month)!.id;
        const quoted = await quoteForBill(deps, { bill, member });
        return isProblem(quoted) ? quoted.code : quoted.quote.valueFen;
      };
      await take('物业服务费,2026-07,118.32,');
      expect(await quote('2026-07')).toBe(3_549);
      await take('物业服务费,2026-07,118.32,82.83');
      expect(await quote('2026-07')).toBe(3_549);
      app.clock.now = Date.parse('2026-08-05T09:00:00+08:00');
      await take('物业服务费,2026-08,118.32,');
      expect(await quote('2026-08')).toBe('arrears');
      await take('物业服务费,2026-08,118.32,201.15');
      expect(await quote('2026-08')).toBe('arrears');
      await take('物业服务费,2026-08,118.32,82.83');
      expect(await quote('2026-08')).toBe(3_549);
    });
  });
});

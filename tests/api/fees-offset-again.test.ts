/**
 * Whose month it is: who was in time does not lose it for the firm's correction, and who buys a house does not answer for
 * whoever sold it (traps 12 and 13).
 */
import { and, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset, confirmOffset, importBills, quoteForBill } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { isProblem } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import {
  closeByTwo,
  fileOf,
  givePoints,
  ok,
  secondOf,
  takeBills,
  takeRoster,
  type FeesWorld,
} from '../support/fees-world.ts';
import { CLERK, openJune, postedRow, takePosted } from '../support/june-month.ts';

const at = (day: string) => Date.parse(`${day}T09:00:00+08:00`);

eachEngine((_name, open) => {
  describe('an offset', () => {
    let world: FeesWorld;
    const house = async (room: string) => {
      const { houses: t } = world.app.engine.tables;
      const [row] = await world.app.engine.db.select().from(t).where(eq(t.room, room));
      return row!.id;
    };
    const personOf = async (room: string, name: string) => {
      const { residencies: r, people: p } = world.app.engine.tables;
      const rows = await world.app.engine.db
        .select({ id: p.id, name: p.name })
        .from(r)
        .innerJoin(p, eq(p.id, r.person))
        .where(eq(r.house, await house(room)));
      return rows.find((row) => row.name === name)!.id;
    };
    const billOf = async (room: string, period: string) => {
      const { bills: t } = world.app.engine.tables;
      const rows = await world.app.engine.db
        .select()
        .from(t)
        .where(and(eq(t.house, await house(room)), eq(t.period, period), eq(t.state, 'open')));
      return rows[0]!.id;
    };
    const quote = async (room: string, name: string, period: string) => {
      const asked = { bill: await billOf(room, period), member: await personOf(room, name) };
      const answer = await quoteForBill(world.deps, asked);
      return isProblem(answer) ? answer.code : answer.quote.valueFen;
    };
    const offset = async (
      room: string,
      name: string,
      period: string,
      valueFen: number,
      deps = world.deps,
    ) => {
      const member = await personOf(room, name);
      const input = { bill: await billOf(room, period), member, valueFen };
      const actor = { kind: 'person' as const, person: member, roles: [] };
      return confirmOffset(deps, { input, actor, key: uuid(), scope: `person:${member}` });
    };
    const release = async () => {
      const { breaks: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(t).where(eq(t.kind, 'reissued'));
      for (const { id } of rows) {
        const json = { resolution: 'release', comment: '账单重出，退回重抵' };
        for (const by of [world.accountant, await secondOf(world)]) {
          const path = `/api/v1/breaks/${id}/resolution`;
          const answer = await world.app.request(path, { by, key: uuid(), json });
          if (answer.status !== 200) throw new Error(`${answer.status} ${await answer.text()}`);
          const [now] = await world.app.engine.db.select().from(t).where(eq(t.id, id));
          if (now?.state === 'resolved') break;
        }
      }
    };
    const sheet = (lines: readonly string[]) =>
      fileOf(['房号,收费项目,计费月份,应收金额,已收', ...lines].join('\n'), `${uuid()}.csv`);
    const take = async (lines: readonly string[]) =>
      ok(
        await importBills(world.deps, {
          ...{ estate: world.estate.id, file: sheet(lines), dryRun: false, actor: 'person:accountant' },
          confirmed: ['closed-month', 'touches-offsets'],
        }),
      );

    beforeAll(async () => {
      // Three put 10.00 against June's bills, in time and handed over; the firm issues two of them anew in July.
      world = await openJune(open, {
        rooms: ['0501', '0502', '0503', '0504', '0505'],
        points: { con: 9_000 },
        offsets: [
          ['0501', '10.00'],
          ['0502', '10.00'],
          ['0505', '10.00'],
        ],
      });
      world.app.clock.now = at('2026-07-03');
      await takeBills(world, { '0501': '110.00', '0505': '110.00' }, 'june-2.csv');
      await takePosted(world, 'posted.csv', [postedRow(2, '10.00')]);
    });

    it('given back because the bill was issued anew is made again on the new one, after the cut-off', async () => {
      expect(await quote('0501', '住户1', '2026-06')).toBe('after-cut-off');
      await release();
      expect(await quote('0501', '住户1', '2026-06')).toBe(3_300);
      // Who had offset nothing of it is too late, whether or not the bill is issued anew.
      await takeBills(world, { '0503': '110.00' }, 'june-3.csv');
      expect(await quote('0503', '住户3', '2026-06')).toBe('after-cut-off');
      expect(await quote('0504', '住户4', '2026-06')).toBe('after-cut-off');
    });

    it('is no more once fifteen days are over, nor in a closed month', async () => {
      world.app.clock.now = at('2026-07-18');
      expect(await quote('0501', '住户1', '2026-06')).toBe(3_300);
      world.app.clock.now = at('2026-07-19');
      expect(await quote('0501', '住户1', '2026-06')).toBe('after-cut-off');
      world.app.clock.now = at('2026-07-18');
      const again = ok(await offset('0501', '住户1', '2026-06', 3_300));
      expect(await quote('0501', '住户1', '2026-06')).toBe('already-done');
      const of = { actor: CLERK, key: uuid(), scope: 'test' };
      ok(await cancelOffset(world.deps, { offset: again.offset, ...of }));
      expect(await quote('0505', '住户5', '2026-06')).toBe(3_300);
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
      expect(await quote('0505', '住户5', '2026-06')).toBe('after-cut-off');
    });

    it('of whoever bought the house is not refused for what the seller owes, and has a cap of its own', async () => {
      world.app.clock.now = at('2026-10-20');
      const bills = ['2026-11', '2026-12', '2027-01'].map((month) => `3-2-0504,物业服务费,${month},118.32,`);
      await take([...bills, '3-2-0504,物业服务费,2026-06,118.32,118.32']);
      // The seller pays ahead: December's cap is theirs to use.
      ok(await offset('0504', '住户4', '2026-12', 3_549));
      await takeRoster(world, [
        '3,2,0504,住户4,13800000504,业主,,2026-12-01',
        '3,2,0504,买房人,13800009504,业主,2026-12-01,',
      ]);
      world.app.clock.now = at('2026-12-10');
      await givePoints(world, await personOf('0504', '买房人'), { con: 9_000 });
      await take(['3-2-0504,公摊水电,2026-12,12.00,']);
      await take(['3-2-0504,物业服务费,2026-12,119.00,']);
      expect(await quote('0504', '住户4', '2027-01')).toBe('not-owner-or-family');
      expect(await quote('0504', '买房人', '2027-01')).toBe('arrears');
      await take(['3-2-0504,公摊水电,2026-12,12.00,12.00', '3-2-0504,物业服务费,2026-12,119.00,83.51']);
      // November's 118.32 is the seller's, whatever the firm's sheet says the house owes.
      expect(await quote('0504', '买房人', '2027-01')).toBe(3_549);
      ok(await offset('0504', '买房人', '2027-01', 3_549));
      const { offsets: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(t).where(eq(t.period, '2027-01'));
      expect(rows.map(({ householdSince }) => householdSince)).toEqual(['2026-12-01']);
    });

    it('made before the sale was written down counts for the buyer’s cap all the same', async () => {
      // Both stand as owners at first: the household goes on, and its cap is counted for the house alone.
      const line = '3-2-0503,物业服务费,2027-02,';
      await takeRoster(world, ['3,2,0503,新住户,13800009503,业主,2026-12-01,']);
      await take(['3-2-0503,物业服务费,2026-06,110.00,110.00', `${line}118.32,0.00`]);
      await givePoints(world, await personOf('0503', '新住户'), { con: 9_000 });
      ok(await offset('0503', '新住户', '2027-02', 3_549));
      await takeRoster(world, ['3,2,0503,住户3,13800000503,业主,,2026-12-01']);
      await take([`${line}400.00,0.00`]);
      // Of 50.00 a month and household 14.51 are left.
      expect(await quote('0503', '新住户', '2027-02')).toBe(1_451);
    });

    it('is of one instant, though a month begins while it is made', async () => {
      const ticks = [at('2027-01-31') + 15 * 3_600_000 - 1, at('2027-01-31') + 15 * 3_600_000];
      world.app.clock.now = ticks[1]!;
      const clock = () => (ticks.length > 1 ? ticks.shift()! : ticks[0]!);
      const made = ok(await offset('0503', '新住户', '2027-02', 1_451, { ...world.deps, clock }));
      const { offsets: t } = world.app.engine.tables;
      const [row] = await world.app.engine.db.select().from(t).where(eq(t.id, made.offset));
      expect(row).toMatchObject({ createdAt: world.app.clock.now - 1, householdSince: '2026-12-01' });
      expect(row!.number).toMatch(/^DK-2701-/);
      expect(ticks).toHaveLength(1);
    });

    it('counts for the same cap once seller and buyer turn out to be one person, and no sale is known any more', async () => {
      const { residencies: t } = world.app.engine.tables;
      const [seller, buyer] = [await personOf('0503', '住户3'), await personOf('0503', '新住户')];
      const as = { person: buyer, relation: 'family' as const };
      await world.app.engine.db.update(t).set(as).where(eq(t.person, seller));
      await take(['3-2-0503,物业服务费,2027-02,450.00,0.00']);
      expect(await quote('0503', '新住户', '2027-02')).toBe('monthly-cap-used');
    });

    it('of either counts where it was made, and the books agree', async () => {
      const { tallyEntries: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select({ key: t.key }).from(t);
      const sold = await house('0504');
      expect(
        rows
          .map(({ key }) => key)
          .filter((key) => key.startsWith(`offset:${sold}`))
          .sort(),
      ).toEqual([`offset:${sold}:2026-12`, `offset:${sold}@2026-12-01:2027-01`]);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});

/** The ten planted breaks of the documentation, number by number, through the real files and use cases. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { importPostedList, resolveBreak, type PostedListReport } from '../../api/fees/index.ts';
import { balancesOf } from '../../api/ledger/index.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, ok, residentOf, takeBills, type FeesWorld } from '../support/fees-world.ts';
import { CLERK, openJune } from '../support/june-month.ts';

/** Our offsets 0001 to 0009 by room, in the order in which they are made; 0502 and 0601 exist without one. */
const OURS: readonly (readonly [room: string, yuan: string])[] = [
  ['0501', '35.49'],
  ['0602', '20.00'],
  ['0503', '35.49'],
  ['0504', '10.00'],
  ['0505', '20.00'],
  ['0506', '20.00'],
  ['0507', '15.00'],
  ['0508', '30.00'],
  ['0509', '15.00'],
];
const ROOMS = [...OURS.map(([room]) => room), '0502', '0601'];

const POSTED = `抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态(已入账/已退回),备注
DK-2606-0001,3-2-0501,物业服务费,202606,35.49,2026-06-26,已入账,
,3-2-0601,物业服务费,202606,18.00,2026-06-26,已入账,
DK-2606-0003,3-2-0503,物业服务费,202606,35.50,2026-06-26,已入账,
DK-2606-0004,3-2-0504,物业服务费,202606,10.00,2026-06-26,已入账,
DK-2606-0004,3-2-0504,物业服务费,202606,10.00,2026-06-26,已入账,
DK-2606-0005,3-2-0505,物业服务费,202607,20.00,2026-06-26,已入账,
DK-2606-0006,3-2-0502,物业服务费,202606,20.00,2026-06-26,已入账,
DK-2606-0008,3-2-0508,物业服务费,202606,118.32,2026-06-20,已收,现金
DK-2606-0009,3-2-0509,物业服务费,202606,15.00,2026-06-26,已退回,账单已作废
`;

const accountant = CLERK;
const checker = { ...CLERK, person: 'checker' };

eachEngine((_name, open) => {
  describe('a posted list with the ten planted breaks', () => {
    let world: FeesWorld;
    let report: PostedListReport;
    const take = async (text: string, fileName: string, dryRun = false) =>
      ok(
        await importPostedList(world.deps, {
          estate: world.estate.id,
          file: fileOf(text, fileName),
          dryRun,
          actor: accountant,
        }),
      );
    const breaksKept = async () => {
      const { breaks: t } = world.app.engine.tables;
      return world.app.engine.db.select().from(t).where(eq(t.estate, world.estate.id));
    };
    const stateOf = async (number: string) => {
      const { offsets: t } = world.app.engine.tables;
      const [row] = await world.app.engine.db.select().from(t).where(eq(t.number, number));
      return row!;
    };
    const availableOf = async (member: string) =>
      (await balancesOf(world.app.engine, { book: 1, owner: member }))
        .filter((b) => b.role === 'available')
        .reduce((sum, b) => sum + b.balance, 0);

    beforeAll(async () => {
      world = await openJune(open, { rooms: ROOMS, points: { con: 4_000 }, offsets: OURS });
      // Bill 0507 is issued anew after it was offset.
      await takeBills(world, { '0507': '110.00' }, 'june-2.csv');
      world.app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
    });

    it('is only looked at by a dry run', async () => {
      const dry = await take(POSTED, 'posted.csv', true);
      expect(dry).not.toHaveProperty('import');
      expect(dry.counts).toMatchObject({ rows: 9, matched: 2, breaks: 9 });
      expect(await breaksKept()).toEqual([]);
      expect((await stateOf('DK-2606-0001')).state).toBe('exported');
    });

    it('names each break, and the breaks add up to the difference', async () => {
      report = await take(POSTED, 'posted.csv');
      const { breaks, differenceFen } = report.reconciliation;
      expect(breaks.map((b) => `${b.offset?.number.slice(-4) ?? '–'} ${b.kind} ${b.differenceFen}`)).toEqual([
        '0002 missing-there -2000',
        '0003 amount 1',
        '0004 duplicate 1000',
        '0005 wrong-period 0',
        '0006 wrong-house 0',
        '0007 reissued -1500',
        '0008 paid-first -3000',
        '0009 returned -1500',
        '– missing-here 1800',
      ]);
      expect(breaks.reduce((sum, b) => sum + b.differenceFen, 0)).toBe(differenceFen);
    });

    it('captures what matched, gives back what was returned, and leaves the rest to a person', async () => {
      const states = await Promise.all(
        OURS.map(async (_, nth) => (await stateOf(`DK-2606-000${nth + 1}`)).state),
      );
      expect(states).toEqual([
        'posted',
        'exported',
        'exported',
        'posted',
        'exported',
        'exported',
        'exported',
        'exported',
        'returned',
      ]);
      const owed = await balancesOf(world.app.engine, { book: 1, owner: world.firm.id });
      expect(owed.map((b) => b.balance)).toEqual([45_490_000]);
      expect(await availableOf(await residentOf(world, '0509'))).toBe(4_000);
    });

    it('is recognised when it comes again, and nothing is booked twice', async () => {
      const again = await take(POSTED, 'the same file under another name.csv');
      expect(again).toMatchObject({ repeated: true, import: report.import });
      expect(await breaksKept()).toHaveLength(9);
      const owed = await balancesOf(world.app.engine, { book: 1, owner: world.firm.id });
      expect(owed.map((b) => b.balance)).toEqual([45_490_000]);
    });

    it('is known where a later list repeats it, and a break where that list posts a number again', async () => {
      const rows = POSTED.split('\n');
      const later = [
        rows[0],
        rows[1],
        'DK-2606-0004,3-2-0504,物业服务费,202606,10.00,2026-07-01,已入账,',
        'DK-2606-0002,3-2-0602,物业服务费,202606,20.00,2026-07-01,已入账,',
        '',
      ].join('\n');
      const dry = await take(later, 'july.csv', true);
      expect(dry.counts).toMatchObject({ known: 1, matched: 1 });
      expect(dry.reconciliation.breaks.filter((b) => b.kind === 'duplicate')).toMatchObject([
        { differenceFen: 1_000, zh: expect.stringContaining('DK-2606-0004') },
      ]);
    });

    it('is resolved break by break: accepted as posted, given back, or left to the firm', async () => {
      const byNumber = new Map<string, string>();
      for (const each of await breaksKept()) {
        const number = each.offset === null ? '' : each.offset;
        byNumber.set(`${number}/${each.kind}`, each.id);
      }
      const resolve = async (
        number: string,
        kind: string,
        resolution: 'write-off' | 'release' | 'firm-corrects',
        actor = accountant,
      ) => {
        const { id } = await stateOf(number);
        return resolveBreak(world.deps, {
          break: byNumber.get(`${id}/${kind}`)!,
          resolution,
          comment: '已与物业核对',
          actor,
          key: `${number}-${resolution}-${actor.person}`,
          scope: `place:${world.estate.id}`,
        });
      };
      ok(await resolve('DK-2606-0003', 'amount', 'write-off'));
      expect((await stateOf('DK-2606-0003')).state).toBe('exported');
      ok(await resolve('DK-2606-0003', 'amount', 'write-off', checker));
      expect((await stateOf('DK-2606-0003')).state).toBe('posted');
      ok(await resolve('DK-2606-0008', 'paid-first', 'release'));
      expect((await stateOf('DK-2606-0008')).state).toBe('returned');
      expect(await availableOf(await residentOf(world, '0508'))).toBe(4_000);
      ok(await resolve('DK-2606-0002', 'missing-there', 'firm-corrects'));
      expect((await stateOf('DK-2606-0002')).state).toBe('exported');
      expect(await resolve('DK-2606-0002', 'missing-there', 'release')).toMatchObject({
        code: 'already-done',
      });
      const owed = await balancesOf(world.app.engine, { book: 1, owner: world.firm.id });
      expect(owed.map((b) => b.balance)).toEqual([80_980_000]);
    });
  });
});

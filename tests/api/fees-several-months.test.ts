/** A year or a quarter paid at once: one bill, counted once, due in one month, named the same way by both sides. */
import { beforeAll, describe, expect, it } from 'vitest';
import { confirmOffset, importBills, quoteForBill } from '../../api/fees/index.ts';
import { countsByMonth, monthsOfPlace, offsetsOfMonth } from '../../api/fees/months-of-place.ts';
import { openBreaksByMonth, openBreaksOfMonth } from '../../api/fees/open-breaks.ts';
import { verify } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import { fileOf, offsetBill, ok, residentOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, read, takePosted } from '../support/june-month.ts';

type Listed<Item> = { items: Item[] };
type BillView = { id: string; period: string; amount: string; state: string };

eachEngine((_name, open) => {
  describe('a bill for several months', () => {
    let world: FeesWorld;
    const take = (text: string, name: string, confirmed: string[] = []) =>
      importBills(world.deps, {
        ...{ estate: world.estate.id, file: fileOf(text, name), actor: 'test', confirmed },
        dryRun: false,
      });
    const long = (...lines: string[]) =>
      ['房号,收费项目,计费月份,应收金额,截止日期', ...lines.map((line) => `3-2-${line}`)].join('\n');
    const bills = async (month: string) => {
      const path = `/estates/${world.estate.id}/bills?period=${month}`;
      return (await read<Listed<BillView>>(world, path)).items.map(({ period, amount }) => [period, amount]);
    };
    /** What would be asked, by a look at the file alone. */
    const asks = async (text: string) => {
      const of = { estate: world.estate.id, file: fileOf(text, 'look.csv'), actor: 'test', dryRun: true };
      return ok(await importBills(world.deps, of)).questions.map(({ code }) => code);
    };

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 9_000 } });
      const { engine } = world.app;
      await engine.db.delete(engine.tables.bills);
    });

    it('is asked about with the month that it counts for, and is listed once, in that month, as it is counted', async () => {
      const text = long('0501,物业服务费,2026年,1200.00,2026-06-30', '0502,物业服务费,2026Q3,300.00,');
      const asked = await take(text, 'year.csv');
      if (!isProblem(asked)) throw new Error('it was taken in');
      expect(await asks(text)).toEqual(['several-months']);
      expect(asked.fields?.[0]?.zh).toContain(
        '有 2 笔账单一次收几个月，例如第 2 行 3-2-0501 物业服务费 2026年1月至12月。',
      );
      expect(asked.fields?.[0]?.zh).toContain('按应缴的那个月计，这一笔是 2026-06');
      ok(await take(text, 'year.csv', ['several-months']));
      expect(await bills('2026-06')).toEqual([['2026-01~2026-12', '1200.00']]);
      expect(await bills('2026-07')).toEqual([['2026-07~2026-09', '300.00']]);
      for (const month of ['2026-01', '2026-02', '2026-12']) expect(await bills(month)).toEqual([]);
      for (const sort of ['house', 'most', 'newest'])
        expect(await bills(`2026-06&sort=${sort}`)).toHaveLength(1);
      for (const [month, count, amount] of [
        ['2026-01', 0, '0.00'],
        ['2026-06', 1, '1200.00'],
      ] as const) {
        const path = `/estates/${world.estate.id}/bill-totals?period=${month}`;
        expect(await read(world, path)).toMatchObject({ count, amount });
      }
      expect(ok(await take(text, 'year.csv'))).toMatchObject({ repeated: true });
    });

    it('is offset until the cut-off of the month it is due in, and counts in that month’s cap', async () => {
      const year = (await read<Listed<BillView>>(world, `/estates/${world.estate.id}/bills?period=2026-06`))
        .items[0]!;
      const member = await residentOf(world, '0501');
      const quoted = ok(await quoteForBill(world.deps, { bill: year.id, member }));
      expect(quoted.quote).toMatchObject({
        valueFen: 5_000,
        cutOffAt: Date.parse('2026-06-26T00:00:00+08:00'),
        tallies: [{ key: expect.stringMatching(/:2026-06$/) as string, max: 5_000 }],
      });
      expect(quoted.quote.steps[0]).toMatchObject({
        zh: '2026年1月至12月 物业服务费 1200.00 元，按 2026-06 的账单计',
      });
      const { offset } = await offsetBill(world, '0501', '50.00');
      expect(await read(world, `/offsets/${offset}`)).toMatchObject({
        ...{ number: 'DK-2606-0001', period: '2026-01~2026-12', value: '50.00' },
      });
      // The month close counts it in the month it is due in, which is the estate's first: nothing is to be closed before.
      expect(await offsetsOfMonth(world.app.engine, world.estate.id, '2026-06')).toMatchObject({ count: 1 });
      expect(await offsetsOfMonth(world.app.engine, world.estate.id, '2026-01')).toMatchObject({ count: 0 });
      expect(await monthsOfPlace(world.app.engine, world.estate.id)).toMatchObject({ begins: '2026-06' });
      const of = { estate: world.estate.id, months: ['2026-01', '2026-06', '2026-07'] };
      const { bills: due } = await countsByMonth(world.app.engine, of);
      expect([...due].sort()).toEqual([
        ['2026-06', 1],
        ['2026-07', 1],
      ]);
      const checklist = await read<{ month: string; checks: object[] }>(
        world,
        `/places/${world.estate.id}/closing-checklist`,
      );
      expect(checklist).toMatchObject({ month: '2026-06' });
      expect(checklist.checks).toContainEqual(
        expect.objectContaining({ check: 'bills', state: 'done', count: 1 }),
      );
    });

    it('stands on the household’s statement with its number and 大写, opening + movements = closing', async () => {
      const { items } = await read<Listed<{ house: { id: string } }>>(
        world,
        `/estates/${world.estate.id}/bills?period=2026-06`,
      );
      const of = `/houses/${items[0]!.house.id}/statement`;
      expect(await read(world, `${of}?from=2026-01&to=2026-12`)).toMatchObject({
        ...{ house: { code: '3-2-0501' }, firm: '和美物业' },
        lines: [
          {
            ...{
              period: '2026-01~2026-12',
              amount: '1200.00',
              paid: '0.00',
              offset: '50.00',
              toPay: '1150.00',
            },
            offsets: [{ number: 'DK-2606-0001', value: '50.00', uppercase: '伍拾元整', state: 'held' }],
          },
        ],
        ...{ opening: '0.00', billed: '1200.00', offset: '50.00', over: '0.00', closing: '1150.00' },
        uppercase: '壹仟壹佰伍拾元整',
      });
      expect(await read(world, `${of}?from=2026-06`)).toMatchObject({
        ...{ from: '2026-06', to: '2026-06', opening: '0.00', billed: '1200.00', closing: '1150.00' },
        ...{ lines: [{ period: '2026-01~2026-12' }], later: '0.00' },
      });
      expect(await read(world, `${of}?from=2026-05`)).toMatchObject({
        ...{ lines: [], opening: '0.00', closing: '0.00', later: '1150.00' },
      });
      const by = await world.app.person({ role: 'accountant', place: await world.app.place('estate') });
      expect((await world.app.request(`/api/v1${of}`, { by })).status).toBe(404);
      const backwards = await world.app.request(`/api/v1${of}?from=2026-06&to=2026-01`, {
        by: world.accountant,
      });
      expect(backwards.status).toBe(422);
    });

    it('is matched by a posted list that names the same months, and a wrong year is a wrong period', async () => {
      await offsetBill(world, '0502', '20.00');
      await handOver(world);
      world.app.clock.now += DAY_MS;
      const row = (months: string) => `DK-2606-0001,3-2-0501,物业服务费,${months},50.00,2026-06-21,已入账,`;
      const dry = async (months: string) =>
        (await takePosted(world, 'posted.csv', [row(months)], true)).reconciliation.breaks
          .filter(({ zh }) => zh.includes('DK-2606-0001'))
          .map(({ kind }) => kind);
      for (const months of ['2026年', '2026年1月至12月', '202601-202612', '2026-01-01至2026-12-31'])
        expect(await dry(months), months).toEqual([]);
      expect(await dry('2026-01')).toEqual(['wrong-period']);
      expect(await dry('2025年')).toEqual(['wrong-period']);
      await takePosted(world, 'posted.csv', [row('2026年度')]);
      const posted = await read<Listed<{ number: string }>>(
        world,
        `/estates/${world.estate.id}/offsets?state=posted`,
      );
      expect(posted.items).toMatchObject([{ number: 'DK-2606-0001' }]);
    });

    it('in a list that goes on from the last one is known again by its months, without our number', async () => {
      const own = ',3-2-0502,物业服务费,2026年第三季度,20.00,2026-06-21,已入账,';
      const first = await takePosted(world, 'go-on.csv', [own], true);
      expect(first.reconciliation.breaks.filter(({ kind }) => kind !== 'late')).toEqual([]);
      await takePosted(world, 'go-on.csv', [own]);
      const strange = ',3-2-0503,物业服务费,2026年,7.00,2026-06-21,已入账,';
      const again = await takePosted(world, 'go-on-2.csv', [own, strange]);
      expect(again.reconciliation.breaks.map(({ kind }) => kind)).toEqual(['missing-here']);
    });

    it('leaves its breaks in a month: of an offset the one it is due in, of a row of none of ours its first', async () => {
      const { items } = await read<Listed<{ month: string; theirs: { period: string } }>>(
        world,
        `/estates/${world.estate.id}/breaks?state=open`,
      );
      expect(items).toMatchObject([{ month: '2026-01', theirs: { period: '2026-01~2026-12' } }]);
      const { engine } = world.app;
      const count = async (month: string) =>
        (await openBreaksOfMonth(engine, { estate: world.estate.id, month })).count;
      // It is every later month's to see to until it is resolved.
      expect([await count('2025-12'), await count('2026-01'), await count('2026-02')]).toEqual([0, 1, 1]);
      expect(await openBreaksByMonth(engine, world.estate.id)).toEqual(new Map([['2026-01', 1]]));
    });

    it('beside a bill of one of its months is a question before anything is taken in, either way round', async () => {
      const month = long('0501,物业服务费,2026-03,100.00,');
      const asked = await take(month, 'march.csv');
      expect(await asks(month)).toEqual(['overlapping-months']);
      if (isProblem(asked))
        expect(asked.fields?.[0]?.zh).toContain(
          '有 1 笔账单和同一户同一项目的另一笔有重叠的月份，例如第 2 行 3-2-0501 物业服务费 2026-03，另有一笔 2026年1月至12月。导入后两笔都要缴',
        );
      ok(await take(month, 'march.csv', ['overlapping-months']));
      expect(await bills('2026-03')).toEqual([['2026-03', '100.00']]);
      // Another item, another house or another year shares nothing.
      ok(await take(long('0503,物业服务费,2026-03,100.00,', '0501,车位费,2026-03,80.00,'), 'others.csv'));
      const year = long('0503,物业服务费,2026-01~2026-12,1100.00,');
      expect(await asks(year)).toEqual(['several-months', 'overlapping-months']);
      const both = long('0502,物业服务费,2027年,1200.00,', '0502,物业服务费,2027-05,100.00,');
      expect(await asks(both)).toEqual(['several-months', 'overlapping-months']);
    });

    it('is issued anew where the firm changes its months', async () => {
      const half = long('0502,物业服务费,2026年7-12月,300.00,');
      const answer = ok(await take(half, 'half.csv', ['several-months', 'overlapping-months']));
      expect(answer.counts).toMatchObject({ added: 0, reissued: 1 });
      expect(await bills('2026-07')).toContainEqual(['2026-07~2026-12', '300.00']);
    });

    it('in a sheet of items side by side takes its months from the title', async () => {
      const text = '和美苑2027年度收费明细表\n楼栋,单元,房号,物业费,车位费\n3,2,0503,1100.00,960.00\n';
      ok(await take(text, 'wide.csv', ['several-months', 'dates-ahead']));
      expect(await bills('2027-01')).toEqual([
        ['2027-01~2027-12', '960.00'],
        ['2027-01~2027-12', '1100.00'],
      ]);
      expect((await verify(world.app.engine)).findings).toEqual([]);
    });
  });

  it('a year’s bill that the firm moves to another month takes the month’s cap along', async () => {
    const world = await openEstate(open, { rooms: ['0501'], points: { con: 20_000 } });
    await world.app.engine.db.delete(world.app.engine.tables.bills);
    const take = async (due: string) => {
      const text = `房号,收费项目,计费月份,应收金额,截止日期\n3-2-0501,物业服务费,2026年,1200.00,${due}\n3-2-0501,物业服务费,2026-08,118.00,\n3-2-0501,物业服务费,2026-09,118.00,\n`;
      const by = {
        actor: 'test',
        confirmed: ['several-months', 'overlapping-months', 'touches-offsets'],
        dryRun: false,
      };
      ok(await importBills(world.deps, { estate: world.estate.id, file: fileOf(text, `${due}.csv`), ...by }));
    };
    const member = await residentOf(world, '0501');
    const billOf = async (period: string) => {
      const path = `/estates/${world.estate.id}/bills?period=${period}`;
      const { items } = await read<Listed<BillView & { id: string }>>(world, path);
      return items.map(({ id, ...rest }) => ({ ...rest, id }));
    };
    await take('2026-08-31');
    const year = (await billOf('2026-08')).find(({ amount }) => amount === '1200.00')!;
    const actor = { kind: 'person' as const, person: member, roles: [] };
    const offer = async (period: string) => {
      const bill = (await billOf(period)).find(({ amount }) => amount === '118.00')!;
      const quoted = await quoteForBill(world.deps, { bill: bill.id, member });
      return isProblem(quoted) ? quoted.code : quoted.quote.valueFen;
    };
    const input = { bill: year.id, member, valueFen: 5_000 };
    ok(await confirmOffset(world.deps, { input, actor, key: 'year', scope: 'test' }));
    expect([await offer('2026-08'), await offer('2026-09')]).toEqual(['monthly-cap-used', 3_540]);
    await take('2026-09-30');
    expect([await offer('2026-08'), await offer('2026-09')]).toEqual([3_540, 'monthly-cap-used']);
  });
});

/** A file of bills that sets back what changed since, or changes a closed month, is not taken in without a word. */
import { expect, it } from 'vitest';
import { importBills } from '../../api/fees/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { eachEngine } from '../support/database.ts';
import {
  closeByTwo,
  fileOf,
  givePoints,
  offsetBill,
  ok,
  residentOf,
  type FeesWorld,
} from '../support/fees-world.ts';
import { DAY_MS, handOver, openEstate, postedRow, takePosted } from '../support/june-month.ts';

eachEngine((_name, open) => {
  const start = () => openEstate(open, { rooms: ['0501', '0502'], points: {} });
  const bills = (yuan: string, period = '202606') =>
    `房号,收费项目,计费月份,应收金额\n3-2-0501,物业服务费,${period},${yuan}\n`;
  const take = (world: FeesWorld, text: string, confirmed: string[] = []) => {
    const asked = { estate: world.estate.id, file: fileOf(text, 'bills.csv'), actor: 'test', confirmed };
    return importBills(world.deps, { ...asked, dryRun: false });
  };
  const asked = async (world: FeesWorld, text: string): Promise<string> => {
    const answer = await take(world, text);
    if (!isProblem(answer)) throw new Error('it was taken in');
    expect(answer.code).toBe('not-confirmed');
    return answer.fields?.map(({ zh }) => zh).join() ?? '';
  };
  const amounts = async ({ app: { engine } }: FeesWorld) =>
    (await engine.db.select().from(engine.tables.bills))
      .filter(({ state }) => state === 'open')
      .map(({ amountFen }) => amountFen)
      .sort();

  it('the same file again is no news; once bills have changed it is asked about, and then sets them back', async () => {
    const world = await start();
    ok(await take(world, bills('71.01')));
    expect(ok(await take(world, bills('71.01')))).toMatchObject({ repeated: true });
    ok(await take(world, bills('72.02')));
    expect(await asked(world, bills('71.01'))).toBe(
      '这份文件以前导入过，后来账单又变过。再导入一次，会把 1 笔改回这份文件里的样子',
    );
    expect(await amounts(world)).toEqual([11_832, 7_202]);
    const back = ok(await take(world, bills('71.01'), ['older-file']));
    expect(back).toMatchObject({ repeated: false, counts: { reissued: 1 } });
    expect(await amounts(world)).toEqual([11_832, 7_101]);
    expect(ok(await take(world, bills('71.01')))).toMatchObject({ repeated: true });
  });

  it('a bill of a closed month is asked about when it changes, and not when it is paid', async () => {
    const world = await start();
    world.app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
    expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
    expect(await asked(world, bills('200.00'))).toContain(
      '有 1 笔是已经关账的月份（到 2026-06 为止）的账单，导入后这些月份的应缴会变',
    );
    const paid = '房号,收费项目,计费月份,应收金额,已收\n3-2-0501,物业服务费,202606,118.32,118.32\n';
    expect(ok(await take(world, paid)).counts).toMatchObject({ updated: 1 });
    ok(await take(world, bills('60.00', '202607')));
    expect(ok(await take(world, bills('200.00'), ['closed-month'])).counts).toMatchObject({ reissued: 1 });
  });

  it('a bill of several months that leaves a closed month for another is asked about, with or without another amount', async () => {
    const world = await start();
    const year = (yuan: string, due: string) =>
      `房号,收费项目,计费月份,应收金额,截止日期\n3-2-0502,物业服务费,2026-05~2027-04,${yuan},${due}\n`;
    ok(await take(world, year('900.00', '2026-06-30'), ['several-months', 'overlapping-months']));
    world.app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
    expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
    const words = '有 1 笔是已经关账的月份（到 2026-06 为止）的账单，导入后这些月份的应缴会变';
    expect(await asked(world, year('900.00', '2026-09-30'))).toContain(words);
    expect(await asked(world, year('800.00', '2026-09-30'))).toContain(words);
    const both = 'overlapping-months';
    ok(await take(world, year('900.00', '2026-09-30'), ['closed-month', both]));
    ok(await take(world, year('900.00', '2026-10-31'), [both]));
    expect(await asked(world, year('900.00', '2026-06-30'))).toContain(words);
  });

  it('a bill issued anew in a file without 已收 keeps what was paid, and is asked about where that is more than is due', async () => {
    const world = await start();
    ok(await take(world, '房号,收费项目,计费月份,应收金额,已收\n3-2-0501,物业服务费,202606,118.32,118.32\n'));
    expect(await asked(world, bills('118.00'))).toBe(
      '有 1 笔账单改了金额，以前说的已收比新的金额还多，例如第 2 行 3-2-0501 2026-06 物业服务费，新的是 118.00 元，已收 118.32 元。这份文件没有写已收，导入后已收照旧。多收的钱由物业退给住户或另记',
    );
    ok(await take(world, bills('118.00'), ['paid-beyond']));
    ok(await take(world, bills('119.00')));
    const { engine } = world.app;
    const rows = await engine.db.select().from(engine.tables.bills);
    const line = rows.filter(({ paidFen }) => paidFen > 0).sort((a, b) => a.issue - b.issue);
    expect(line.map(({ issue, paidFen, state }) => [issue, paidFen, state])).toEqual([
      [1, 11_832, 'reissued'],
      [2, 11_832, 'reissued'],
      [3, 11_832, 'open'],
    ]);
  });

  it('a month that was chosen is asked about where the title names another, and the title’s is told', async () => {
    const world = await start();
    const text = '和美苑2026年7月物业费,,\n房号,收费项目,应收金额\n3-2-0501,物业服务费,118.32\n';
    const of = { estate: world.estate.id, actor: 'test', dryRun: true };
    const dry = (more: object) =>
      importBills(world.deps, { ...of, file: fileOf(text, 'b.csv'), ...more }).then(ok);
    expect((await dry({})).implied).toMatchObject([{ value: '2026-07', source: { zh: '标题' } }]);
    expect((await dry({})).questions).toEqual([]);
    expect((await dry({ period: '2026-08' })).questions).toMatchObject([
      { code: 'other-period', zh: '选的计费月份是 2026-08，文件自己写的是 2026-07。按选的 2026-08 导入' },
    ]);
  });

  it('a row whose own figures disagree, and money in columns that no bill has, are asked about', async () => {
    const world = await start();
    const of = { estate: world.estate.id, actor: 'test', dryRun: true };
    const questions = async (text: string) => {
      const dry = ok(await importBills(world.deps, { ...of, file: fileOf(text, '2026年7月.csv') }));
      return dry.questions.map(({ zh }) => zh);
    };
    const long = (columns: string, cells: string) =>
      `房号,收费项目,应收金额${columns}\n3-2-0501,物业服务费,10.00${cells}\n`;
    expect(await questions(long(',已收,欠费', ',4.00,5.00'))).toEqual([
      '有 1 行自己的数字对不上，例如第 2 行应收 10.00 元，已收 4.00 元，欠费 5.00 元。核对过，就按应收和已收导入',
    ]);
    expect(await questions(long(',已收', ',15.00'))).toEqual([
      expect.stringContaining('应收 10.00 元，已收 15.00 元，收的比应收还多'),
    ]);
    for (const [columns, cells] of [
      [',已收,欠费', ',4.00,6.00'],
      [',已收,欠费,违约金', ',4.00,6.50,0.50'],
      [',已收,欠费,往期欠费', ',4.00,26.00,20.00'],
      [',已收,欠费', ',15.00,-5.00'],
      [',优惠,实际应收', ',0.00,10.00'],
      [',楼层,水表读数', ',12,118'],
    ] as const)
      expect(await questions(long(columns, cells)), columns).toEqual([]);
    expect(await questions(long(',优惠金额,实际应收', ',2.00,8.00'))).toEqual([
      '这些列有金额，没有算进账单：“优惠金额”（合计 2.00 元）、“实际应收”（合计 8.00 元）。账单按没有减去优惠的应收导入；要算进去的，请在列对应里说明。不算，账单的金额就是对的',
    ]);
    const wide = (columns: string, cells: string) =>
      `楼栋,单元,房号,物业费${columns}\n3,2,0501,10.00${cells}\n`;
    expect(await questions(wide(',垃圾清运', ',3.00'))).toEqual([
      expect.stringContaining('“垃圾清运”（合计 3.00 元）'),
    ]);
    expect(await questions(wide(',垃圾清运,合计', ',3.00,10.00'))).toEqual([]);
  });

  it('what was received beside what was paid ahead is asked about, since only the firm knows whether it is in there', async () => {
    const world = await start();
    const text =
      '房号,收费项目,计费月份,应收金额,已收,预存抵扣\n3-2-0501,物业服务费,202606,118.32,50.00,50.00\n';
    expect(await asked(world, text)).toContain('例如第 2 行的预存抵扣 50.00 元。已收里不包括预存抵扣');
    ok(await take(world, text, ['prepaid-beside-paid']));
    const balance = text
      .replace('已收,预存抵扣', '备注,预存')
      .replace('50.00,50.00', ',500.00')
      .replace('0501', '0502');
    expect(await asked(world, balance)).toContain('例如第 2 行 500.00 元');
    ok(await take(world, balance, ['prepaid-balance']));
    const { engine } = world.app;
    const rows = await engine.db.select().from(engine.tables.bills);
    expect(rows.map(({ paidFen }) => paidFen).sort()).toEqual([0, 10_000]);
  });

  const wide = (rows: string) => `楼栋,单元,房号,物业费,车位费\n${rows}`;

  it('a 0.00 in a sheet of items side by side cancels the bill that stands, once somebody says that it is meant', async () => {
    const world = await start();
    const takeWide = (text: string, dryRun: boolean, confirmed: string[] = []) =>
      importBills(world.deps, {
        ...{ estate: world.estate.id, file: fileOf(text, `2026年6月-${text.length}.csv`), actor: 'test' },
        ...{ dryRun, confirmed },
      });
    ok(await takeWide(wide('3,2,0501,118.32,80.00\n3,2,0502,118.32,0.00\n'), false));
    expect(await amounts(world)).toEqual([11_832, 11_832, 8_000]);
    await givePoints(world, await residentOf(world, '0501'), { con: 1_000 });
    await offsetBill(world, '0501', '10.00');
    const later = wide('3,2,0501,0.00,80.00\n3,2,0502,,0.00\n');

    const dry = ok(await takeWide(later, true));
    expect(dry.counts).toMatchObject({ rows: 2, lines: 2, added: 0, cancelled: 1, unchanged: 1, offsets: 1 });
    expect(dry.questions).toMatchObject([{ code: 'cancels-bills' }, { code: 'touches-offsets' }]);
    expect(dry.questions[0]?.zh).toBe(
      '有 1 笔以前导入的账单，这份文件里写的是 0.00，例如第 2 行 3-2-0501 2026-06 物业服务费，原来是 118.32 元。导入后这些账单作废，不用再缴，其中 1 张抵扣单还没入账，会成为差异。物业确实取消了，不是漏填',
    );
    expect(await takeWide(later, false)).toMatchObject({ code: 'not-confirmed' });
    expect(await amounts(world)).toEqual([11_832, 11_832, 8_000]);
    const meant = ['cancels-bills', 'touches-offsets'];
    expect(ok(await takeWide(later, false, meant)).counts).toMatchObject({ cancelled: 1 });
    // An empty cell says nothing of 0502.
    expect(await amounts(world)).toEqual([11_832, 8_000]);
    expect(ok(await takeWide(later, false))).toMatchObject({ repeated: true });
  });

  it('a 0.00 says of what the firm has posted that its points are spent, and finds offsets on issues before', async () => {
    const world = await openEstate(open, { rooms: ['0501', '0502'], points: { con: 2_000 } });
    await offsetBill(world, '0501', '10.00');
    await handOver(world);
    world.app.clock.now += 3 * DAY_MS;
    await takePosted(world, 'posted.csv', [postedRow(1, '10.00')]);
    const posted = '1 张已经入账，积分已经付给物业，会成为差异，由两个人冲回。';
    expect(await asked(world, bills('0.00'))).toContain(`不用再缴，其中 ${posted.replace('张', '张抵扣单')}`);
    await offsetBill(world, '0502', '5.00');
    const both = (yuan: string) => `${bills(yuan)}3-2-0502,物业服务费,202606,${yuan}\n`;
    ok(await take(world, both('100.00'), ['touches-offsets']));
    expect(await asked(world, both('0.00'))).toContain(`其中 1 张抵扣单还没入账，会成为差异，${posted}`);
  });

  it('a 0.00 cancels nothing that the same file charges, although only one of the rows names the estate', async () => {
    const world = await start();
    const [charged, none] = ['和美苑,3,2,0501,118.32,80.00', ',3,2,0501,0.00,0.00'];
    for (const [nth, rows] of [
      [charged, none],
      [none, charged],
    ].entries()) {
      const text = `小区,楼栋,单元,房号,物业费,车位费\n${rows.join('\n')}\n`;
      const file = fileOf(text, `2026年6月-${nth}.csv`);
      const asked = { estate: world.estate.id, file, actor: 'test', dryRun: false };
      const taken = ok(await importBills(world.deps, asked));
      expect(taken.counts).toMatchObject({ rejected: 0, cancelled: 0, reissued: 0 });
      expect(await amounts(world)).toEqual([11_832, 11_832, 8_000]);
    }
  });

  it('a charge that stands there twice is one, although only one of the rows names the estate', async () => {
    const world = await start();
    const row = (estate: string, yuan: string) => `${estate},3-2-0501,物业服务费,202607,${yuan}`;
    const text = (yuan: string) =>
      `小区,房号,收费项目,计费月份,应收金额\n${row('和美苑', '60.00')}\n${row('', yuan)}\n`;
    expect(await asked(world, text('70.00'))).toContain('第 3 行和前面的是同一笔，金额却不一样');
    expect(ok(await take(world, text('60.00'))).rejected).toMatchObject([
      { rowNumber: 3, reasons: [{ code: 'duplicate' }] },
    ]);
    expect(await amounts(world)).toEqual([11_832, 11_832, 6_000]);
  });
});

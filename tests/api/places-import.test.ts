/** Rosters and bills as they are sent: taken in whole or not at all, recognised, and refused row by row. */
import { and, eq, notInArray } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importBills } from '../../api/fees/index.ts';
import { importRoster } from '../../api/places/index.ts';
import { startApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { ok, openFeesWorld, residentOf, takeRoster, type FeesWorld } from '../support/fees-world.ts';
import { BILL_SHEET, sampleBytes } from '../support/sample-files.ts';

type Report = {
  import?: string;
  repeated: boolean;
  counts: Record<string, number>;
  totals: Record<string, unknown>;
  problems: { code: string }[];
  warnings: { code: string }[];
  questions: { code: string; zh: string }[];
  rejected: { rowNumber: number; reasons: { code: string; zh: string }[] }[];
};
type Refusal = { code: string; fields: { field: string; zh: string }[] };

eachEngine((_name, open) => {
  let world: FeesWorld;
  let staff: TestPerson;
  beforeAll(async () => {
    world = await openFeesWorld(await startApp(await open()));
    staff = await world.app.person({ role: 'staff', place: world.estate.id });
  });
  /** Each test begins with an empty estate; signing in anew would cost more than all of them. */
  beforeEach(async () => {
    const { db, tables } = world.app.engine;
    const { houses, residencies, bills, imports, people } = tables;
    for (const table of [houses, residencies, bills, imports]) await db.delete(table);
    await db.delete(people).where(notInArray(people.id, [staff.id, world.accountant.id]));
  });

  const upload = (path: string, body: BodyInit, by: TestPerson = staff) =>
    world.app.server.app.request(`http://linli.test/api/v1/estates/${world.estate.id}/${path}`, {
      method: 'POST',
      headers: { origin: 'http://linli.test', host: 'linli.test', ...by.headers },
      body,
    });
  const send = async (path: string, body: BodyInit, by?: TestPerson) =>
    (await (await upload(path, body, by)).json()) as Report & Refusal;
  const countOf = async (table: 'houses' | 'people' | 'residencies' | 'bills' | 'imports') =>
    (await world.app.engine.db.select().from(world.app.engine.tables[table])).length;
  const billsOf = async (room: string) => {
    const { bills, houses } = world.app.engine.tables;
    return world.app.engine.db
      .select({ issue: bills.issue, state: bills.state, amountFen: bills.amountFen, paidFen: bills.paidFen })
      .from(bills)
      .innerJoin(houses, eq(houses.id, bills.house))
      .where(and(eq(houses.estate, world.estate.id), eq(houses.room, room)));
  };

  describe('a roster', () => {
    it('that gives one phone to two people is asked about, and taken in once somebody says that they share it', async () => {
      const lines = [
        '楼栋,单元,房号,姓名,手机,与房屋关系',
        '3,2,0501,王秀兰,13712340001,业主',
        '3,2,0501,李建国,13712340001,家庭成员',
      ];
      const file = Buffer.from(lines.join('\n'));
      const dry = await send('roster?dryRun=true&fileName=couple.csv', file);
      expect(dry.questions).toMatchObject([
        { code: 'shared-phones', zh: expect.stringContaining('第 3 行') as string },
      ]);
      const refused = await send('roster?fileName=couple.csv', file);
      expect([refused.code, await countOf('houses')]).toEqual(['not-confirmed', 0]);
      const taken = await send('roster?fileName=couple.csv&confirm=shared-phones', file);
      expect(taken.counts).toMatchObject({ people: 2 });
      // The next roster says what is known, so nobody is asked again.
      const next = await send('roster?dryRun=true&fileName=next.csv', Buffer.from(`${lines.join('\n')}\n`));
      expect(next.questions).toEqual([]);
    });

    it('is looked at first, then taken in, and recognised when it comes again', async () => {
      const before = await countOf('people');
      const file = Buffer.from(sampleBytes('roster-gbk.csv'));
      const dry = await send('roster?dryRun=true&fileName=r.csv', file);
      expect(dry.counts).toMatchObject({ rows: 55, rejected: 0, residencies: 55 });
      expect(dry.questions).toMatchObject([{ code: 'other-estate' }]);
      expect([await countOf('houses'), await countOf('people')]).toEqual([0, before]);
      const taken = await send('roster?fileName=r.csv&confirm=other-estate', file);
      expect(taken).toMatchObject({ repeated: false, counts: dry.counts });
      expect(await countOf('houses')).toBe(dry.counts['houses']);
      expect(await countOf('people')).toBe(before + dry.counts['people']!);
      const again = await send('roster?fileName=other-name.csv', file);
      expect(again).toMatchObject({ repeated: true, import: taken.import });
      expect(await countOf('residencies')).toBe(55);
    });

    it('comes as a form too, as a browser sends it', async () => {
      const form = new FormData();
      form.set('file', new Blob([sampleBytes('roster-gbk.csv').slice()]), '花名册.csv');
      expect(await send('roster?confirm=other-estate', form)).toMatchObject({
        fileName: '花名册.csv',
        repeated: false,
      });
    });

    it('knows one person by name and phone, in whatever house, and two by their phones', async () => {
      const before = await countOf('people');
      await takeRoster(world, [
        '3,2,0501,王玉兰,13800000007,业主,,',
        '3,2,0502,王玉兰,13800000007,业主,,',
        '3,2,0503,王玉兰,13800000008,租户,,',
        '3,2,0504,李建国,,业主,,',
        '3,2,0505,李建国,,业主,,',
      ]);
      expect((await countOf('people')) - before).toBe(4);
      expect(await residentOf(world, '0501')).toBe(await residentOf(world, '0502'));
      expect(await residentOf(world, '0503')).not.toBe(await residentOf(world, '0501'));
      expect(await residentOf(world, '0504')).not.toBe(await residentOf(world, '0505'));
    });

    it('of the next month ends what has ended and changes nothing else', async () => {
      await takeRoster(world, ['3,2,0501,王玉兰,13800000007,业主,,', '3,2,0502,李建国,,业主,,']);
      const report = await takeRoster(world, [
        '3,2,0501,王玉兰,13800000007,业主,,2026-06-14',
        '3,2,0501,赵敏,13800000009,业主,2026-06-15,',
        '3,2,0502,李建国,,业主,,',
      ]);
      expect(report.counts).toMatchObject({ houses: 0, people: 1, residencies: 1, ended: 1, unchanged: 1 });
      const { residencies: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select({ since: t.since, until: t.until }).from(t);
      expect(rows).toContainEqual({ since: '1900-01-01', until: '2026-06-15' });
      expect(rows).toContainEqual({ since: '2026-06-15', until: null });
    });

    it('keeps 501 and 0501 apart', async () => {
      await takeRoster(world, ['3,2,0501,甲,,业主,,', '3,2,501,乙,,业主,,']);
      expect(await countOf('houses')).toBe(2);
    });

    it('of another estate is taken in only when somebody says that it is this one, and is asked about once', async () => {
      const roster = (house: string) => `小区,楼栋,单元,房号,姓名,与房屋关系\n${house},甲,业主\n`;
      const people = await countOf('people');
      const file = roster('金康苑,3,2,0501');
      const refused = await send('roster', file);
      expect(refused).toMatchObject({ code: 'not-confirmed', fields: [{ field: 'confirm' }] });
      expect(refused.fields[0]!.zh).toContain('文件写的小区是“金康苑”，不是“和美苑');
      expect([await countOf('houses'), await countOf('people')]).toEqual([0, people]);
      expect(await send('roster?confirm=new-houses', file)).toMatchObject({ code: 'not-confirmed' });
      expect(await send('roster?confirm=other-estate', file)).toMatchObject({ counts: { people: 1 } });
      const later = await send('roster?dryRun=true', roster('金康苑,3,2,0501').replace('甲', '乙'));
      expect(later.questions).toEqual([]);
    });

    it('makes no house beside 0601 for 601, and no building 33 for 3, before somebody says so', async () => {
      const roster = (...houses: string[]) =>
        ['楼栋,单元,房号,姓名,与房屋关系', ...houses.map((house) => `${house},甲,业主`)].join('\n');
      expect(await send('roster', roster('3,2,0601', '3,2,0602'))).toMatchObject({ questions: [] });
      const slips = roster('3,2,601', '33,2,0601', '3,2,0602');
      const dry = await send('roster?dryRun=true', slips);
      expect(dry.questions).toMatchObject([{ code: 'new-houses' }]);
      expect(dry.questions[0]!.zh).toContain(
        '3栋2单元601（已有 3栋2单元0601）、33栋2单元0601（以前没有33栋）',
      );
      expect(await send('roster', slips)).toMatchObject({ code: 'not-confirmed' });
      expect(await countOf('houses')).toBe(2);
      await send('roster?confirm=new-houses,other-estate', slips);
      expect(await countOf('houses')).toBe(4);
    });

    it('gives the refused rows back as a file to mend, and leaves out those of another estate', async () => {
      const text = `小区,楼栋,单元,房号,姓名,手机,与房屋关系\n和美苑,3,2,0501,甲,,业主\n康乐苑,3,2,0502,乙,,业主\n和美苑,3,2,0503,,,邻居\n`;
      const dry = await send('roster?dryRun=true', text);
      expect(dry.rejected.map(({ rowNumber, reasons }) => [rowNumber, reasons.map((r) => r.code)])).toEqual([
        [3, ['other-estate']],
        [4, ['missing', 'relation-unknown']],
      ]);
      const answer = await upload('roster/rejected?format=csv&fileName=r.csv', text);
      expect(answer.headers.get('content-disposition')).toContain('attachment');
      const csv = await answer.text();
      expect(csv).toContain('未导入原因');
      expect(csv).toContain('康乐苑');
      expect(csv).not.toContain('甲');
    });

    it.each([
      ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xlsx'],
      ['a missing column', Buffer.from('房号,姓名\n3-2-0501,王\n'), '与房屋关系'],
      ['nothing', Buffer.from(''), '没有内容'],
    ])('that is %s is answered in plain words, and nothing is written', async (_what, body, words) => {
      const refused = await send('roster', body);
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      expect(refused.fields[0]!.zh).toContain(words);
      expect(await countOf('imports')).toBe(0);
    });

    it('that the database refuses in the middle leaves nothing', async () => {
      const { houses } = world.app.engine.tables;
      const there = { version: 1, estate: 'elsewhere', building: '1', unit: '1', room: '1', createdAt: 0 };
      await world.app.engine.db.insert(houses).values({ ...there, id: 'clash' });
      let made = 0;
      const deps = { ...world.deps, ids: () => (++made === 7 ? 'clash' : `00000000-${made}`) };
      const text = '楼栋,单元,房号,姓名,与房屋关系\n3,2,0501,甲,业主\n3,2,0502,乙,业主\n3,2,0503,丙,业主\n';
      const file = { source: Buffer.from(text), fileName: 'x.csv' };
      const people = await countOf('people');
      const { id: estate } = world.estate;
      await expect(importRoster(deps, { estate, file, dryRun: false, actor: 'test' })).rejects.toThrow();
      expect([await countOf('houses'), await countOf('imports')]).toEqual([1, 0]);
      expect(await countOf('people')).toBe(people);
    });
  });

  describe('bills', () => {
    const rooms = ['3,2,0501,王玉兰,13800000001,业主,,', '3,2,0502,李建国,,业主,,', '3,2,0503,赵敏,,业主,,'];
    const take = (text: string) =>
      importBills(world.deps, {
        estate: world.estate.id,
        file: { source: Buffer.from(text), fileName: 'bills.csv' },
        dryRun: false,
        actor: 'person:test',
        confirmed: ['other-estate'],
      });
    const line = (room: string, yuan: string, paid = '0.00') =>
      `房号,收费项目,计费月份,应收金额,已收\n${room},物业服务费,202606,${yuan},${paid}\n`;

    it('show their own total beside ours; 501 is refused where the house is 0501', async () => {
      await takeRoster(world, rooms);
      const dry = await send('bills?dryRun=true', BILL_SHEET, world.accountant);
      expect(dry.totals).toEqual({ computed: '1449.04', found: '1449.04', difference: '0.00' });
      expect(dry.counts).toMatchObject({ rows: 3, added: 2, rejected: 1 });
      expect(dry.rejected).toMatchObject([{ rowNumber: 6, reasons: [{ code: 'house-unknown' }] }]);
      expect(dry.rejected[0]!.reasons[0]!.zh).toContain('0501');
    });

    it('that total only one of their columns say which, and what is left without a total', async () => {
      const wide = Buffer.from(sampleBytes('bills-wide.xlsx'));
      const { totals } = await send('bills?dryRun=true&fileName=w.xlsx', wide, world.accountant);
      expect(totals).toMatchObject({ computed: '8425.58', found: '7190.40', difference: '0.00' });
      expect(totals['part']).toEqual({
        labels: [expect.stringContaining('物业')],
        covered: '7190.40',
        rest: '1235.18',
      });
    });

    it('whose total is not the sum are not taken in', async () => {
      await takeRoster(world, rooms);
      const wrong = BILL_SHEET.replace('1,449.04', '1,449.05');
      expect((await send('bills?dryRun=true', wrong, world.accountant)).problems).toMatchObject([
        { code: 'total-differs' },
      ]);
      const refused = await send('bills', wrong, world.accountant);
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      expect(await countOf('bills')).toBe(0);
    });

    it('with another amount are a new issue; the same again is no change, a payment is news', async () => {
      await takeRoster(world, rooms);
      ok(await take(line('3-2-0501', '118.32')));
      expect(ok(await take(`${line('3-2-0501', '118.32')}\n`)).counts).toMatchObject({ unchanged: 1 });
      expect(ok(await take(line('3-2-0501', '118.32', '82.83'))).counts).toMatchObject({ updated: 1 });
      expect(ok(await take(line('3-2-0501', '110.00'))).counts).toMatchObject({ reissued: 1, added: 0 });
      expect(await billsOf('0501')).toEqual([
        { issue: 1, state: 'reissued', amountFen: 11_832, paidFen: 8_283 },
        { issue: 2, state: 'open', amountFen: 11_000, paidFen: 0 },
      ]);
    });

    it('with a house that nobody knew are looked at anew once the roster has it', async () => {
      await takeRoster(world, rooms);
      const text = line('JKY-03-2-0601', '118.32');
      expect(ok(await take(text)).counts).toMatchObject({ rejected: 1, lines: 0 });
      await takeRoster(world, ['3,2,0601,钱多,,业主,,']);
      expect(ok(await take(text))).toMatchObject({ repeated: false, counts: { rejected: 0, added: 1 } });
      expect(ok(await take(text))).toMatchObject({ repeated: true });
      expect(await countOf('bills')).toBe(1);
    });

    it('under a code that nobody has seen, or changing most of what is there, are asked about', async () => {
      await takeRoster(world, rooms);
      const bills = (yuan: string, code = '') =>
        `房号,收费项目,计费月份,应收金额\n${['0501', '0502', '0503'].map((room) => `${code}3-2-${room},物业服务费,202606,${yuan}\n`).join('')}`;
      const strange = await send('bills', bills('118.32', 'JKY-'), world.accountant);
      expect(strange).toMatchObject({ code: 'not-confirmed' });
      expect(strange.fields.map(({ zh }) => zh)).toEqual([expect.stringContaining('“JKY”')]);
      ok(await take(bills('118.32', 'JKY-')));

      const changed = bills('90.00', 'JKY-');
      const dry = await send('bills?dryRun=true', changed, world.accountant);
      expect(dry.counts).toMatchObject({ reissued: 3, offsets: 0 });
      expect(dry.questions).toMatchObject([{ code: 'mostly-reissued' }]);
      expect(dry.questions[0]!.zh).toContain('3 笔账单里有 3 笔会改掉已经导入的金额');
      expect(await send('bills', changed, world.accountant)).toMatchObject({ code: 'not-confirmed' });
      expect(await billsOf('0501')).toHaveLength(1);
      const confirmed = await send('bills?confirm=mostly-reissued', changed, world.accountant);
      expect(confirmed.counts).toMatchObject({ reissued: 3 });
    });

    it('of a far month, or of one charge with two amounts, are asked about and not taken in meanwhile', async () => {
      await takeRoster(world, rooms);
      const far = await send(
        'bills',
        line('3-2-0501', '118.32').replace('202606', '209906'),
        world.accountant,
      );
      expect(far).toMatchObject({ code: 'not-confirmed' });
      expect(far.fields[0]!.zh).toContain('有 1 笔账单的月份在一年以后，例如第 2 行的 2099-06');
      const twice = `${line('3-2-0501', '5.00').trimEnd()}\n${line('3-2-0501', '6.00').trimEnd().split('\n').at(-1)}\n`;
      const asked = await send('bills', twice, world.accountant);
      expect(asked.fields[0]!.zh).toContain('第 3 行和前面的是同一笔，金额却不一样');
      expect(await countOf('bills')).toBe(0);
      const confirmed = await send('bills?confirm=two-amounts', twice, world.accountant);
      expect(confirmed.counts).toMatchObject({ added: 1, rejected: 1 });
    });

    it.each(['1e9', '-0', '0.001', '-1.00'])('with the amount %s are refused row by row', async (amount) => {
      await takeRoster(world, rooms);
      const report = await send('bills?dryRun=true', line('3-2-0501', amount), world.accountant);
      expect(report.counts).toMatchObject({ rejected: 1, added: 0 });
      expect(report.rejected[0]!.reasons[0]!.zh).toContain(amount);
    });
  });
});

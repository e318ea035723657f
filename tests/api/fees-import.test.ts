/** Bills as they are sent: taken in whole or not at all, recognised, and refused row by row. */
import { and, eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importBills } from '../../api/fees/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { ok, takeRoster } from '../support/fees-world.ts';
import { openImportDesk, type ImportDesk } from '../support/import-desk.ts';
import { makeWorkbook, rowXml } from '../support/make-workbook.ts';
import { BILL_SHEET, sampleBytes } from '../support/sample-files.ts';

eachEngine((_name, open) => {
  let desk: ImportDesk;
  beforeAll(async () => {
    desk = await openImportDesk(await startApp(await open()));
  });
  beforeEach(() => desk.empty());

  const billsOf = async (room: string) => {
    const { bills, houses } = desk.world.app.engine.tables;
    return desk.world.app.engine.db
      .select({ issue: bills.issue, state: bills.state, amountFen: bills.amountFen, paidFen: bills.paidFen })
      .from(bills)
      .innerJoin(houses, eq(houses.id, bills.house))
      .where(and(eq(houses.estate, desk.world.estate.id), eq(houses.room, room)));
  };
  const rooms = ['3,2,0501,王玉兰,13800000001,业主,,', '3,2,0502,李建国,,业主,,', '3,2,0503,赵敏,,业主,,'];
  const take = (text: string) =>
    importBills(desk.world.deps, {
      estate: desk.world.estate.id,
      file: { source: Buffer.from(text), fileName: 'bills.csv' },
      dryRun: false,
      actor: 'person:test',
      confirmed: ['other-estate', 'paid-less'],
    });
  const line = (room: string, yuan: string, paid = '0.00') =>
    `房号,收费项目,计费月份,应收金额,已收\n${room},物业服务费,202606,${yuan},${paid}\n`;

  describe('bills', () => {
    it('show their own total beside ours; 501 is refused where the house is 0501', async () => {
      await takeRoster(desk.world, rooms);
      const dry = await desk.send('bills?dryRun=true', BILL_SHEET, desk.world.accountant);
      expect(dry.totals).toEqual({
        ...{ computed: '1449.04', found: '1449.04', difference: '0.00' },
        items: [
          { item: '物业服务费', count: 2, computed: '1436.64' },
          { item: '公摊水电', count: 1, computed: '12.40' },
        ],
      });
      expect(dry.counts).toMatchObject({ rows: 3, added: 2, rejected: 1 });
      expect(dry.rejected).toMatchObject([{ rowNumber: 6, reasons: [{ code: 'house-unknown' }] }]);
      expect(dry.rejected[0]!.reasons[0]!.zh).toContain('0501');
    });

    it('on several sheets are taken in sheet by sheet, and no sheet that looks the same goes by unseen', async () => {
      await takeRoster(desk.world, rooms);
      const header = ['房号', '收费项目', '计费月份', '应收金额'];
      const bill = (room: string) => rowXml(2, [`3-2-${room}`, '物业服务费', '2026-06', 100]);
      const book = new Uint8Array(
        await makeWorkbook({
          sheets: [
            { name: '说明', rows: rowXml(1, ['本表由系统导出']) },
            { name: '1栋', rows: rowXml(1, header) + bill('0501') },
            { name: '2栋', rows: rowXml(1, header) + bill('0502') },
            { name: '旧', rows: rowXml(1, header) + bill('0503'), state: 'hidden' },
          ],
        }),
      );
      const to = (query: string) => desk.send(`bills?fileName=b.xlsx&${query}`, book, desk.world.accountant);
      const dry = await to('dryRun=true');
      expect(dry).toMatchObject({ sheet: '1栋', otherSheets: [{ name: '2栋', rows: 2 }] });
      expect(dry.questions.map(({ zh }) => zh)).toEqual([
        '这个文件还有 1 张工作表的表头也对得上，这次没有读：“2栋”（2 行）。这次只导入“1栋”，其余的另外选出来导入，或者不用导入',
      ]);
      expect(await to('')).toMatchObject({ code: 'not-confirmed' });
      expect(await to('confirm=other-sheets')).toMatchObject({ repeated: false, counts: { added: 1 } });
      const second = await to(`confirm=other-sheets&sheet=${encodeURIComponent('2栋')}`);
      expect(second).toMatchObject({ sheet: '2栋', repeated: false, counts: { added: 1 } });
      expect(await billsOf('0502')).toMatchObject([{ amountFen: 10_000 }]);
      expect(await to('confirm=other-sheets')).toMatchObject({ repeated: true });
      expect((await to(`sheet=${encodeURIComponent('3栋')}`)).fields[0]?.zh).toContain('说明、1栋、2栋');
    });

    it('that total only one of their columns say which, and what is left without a total', async () => {
      const wide = Buffer.from(sampleBytes('bills-wide.xlsx'));
      const { totals } = await desk.send('bills?dryRun=true&fileName=w.xlsx', wide, desk.world.accountant);
      expect(totals).toMatchObject({ computed: '8425.58', found: '7190.40', difference: '0.00' });
      expect(totals['part']).toEqual({
        labels: [expect.stringContaining('物业')],
        covered: '7190.40',
        rest: '1235.18',
      });
    });

    it('whose total is not the sum are not taken in', async () => {
      await takeRoster(desk.world, rooms);
      const wrong = BILL_SHEET.replace('1,449.04', '1,449.05');
      expect((await desk.send('bills?dryRun=true', wrong, desk.world.accountant)).problems).toMatchObject([
        { code: 'total-differs' },
      ]);
      const refused = await desk.send('bills', wrong, desk.world.accountant);
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      expect(await desk.countOf('bills')).toBe(0);
    });

    it('with another amount are a new issue; the same again is no change, a payment is news', async () => {
      await takeRoster(desk.world, rooms);
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
      await takeRoster(desk.world, rooms);
      const text = line('JKY-03-2-0601', '118.32');
      expect(ok(await take(text)).counts).toMatchObject({ rejected: 1, lines: 0 });
      await takeRoster(desk.world, ['3,2,0601,钱多,,业主,,']);
      expect(ok(await take(text))).toMatchObject({ repeated: false, counts: { rejected: 0, added: 1 } });
      expect(ok(await take(text))).toMatchObject({ repeated: true });
      expect(await desk.countOf('bills')).toBe(1);
    });

    it('under a code that nobody has seen, or changing most of what is there, are asked about', async () => {
      await takeRoster(desk.world, rooms);
      const bills = (yuan: string, code = '') =>
        `房号,收费项目,计费月份,应收金额\n${['0501', '0502', '0503'].map((room) => `${code}3-2-${room},物业服务费,202606,${yuan}\n`).join('')}`;
      const strange = await desk.send('bills', bills('118.32', 'JKY-'), desk.world.accountant);
      expect(strange).toMatchObject({ code: 'not-confirmed' });
      expect(strange.fields.map(({ zh }) => zh)).toEqual([expect.stringContaining('“JKY”')]);
      ok(await take(bills('118.32', 'JKY-')));

      const changed = bills('90.00', 'JKY-');
      const dry = await desk.send('bills?dryRun=true', changed, desk.world.accountant);
      expect(dry.counts).toMatchObject({ reissued: 3, offsets: 0 });
      expect(dry.questions).toMatchObject([{ code: 'mostly-reissued' }]);
      expect(dry.questions[0]!.zh).toContain('3 笔账单里有 3 笔会改掉已经导入的金额');
      expect(await desk.send('bills', changed, desk.world.accountant)).toMatchObject({
        code: 'not-confirmed',
      });
      expect(await billsOf('0501')).toHaveLength(1);
      const confirmed = await desk.send('bills?confirm=mostly-reissued', changed, desk.world.accountant);
      expect(confirmed.counts).toMatchObject({ reissued: 3 });
    });

    it('of a far month, or of one charge with two amounts, are asked about and not taken in meanwhile', async () => {
      await takeRoster(desk.world, rooms);
      const far = await desk.send(
        'bills',
        line('3-2-0501', '118.32').replace('202606', '209906'),
        desk.world.accountant,
      );
      expect(far).toMatchObject({ code: 'not-confirmed' });
      expect(far.fields[0]!.zh).toContain('有 1 笔账单的月份在一年以后，例如第 2 行的 2099-06');
      const twice = `${line('3-2-0501', '5.00').trimEnd()}\n${line('3-2-0501', '6.00').trimEnd().split('\n').at(-1)}\n`;
      const asked = await desk.send('bills', twice, desk.world.accountant);
      expect(asked.fields[0]!.zh).toContain('第 3 行和前面的是同一笔，金额却不一样');
      expect(await desk.countOf('bills')).toBe(0);
      const confirmed = await desk.send('bills?confirm=two-amounts', twice, desk.world.accountant);
      expect(confirmed.counts).toMatchObject({ added: 1, rejected: 1 });
    });

    it('of an estate that has a namesake are asked about, with the community of each; not where a known code tells', async () => {
      const { deps, community } = desk.world;
      await takeRoster(desk.world, rooms);
      const other = ok(await addPlace(deps, { book: 1, parent: '', kind: 'community', name: '新城社区' }));
      const twin = ok(await addPlace(deps, { book: 1, parent: other.id, kind: 'estate', name: '和美苑' }));
      const asked = await desk.send('bills', line('3-2-0501', '118.32'), desk.world.accountant);
      expect(asked).toMatchObject({ code: 'not-confirmed' });
      expect(asked.fields[0]!.zh).toContain(`一个在“${community.name}”，一个在“新城社区”`);
      const coded = line('HMY-03-2-0501', '118.32');
      const both = await desk.send(
        'bills?confirm=other-estate,estate-namesake',
        coded,
        desk.world.accountant,
      );
      expect(both.counts).toMatchObject({ added: 1 });
      const again = await desk.send('bills?dryRun=true', `${coded}\n`, desk.world.accountant);
      expect(again.questions).toEqual([]);
      await deps.engine.db.delete(deps.engine.tables.places).where(eq(deps.engine.tables.places.id, twin.id));
    });

    it.each(['1e9', '-0', '0.001', '-1.00'])('with the amount %s are refused row by row', async (amount) => {
      await takeRoster(desk.world, rooms);
      const report = await desk.send('bills?dryRun=true', line('3-2-0501', amount), desk.world.accountant);
      expect(report.counts).toMatchObject({ rejected: 1, added: 0 });
      expect(report.rejected[0]!.reasons[0]!.zh).toContain(amount);
    });
  });
});

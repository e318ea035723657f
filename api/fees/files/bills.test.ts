import { describe, expect, test } from 'vitest';
import { makeWorkbook, rowXml } from '../../../tests/support/make-workbook.ts';
import { BILL_SHEET, sampleBytes, tableOf } from '../../../tests/support/sample-files.ts';
import { houseCode } from '../../places/index.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { parseBills, type BillOptions } from './bills.ts';

async function parsed(file: Uint8Array | string, options: BillOptions = {}) {
  const bills = parseBills(await tableOf(file), options);
  if (isFileProblem(bills)) throw new Error(bills.zh);
  return bills;
}
const line = (row: {
  house: { building: string; unit: string; room: string };
  item: string;
  period: string;
  amountFen: number;
}) => `${houseCode(row.house)} ${row.item} ${row.period} ${row.amountFen}`;
const LONG = '房号,收费项目,计费月份,应收金额';
const reasonsOf = async (row: string) =>
  (await parsed(`${LONG}\n${row}\n`)).rejected.flatMap(({ reasons }) =>
    reasons.map(({ code, field }) => `${field} ${code}`),
  );

describe('bills, one line an item', () => {
  test('the sheet of domain.md: three lines, the spoilt phone left out, the total right', async () => {
    const bills = await parsed(BILL_SHEET);
    expect(bills.rows.map(line)).toEqual([
      '3-2-0501 物业服务费 2026-06 11832',
      '3-2-0502 物业服务费 2026-06 131832',
      '3-2-501 公摊水电 2026-06 1240',
    ]);
    expect(bills.rows[0]).toMatchObject({ rowNumber: 4, paidFen: 0 });
    expect(bills.totals).toMatchObject({ foundFen: 144904, computedFen: 144904, differenceFen: 0 });
    expect(bills.problems).toEqual([]);
    expect(bills.warnings.map(({ rowNumber, code }) => [rowNumber, code])).toEqual([[5, 'phone-spoilt']]);
  });

  test('the GBK sample: 60 bills with numbers, penalties, due dates and an estate code', async () => {
    const bills = await parsed(sampleBytes('bills-long-gbk.csv'));
    expect(bills.rows).toHaveLength(60);
    expect(bills.rows[0]).toEqual({
      rowNumber: 2,
      billNumber: 'WY20261100001',
      house: { estate: 'JKY', building: '1', unit: '1', room: '0101' },
      item: '物业服务费',
      itemText: '物业服务费',
      period: '2026-11',
      amountFen: 12600,
      dueDate: '2026-11-30',
    });
    expect(bills.totals).toEqual({
      ...{ computedFen: 719040, columns: [] },
      items: [{ item: '物业服务费', count: 60, computedFen: 719040 }],
    });
  });

  test('a total that is not the sum names both and the difference, and the file may not be imported', async () => {
    const bills = await parsed(BILL_SHEET.replace('"1,449.04"', '"1,450.04"'));
    expect(bills.problems).toMatchObject([{ code: 'total-differs' }]);
    expect(bills.problems[0]?.zh).toContain(
      '“应收金额”第 7 行写的合计是 1450.04 元，各行相加是 1449.04 元，差 1.00 元',
    );
    expect(bills.totals.differenceFen).toBe(100);
  });

  test('a refused row still counts in the sum, so that the total tells of missing rows only', async () => {
    const bills = await parsed(BILL_SHEET.replace('3#-2-501', '大门口'));
    expect(bills.rejected).toHaveLength(1);
    expect(bills.problems).toEqual([]);
  });

  test('subtotals by building and a grand total, each against its own rows', async () => {
    const sheet = (second: string) =>
      `${LONG}\n1-1-0101,物业费,202606,10\n1-1-0102,物业费,202606,20\n1栋小计,,,30\n2-1-0101,物业费,202606,5\n2栋小计,,,${second}\n合 计：,,,35\n`;
    expect(await parsed(sheet('5'))).toMatchObject({
      problems: [],
      totals: { foundFen: 3500, differenceFen: 0 },
    });
    expect((await parsed(sheet('6'))).problems).toMatchObject([
      { code: 'total-differs', zh: expect.stringContaining('第 6 行') },
    ]);
  });

  test('a total for each building and none for the sheet', async () => {
    const bills = await parsed(
      `${LONG}\n1-1-0101,物业费,202606,10\n合计,,,10\n2-1-0101,物业费,202606,5\n合计,,,5\n`,
    );
    expect(bills).toMatchObject({
      problems: [],
      totals: { foundFen: 1500, computedFen: 1500, differenceFen: 0 },
    });
  });

  test('a total for each building and one for the sheet, all called 合计', async () => {
    const sheet = `${LONG}\n1-1-0101,物业费,202606,10\n合计,,,10\n2-1-0101,物业费,202606,5\n合计,,,5\n总计,,,15\n`;
    expect(await parsed(sheet)).toMatchObject({ problems: [], totals: { foundFen: 1500, differenceFen: 0 } });
    const wrong = await parsed(sheet.replace('合计,,,5', '合计,,,6'));
    expect(wrong.problems).toMatchObject([{ code: 'total-differs', zh: expect.stringContaining('第 5 行') }]);
  });

  test('a total whose formula has no saved result cannot be checked, which is said', async () => {
    const rows = [rowXml(1, LONG.split(',')), rowXml(2, ['3-2-0501', '物业费', '202606', 118.32])].join('');
    const total =
      '<row r="3"><c r="A3" t="inlineStr"><is><t>合计</t></is></c><c r="D3"><f>SUM(D2:D2)</f></c></row>';
    const bills = await parsed(await makeWorkbook({ sheets: [{ name: 'a', rows: rows + total }] }));
    expect(bills.problems).toMatchObject([
      { code: 'total-unreadable', zh: expect.stringContaining('=SUM(D2:D2)') },
    ]);
  });

  test.each([
    ['3-2-0501,物业费,202606,1e9', 'amount amount-exponent'],
    ['3-2-0501,物业费,202606,-0', 'amount amount-negative-zero'],
    ['3-2-0501,物业费,202606,0.001', 'amount amount-too-many-decimals'],
    ['3-2-0501,物业费,202606,-5', 'amount amount-negative'],
    ['3-2-0501,物业费,202613,5', 'period period-does-not-exist'],
    ['3-2-0501,物业费,,5', 'period missing'],
    ['3-2-0501,,202606,5', 'item missing'],
    [',物业费,202606,5', 'room missing'],
    ['3-2-0501,物业费,202606,', 'amount missing'],
  ])('%s is refused with its field named', async (row, reason) => {
    expect(await reasonsOf(row)).toEqual([reason]);
  });

  test('the same line twice: the second is refused and names the first; another name of the item does not hide it', async () => {
    const bills = await parsed(
      `${LONG}\n3-2-0501,物业费,202606,5\n3栋2单元0501,物业服务费,2026-06,5\n3-2-501,物业费,202606,5\n`,
    );
    expect(bills.rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 4]);
    expect(bills.rejected).toMatchObject([
      { rowNumber: 3, reasons: [{ code: 'duplicate', zh: expect.stringContaining('第 2 行') }] },
    ]);
  });

  test('the same line with another amount says so, and which row has which', async () => {
    const bills = await parsed(`${LONG}\n3-2-0501,物业费,202606,5\n3-2-0501,物业费,202606,6\n`);
    expect(bills.rejected).toMatchObject([
      {
        rowNumber: 3,
        reasons: [{ code: 'duplicate-other-amount', zh: expect.stringContaining('那一行是 5.00 元') }],
      },
    ]);
  });

  test('a program that writes ="0501" to keep its zeros is understood', async () => {
    const bills = await parsed(
      '楼栋,单元,房号,收费项目,计费月份,应收金额\n="03",="02",="0501",物业费,="202606",="118.32"\n',
    );
    expect(bills.rows.map(line)).toEqual(['3-2-0501 物业服务费 2026-06 11832']);
  });

  test('one bill number twice is a duplicate; two numbers for one item ask for one line', async () => {
    const header = `账单编号,${LONG}`;
    const bills = await parsed(
      `${header}\nA1,3-2-0501,车位费,202606,5\nA1,3-2-0501,车位费,202606,5\nA2,3-2-0501,车位费,202606,5\nA1,3-2-0501,物业费,202606,9\n`,
    );
    expect(bills.rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 5]);
    expect(bills.rejected.map(({ reasons }) => reasons.map(({ code }) => code))).toEqual([
      ['duplicate'],
      ['item-twice'],
    ]);
  });

  test('pages printed with the header on each: the repeated header is no row', async () => {
    const bills = await parsed(
      `${LONG}\n3-2-0501,物业费,202606,5\n本页小计,,,5\n${LONG}\n3-2-0502,物业费,202606,6\n本页小计,,,6\n合计,,,11\n第2页 共2页\n`,
    );
    expect(bills.rows).toHaveLength(2);
    expect([...bills.rejected, ...bills.problems]).toEqual([]);
  });
});

describe('bills with the items side by side', () => {
  test('the merged sample: 60 houses, one line for each charged item, the total of one column', async () => {
    const bills = await parsed(sampleBytes('bills-wide.xlsx'));
    expect(bills.rows).toHaveLength(132);
    expect(bills.rows.slice(0, 4).map(line)).toEqual([
      '1-1-0101 物业服务费 2026-11 12600',
      '1-1-0101 公摊电费 2026-11 488',
      '1-1-0101 车位费 2026-11 8000',
      '1-1-0102 物业服务费 2026-11 10440',
    ]);
    expect(bills.rows[0]).toMatchObject({ pastDueFen: 25200 });
    expect(bills.totals.columns).toEqual([
      { label: '物业费', rowNumber: 63, foundFen: 719040, computedFen: 719040, differenceFen: 0 },
    ]);
    expect(bills.implied).toMatchObject([{ label: '计费月份', value: '2026-11' }]);
    expect([...bills.problems, ...bills.warnings, ...bills.rejected]).toEqual([]);
  });

  const WIDE = '房屋,,,本月应收（元）,,,往期欠费\n楼栋,单元,房号,物业费,公摊电费,合计,欠费合计\n';

  describe('what was received of a row', () => {
    const sheet = (paid: string) =>
      tableOf(
        `楼栋,单元,房号,物业费,公摊电费,合计,已收\n3,2,0501,118.32,12.40,130.72,${paid}\n`,
        '2026年6月.csv',
      );
    const paidOf = async (paid: string) => {
      const bills = parseBills(await sheet(paid));
      return 'rows' in bills ? bills.rows.map(({ paidFen }) => paidFen) : bills;
    };

    test('nothing, or all of it, is so of each item; a row that does not say leaves it open', async () => {
      expect(await paidOf('0.00')).toEqual([0, 0]);
      expect(await paidOf('130.72')).toEqual([11832, 1240]);
      expect(await paidOf('')).toEqual([undefined, undefined]);
    });

    test('a part of it may be of any item, so the row is refused and never counted twice', async () => {
      for (const part of ['100.00', '140.00']) {
        const bills = parseBills(await sheet(part));
        expect(bills).toMatchObject({
          rows: [],
          rejected: [{ reasons: [{ code: 'paid-of-which', field: 'paid' }] }],
        });
      }
    });
  });

  test('the same as CSV, where merging is lost and the month is in the file name', async () => {
    const table = await tableOf(`${WIDE}3,2,0501,118.32,-,118.32,\n`, '和美苑2026年6月账单.csv');
    expect(parseBills(table)).toMatchObject({
      rows: [{ item: '物业服务费', period: '2026-06', amountFen: 11832 }],
    });
  });

  test('one bad item refuses the whole row, so that mending it brings no item in twice', async () => {
    const bills = await parsed(`${WIDE}3,2,0501,118.32,1e3,,\n3,2,0502,10,2,12,\n`, { period: '2026-06' });
    expect(bills.rows.map(line)).toEqual([
      '3-2-0502 物业服务费 2026-06 1000',
      '3-2-0502 公摊电费 2026-06 200',
    ]);
    expect(bills.rejected).toMatchObject([
      { rowNumber: 3, reasons: [{ field: '公摊电费', code: 'amount-exponent' }] },
    ]);
  });

  test("a row's own total must be the sum of its items", async () => {
    const bills = await parsed(`${WIDE}3,2,0501,118.32,1.68,121.00,\n`, { period: '2026-06' });
    expect(bills.rejected).toMatchObject([{ reasons: [{ field: 'rowTotal', code: 'row-total-differs' }] }]);
  });

  test('an amount merged over two rows is one amount, though their building counts for both', async () => {
    const rows = [
      rowXml(1, ['楼栋', '单元', '房号', '物业费', '车位费']),
      rowXml(2, ['3栋', '2单元', '0501', 10, 80]),
      rowXml(3, ['', '', '0502', 20, '']),
    ].join('');
    const book = await makeWorkbook({
      sheets: [{ name: '2026年6月', rows, merges: ['A2:A3', 'B2:B3', 'E2:E3'] }],
    });
    expect((await parsed(book)).rows.map(line)).toEqual([
      '3-2-0501 物业服务费 2026-06 1000',
      '3-2-0501 车位费 2026-06 8000',
      '3-2-0502 物业服务费 2026-06 2000',
    ]);
  });
});

describe('the month of a sheet without a month column', () => {
  const sheet = (title: string) => `${title}\n房号,收费项目,应收金额\n3-2-0501,物业费,5\n`;

  test('from the title, not from the day of printing', async () => {
    expect((await parsed(sheet('和美苑2026年6月物业费,制表日期：2026-07-01'))).rows[0]?.period).toBe(
      '2026-06',
    );
  });
  test('a person may say it', async () => {
    expect((await parsed(sheet('和美苑物业费'), { period: '2026-05' })).rows[0]?.period).toBe('2026-05');
  });
  test('nowhere, or two different ones: asked for, never guessed', async () => {
    expect(parseBills(await tableOf(sheet('和美苑物业费')))).toMatchObject({ code: 'period-unknown' });
    expect(parseBills(await tableOf(sheet('2026年5月、2026年6月物业费')))).toMatchObject({
      code: 'period-unclear',
      zh: expect.stringContaining('2026-05、2026-06'),
    });
  });
});

test('a file without a header says what it should hold and how it begins', async () => {
  expect(parseBills(await tableOf('日期,天气\n6月1日,晴\n'))).toMatchObject({
    code: 'header-missing',
    zh: '没有找到表头。表头里应当有：房号、收费项目、应收金额。文件开头是：“日期”、“天气”。',
  });
});

test('missing columns are named together with those that stand there', async () => {
  expect(parseBills(await tableOf('房号,业主,备注\n3-2-0501,王,\n'))).toMatchObject({
    code: 'columns-missing',
    zh: '缺少这些列：收费项目、应收金额。第 1 行表头里有：“房号”、“业主”、“备注”。',
  });
});

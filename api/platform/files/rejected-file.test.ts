import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { BILL_SHEET, sampleBytes, tableOf } from '../../../tests/support/sample-files.ts';
import { parseBills, type BillRow } from '../../fees/files/bills.ts';
import { isFileProblem, writeRejected, writeRejectedXlsx, type Parsed, type TableFile } from './index.ts';

function bills(table: TableFile): Parsed<BillRow> {
  const parsed = parseBills(table);
  if (isFileProblem(parsed)) throw new Error(parsed.zh);
  return parsed;
}

describe('the file of refused rows', () => {
  test('the original columns, titles and header, with every reason of a row in one cell', async () => {
    const table = await tableOf(BILL_SHEET.replace('118.32,0.00', '1e9,-0').replace('2026.06', '2026.13'));
    const rows = (await tableOf(writeRejected(table, bills(table), { encoding: 'utf8-bom' }))).rows;
    expect(rows[0]).toEqual(['和美苑2026年6月物业费应收明细表']);
    expect(rows[2]?.slice(-3)).toEqual(['已收', '欠费', '未导入原因']);
    expect(rows).toHaveLength(5);
    expect(rows[3]?.slice(1, 4)).toEqual(['3#-2-0501', '王玉兰', '13800000001']);
    expect(rows[3]?.at(-1)).toMatch(/^已收“-0”：.*；应收金额“1e9”：.*科学计数法/);
    expect(rows[4]?.at(-1)).toContain('没有这个月份');
  });

  test('mended and sent again it is imported, and brings no reason column to explain', async () => {
    const table = await tableOf(BILL_SHEET.replace('118.32,0.00', '1e9,0.00'));
    const out = Buffer.from(writeRejected(table, bills(table), { encoding: 'gb18030' }));
    const again = await tableOf(out);
    expect(bills(again).rejected).toHaveLength(1);
    // Refused twice, it still has one column of reasons.
    const twice = await tableOf(writeRejected(again, bills(again), { encoding: 'utf8-bom' }));
    expect(twice.rows[2]?.filter((label) => label === '未导入原因')).toHaveLength(1);
    const mended = bills({
      ...twice,
      rows: twice.rows.map((row) => row.map((cell) => (cell === '1e9' ? '118.32' : cell))),
    });
    expect(mended).toMatchObject({ rejected: [], problems: [], warnings: [] });
    expect(mended.rows).toMatchObject([{ amountFen: 11832, period: '2026-06' }]);
  });

  test('a month that stood on the sheet gets a column, since the new file has another sheet', async () => {
    const sample = await tableOf(sampleBytes('bills-wide.xlsx'));
    const spoilt = { ...sample, rows: sample.rows.map((row, at) => (at === 2 ? row.with(4, '1e9') : row)) };
    const again = await tableOf(await buffer(writeRejectedXlsx(spoilt, bills(spoilt))));
    const mended = {
      ...again,
      rows: again.rows.map((row) => row.map((cell) => (cell === '1e9' ? '126' : cell))),
    };
    expect(bills(mended)).toMatchObject({
      rejected: [],
      rows: [
        { item: '物业服务费', period: '2026-11' },
        { item: '公摊电费' },
        { item: '车位费', amountFen: 8000 },
      ],
    });
  });

  test('as XLSX the room is a text: mending it in Excel loses no zero', async () => {
    const table = await tableOf('房号,收费项目,计费月份,应收金额\n0501,物业费,202606,5\n');
    const again = await tableOf(await buffer(writeRejectedXlsx(table, bills(table))));
    expect(again.rows[1]?.slice(0, 4)).toEqual(['0501', '物业费', '202606', '5']);
    expect(again.numbers.has(1, 0)).toBe(false);
  });

  test('a cell that would run as a formula comes back harmless, and is itself again when sent in', async () => {
    const table = await tableOf('房号,收费项目,计费月份,应收金额\n=1+1,@物业费,202606,-5\n');
    const bytes = Buffer.from(writeRejected(table, bills(table), { encoding: 'utf8-bom' }));
    expect(bytes.toString()).toContain("'=1+1,'@物业费,202606,-5,");
    const reasons = bills(await tableOf(bytes)).rejected[0]?.reasons.map(({ zh }) => zh);
    expect(reasons?.[0]).toMatch(/^房号“=1\+1”/);
  });

  test('in English where the reader reads English', async () => {
    const table = await tableOf('房号,收费项目,计费月份,应收金额\n3-2-0501,物业费,202606,1e9\n');
    const out = await tableOf(writeRejected(table, bills(table), { encoding: 'utf8-bom', language: 'en' }));
    expect(out.rows[0]?.at(-1)).toBe('Why not imported');
    expect(out.rows[1]?.at(-1)).toContain('scientific notation');
  });
});

/** Bills for several months, and what was paid ahead, as firms write them. */
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../tests/support/sample-files.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { parseBills } from './bills.ts';

async function read(text: string) {
  const parsed = parseBills(await tableOf(text));
  if (isFileProblem(parsed)) throw new Error(parsed.zh);
  return parsed;
}
const long = (...rows: string[]) => read(['房号,收费项目,计费月份,应收金额', ...rows].join('\n'));

describe('a line for several months', () => {
  it('is one line, named by its first month', async () => {
    const { rows, rejected } = await long(
      '3-2-0501,物业费,2026年,1200.00',
      '3-2-0502,物业费,2026Q1,300.00',
      '3-2-0503,物业费,2026-06,100.00',
      '3-2-0504,物业费,2026-12~2026-01,100.00',
    );
    expect(rows.map(({ period, periodTo }) => [period, periodTo])).toEqual([
      ['2026-01', '2026-12'],
      ['2026-01', '2026-03'],
      ['2026-06', undefined],
    ]);
    expect(rejected).toMatchObject([{ reasons: [{ code: 'months-backwards', field: 'period' }] }]);
  });

  it.each([
    ['和美苑2026年度物业费收费表', '2026-01', '2026-12'],
    ['和美苑2026年第二季度收费明细', '2026-04', '2026-06'],
    ['和美苑2026年1-3月收费明细', '2026-01', '2026-03'],
    ['和美苑2026年度收费明细（2026年6月）', '2026-06', undefined],
  ])('of a sheet side by side has its months from the title: %s', async (title, period, periodTo) => {
    const { rows } = await read(`${title}\n楼栋,单元,房号,物业费,车位费\n3,2,0501,1200.00,960.00\n`);
    expect(rows).toHaveLength(2);
    for (const row of rows) expect([row.period, row.periodTo]).toEqual([period, periodTo]);
  });
});

describe('a year in the title', () => {
  const wide = async (title: string, names: { sheet?: string; file?: string } = {}) => {
    const text = `${title}\n楼栋,单元,房号,物业费\n3,2,0501,1200.00\n`;
    const table = await tableOf(text, names.file ?? 'table.csv');
    const parsed = parseBills({ ...table, ...(names.sheet !== undefined && { sheet: names.sheet }) });
    return isFileProblem(parsed)
      ? parsed.code
      : parsed.rows.map(({ period, periodTo }) => [period, periodTo]);
  };

  it('is not what a sheet of one month is for: July’s would be taken for the same bills', async () => {
    expect(await wide('和美苑2026年度6月份物业费收费表')).toEqual([['2026-06', undefined]]);
    expect(await wide('和美苑2026年度收费表', { file: '2026年6月.csv' })).toEqual([['2026-06', undefined]]);
    expect(await wide('和美苑2026年度收费表', { sheet: '6月' })).toBe('period-unknown');
    expect(await wide('和美苑2026年度收费表', { sheet: '六月份' })).toBe('period-unknown');
    expect(await wide('和美苑2026年度收费表', { file: '收费202606.csv' })).toBe('period-unknown');
    expect(await wide('和美苑2026年度收费表', { sheet: '2026年度' })).toEqual([['2026-01', '2026-12']]);
    expect(await wide('收费表', { file: '2026年度.csv' })).toEqual([['2026-01', '2026-12']]);
  });
});

describe('what a house has paid ahead', () => {
  const paid = (header: string, cells: string) =>
    read(`房号,收费项目,计费月份,应收金额,${header}\n3-2-0501,物业费,202606,118.32,${cells}\n`);

  it('is a balance that stays where 欠费 says so, and pays what 欠费 shows that it paid', async () => {
    const rows = async (header: string, cells: string) => (await paid(header, cells)).rows[0];
    expect(await rows('欠费,预存', '118.32,500')).not.toHaveProperty('paidFen');
    expect(await rows('欠费,预存', '118.32,500')).not.toHaveProperty('balanceFen');
    expect(await rows('欠费,预缴', '98.32,20.00')).toMatchObject({ paidFen: 2_000 });
    expect(await rows('欠费,预存余额', '0.00,500')).toMatchObject({ paidFen: 11_832 });
    expect(await rows('已收,欠费,预存', '18.32,100.00,500')).toMatchObject({ paidFen: 1_832 });
  });

  it('is asked about where nothing shows what it is, and does not count as paid', async () => {
    for (const [header, cells] of [
      ['预存', '100'],
      ['预缴金额', '500.00'],
      ['欠费,预存', '60.00,20.00'],
    ] as const) {
      const [row] = (await paid(header, cells)).rows;
      expect(row, cells).toHaveProperty('balanceFen');
      expect(row, cells).not.toHaveProperty('paidFen');
    }
  });

  it('taken for the bill, as its word says, never counts against the file’s own 欠费', async () => {
    const { rows, warnings } = await paid('欠费,预存抵扣', '118.32,500');
    expect(rows[0]).not.toHaveProperty('paidFen');
    expect(warnings).toMatchObject([{ rowNumber: 2, code: 'prepaid-left' }]);
    expect((await paid('预存抵扣', '20.00')).rows).toMatchObject([{ paidFen: 2_000 }]);
    const more = await paid('预存抵扣', '500.00');
    expect(more.rows).toMatchObject([{ amountFen: 11_832, paidFen: 11_832 }]);
    expect(more.warnings).toMatchObject([{ rowNumber: 2, code: 'prepaid-ahead' }]);
  });

  it('is no arrears where the firm writes it as owed below nothing', async () => {
    const { rows, warnings } = await paid('往期欠费', '-200.00');
    expect(rows).toMatchObject([{ pastDueFen: 0 }]);
    expect(warnings).toMatchObject([{ rowNumber: 2, code: 'paid-ahead' }]);
  });
});

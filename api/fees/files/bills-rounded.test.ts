/** 面积 × 单价 has more places than money: the sheet shows two, and means what it shows. */
import { expect, test } from 'vitest';
import { makeWorkbook } from '../../../tests/support/make-workbook.ts';
import { tableOf } from '../../../tests/support/sample-files.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { parseBills } from './bills.ts';

const HEADER = ['房号', '收费项目', '计费月份', '应收金额'];
const text = (words: string) => `<c t="inlineStr"><is><t>${words}</t></is></c>`;
const row = (cells: readonly string[]) => `<row>${cells.join('')}</row>`;

/** Rows of one amount each, as stored, and a total below; all in one number format. */
const read = async (amounts: readonly string[], total: string, format: number | string = '0.00') => {
  const cell = (value: string) => `<c s="1"><f>D2*E2</f><v>${value}</v></c>`;
  const lines = amounts.map((value, at) =>
    row([...[`3-2-050${at}`, '物业费', '2026-06'].map(text), cell(value)]),
  );
  const sum = row([...['合计', '', ''].map(text), cell(total)]);
  const rows = [row(HEADER.map(text)), ...lines, sum].join('');
  const bills = parseBills(
    await tableOf(await makeWorkbook({ sheets: [{ name: 'a', rows }], formats: [format] }), 'a.xlsx'),
  );
  if (isFileProblem(bills)) throw new Error(bills.zh);
  const { rejected, problems, warnings, totals } = bills;
  return {
    fen: bills.rows.map(({ amountFen }) => amountFen),
    ...{ rejected: rejected.length, problems, totals },
    warnings: warnings.map(({ zh }) => zh),
  };
};

test('100.6595 that the sheet shows as 100.66 is 100.66, in any format with two places', async () => {
  for (const format of [
    '0.00',
    '#,##0.00"元"',
    '_ ¥* #,##0.00_ ;_ ¥* -#,##0.00_ ',
    '[$¥-804]#,##0.00',
    2,
    4,
    43,
    44,
  ])
    expect(await read(['100.6595', '118.32'], '218.9795', format)).toMatchObject({
      ...{ fen: [10_066, 11_832], rejected: 0, problems: [], warnings: [] },
      totals: { foundFen: 21_898, computedFen: 21_898 },
    });
});

test('where more places are shown, or none are formatted, more places are still refused', async () => {
  for (const format of ['0.0000', 'General', '0.00%', '0.00E+00', '0.00,'])
    expect(await read(['100.6595'], '100.6595', format)).toMatchObject({ fen: [], rejected: 1 });
});

test('a total that Excel adds from what it does not show differs by rounding, which is said and no reason to refuse', async () => {
  const bills = await read(['0.333', '0.333', '0.333'], '0.999');
  expect(bills).toMatchObject({ fen: [33, 33, 33], problems: [] });
  expect(bills.totals).toMatchObject({ foundFen: 100, computedFen: 99, differenceFen: 1 });
  expect(bills.warnings).toEqual([
    expect.stringContaining('合计是 1.00 元，各行显示的金额相加是 0.99 元，差 0.01 元是四舍五入造成的'),
  ]);
  // More than rounding explains is a row that is missing.
  expect((await read(['0.333', '0.333', '0.333'], '1.013')).problems).toMatchObject([
    { code: 'total-differs' },
  ]);
});

test('half a fen is rounded away from zero, as the sheet does it', async () => {
  expect((await read(['0.125', '0.135', '1.005'], '1.265')).fen).toEqual([13, 14, 101]);
});

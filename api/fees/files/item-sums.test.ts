/** Count and sum of each fee item beside the file's own, before any row of it is accepted. */
import { describe, expect, test } from 'vitest';
import { sampleBytes, tableOf } from '../../../tests/support/sample-files.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { parseBills } from './bills.ts';

const LONG = '房号,收费项目,计费月份,应收金额';
async function parsed(file: Uint8Array | string) {
  const bills = parseBills(await tableOf(file));
  if (isFileProblem(bills)) throw new Error(bills.zh);
  return { items: bills.totals.items, problems: bills.problems.map(({ code, zh }) => ({ code, zh })) };
}

describe('the sums of the fee items', () => {
  test('of a wide sheet stand beside the total of the same column, where it has one', async () => {
    const { items } = await parsed(sampleBytes('bills-wide.xlsx'));
    expect(items).toEqual([
      { item: '物业服务费', count: 60, computedFen: 719040, foundFen: 719040, differenceFen: 0 },
      { item: '公摊电费', count: 60, computedFen: expect.any(Number) },
      { item: '车位费', count: 12, computedFen: 96_000 },
    ]);
  });

  test('of a long sheet stand beside the rows that sum one item, by whatever name of it', async () => {
    const rows = '1-1-0101,物业费,202606,100\n1-1-0101,公摊水电,202606,12.4\n1-1-0102,物业费,202606,50\n';
    const sums = '物业服务费小计,,,150\n公摊水电小计,,,12.40\n合计,,,162.40\n';
    expect(await parsed(`${LONG}\n${rows}${sums}`)).toEqual({
      items: [
        { item: '物业服务费', count: 2, computedFen: 15_000, foundFen: 15_000, differenceFen: 0 },
        { item: '公摊水电', count: 1, computedFen: 1_240, foundFen: 1_240, differenceFen: 0 },
      ],
      problems: [],
    });
    const wrong = await parsed(`${LONG}\n${rows}${sums.replace('12.40', '12.41')}`);
    expect(wrong.items?.[1]).toMatchObject({ foundFen: 1_241, differenceFen: 1 });
    expect(wrong.problems).toMatchObject([
      { code: 'total-differs', zh: expect.stringContaining('各行相加是 12.40 元，差 0.01 元') },
    ]);
  });

  test('the only item of a sheet has the total of the sheet', async () => {
    const { items } = await parsed(`${LONG}\n1-1-0101,物业费,202606,100\n合计,,,100.02\n`);
    expect(items).toEqual([
      { item: '物业服务费', count: 1, computedFen: 10_000, foundFen: 10_002, differenceFen: 2 },
    ]);
  });

  test('a refused row counts, as on the paper; a 0.00 charges nothing', async () => {
    const { items } = await parsed(`${LONG}\n大门口,物业费,202606,100\n1-1-0102,物业费,202606,0.00\n`);
    expect(items).toEqual([{ item: '物业服务费', count: 1, computedFen: 10_000 }]);
  });
});

describe('what was paid ahead', () => {
  const sheet = (row: string) =>
    tableOf(`房号,收费项目,计费月份,应收金额,已收,预存抵扣,欠费\n3-2-0501,物业费,202606,118.32,${row}\n`);
  const paidOf = async (row: string) => {
    const bills = parseBills(await sheet(row));
    return 'rows' in bills ? bills.rows.map(({ paidFen }) => paidFen) : bills;
  };

  test('and taken for a bill is paid, beside what was received', async () => {
    expect(await paidOf(',100.00,')).toEqual([10_000]);
    expect(await paidOf('8.32,100.00,10.00')).toEqual([10_832]);
    expect(await paidOf('8.32,,110.00')).toEqual([832]);
  });

  test('is not counted twice where the firm counts it as received', async () => {
    expect(await paidOf('108.32,100.00,10.00')).toEqual([10_832]);
  });

  const bare = async (row: string, header = '应收金额,已收,预存抵扣') => {
    const bills = parseBills(
      await tableOf(`房号,收费项目,计费月份,${header}\n3-2-0501,物业费,202606,${row}\n`),
    );
    if (!('rows' in bills)) throw new Error(bills.zh);
    return bills;
  };

  test('and makes, with what was received, more than is due refuses the row, in words', async () => {
    const { rows, rejected } = await bare('118.32,118.32,118.32');
    expect(rows).toEqual([]);
    expect(rejected).toMatchObject([
      {
        reasons: [
          { code: 'prepaid-twice', field: 'prepaid', zh: expect.stringContaining('已收里') as string },
        ],
      },
    ]);
    expect((await bare('118.32,0,118.32')).rows).toMatchObject([{ paidFen: 11_832 }]);
    expect((await bare('100.00,60,45,5.00', '应收金额,已收,预存抵扣,违约金')).rows).toMatchObject([
      { paidFen: 10_500 },
    ]);
  });

  test('beside what was received is to be asked about where no 欠费 settles it', async () => {
    expect((await bare('118.32,50,50')).rows).toMatchObject([{ paidFen: 10_000, prepaidFen: 5_000 }]);
    expect((await bare('118.32,50,50,18.32', '应收金额,已收,预存抵扣,欠费')).rows[0]).not.toHaveProperty(
      'prepaidFen',
    );
    expect((await bare('118.32,,50')).rows[0]).not.toHaveProperty('prepaidFen');
  });

  test('of a part of several items is refused by the cell that says it', async () => {
    const bills = parseBills(
      await tableOf('房号,计费月份,物业费,公摊水电,预存抵扣\n3-2-0501,202606,100.00,20.00,30.00\n'),
    );
    expect(bills).toMatchObject({
      rejected: [
        {
          reasons: [
            { code: 'paid-of-which', field: 'prepaid', zh: expect.stringContaining('30.00') as string },
          ],
        },
      ],
    });
  });
});

/** A header that only its firm understands, once a person has said what its columns are. */
import { describe, expect, test } from 'vitest';
import { tableOf } from '../../../tests/support/sample-files.ts';
import { houseCode } from '../../places/index.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { mappingFault, type BillMapping } from './bill-mapping.ts';
import { parseBills, type BillOptions } from './bills.ts';

const HEADER = ['对象', '名目', '所属', '本次', '上次'];
const mapping: BillMapping = {
  name: '易软 6.0',
  header: HEADER,
  columns: [
    { column: '对象', field: 'room' },
    { column: '名目', field: 'item' },
    { column: '所属', field: 'period' },
    { column: '本次', field: 'amount' },
  ],
};
const SHEET = `小区费用表\n${HEADER.join(',')}\n3-2-0501,物业费,202606,118.32,9\n合计,,,118.32,9\n`;
async function parsed(text: string, options: BillOptions) {
  const bills = parseBills(await tableOf(text), options);
  return isFileProblem(bills)
    ? bills
    : bills.rows.map((row) => `${houseCode(row.house)} ${row.item} ${row.period} ${row.amountFen}`);
}

describe('a column mapping', () => {
  test('reads the header that it was made for, below whatever title; without it the words mean nothing', async () => {
    expect(await parsed(SHEET, {})).toMatchObject({ code: 'header-missing' });
    expect(await parsed(SHEET, { mappings: [mapping] })).toEqual(['3-2-0501 物业服务费 2026-06 11832']);
    expect(await parsed(`第一行\n第二行\n${SHEET}`, { mappings: [mapping] })).toHaveLength(1);
  });

  test('that stands first is used, where two are for one header: the one that waits, then the newest', async () => {
    const columns = mapping.columns.map((one) =>
      one.field === 'amount' ? { column: '上次', field: one.field } : one,
    );
    const waits: BillMapping = { ...mapping, name: '等复核', columns };
    expect(await parsed(SHEET, { mappings: [waits, mapping] })).toEqual(['3-2-0501 物业服务费 2026-06 900']);
    expect(await parsed(SHEET, { mappings: [mapping, waits] })).toEqual([
      '3-2-0501 物业服务费 2026-06 11832',
    ]);
  });

  test('leaves a file with other columns to its own words', async () => {
    const own = '房号,收费项目,计费月份,应收金额\n3-2-0501,物业费,202606,5\n';
    expect(await parsed(own, { mappings: [mapping] })).toEqual(['3-2-0501 物业服务费 2026-06 500']);
    expect(await parsed(SHEET.replace('上次', '前次'), { mappings: [mapping] })).toMatchObject({
      code: 'header-missing',
    });
  });

  test('that a person chose needs its own columns only, and names one that the file lacks', async () => {
    expect(await parsed(SHEET.replace('上次', '前次'), { mapping })).toHaveLength(1);
    const lacks = await parsed(SHEET.replace('本次', '本期'), { mapping });
    expect(lacks).toMatchObject({ code: 'mapping-column-missing' });
    expect(lacks).toHaveProperty('zh', expect.stringContaining('“易软 6.0”要用的列，这个文件里没有：“本次”'));
    expect(lacks).toHaveProperty('en', expect.stringContaining('does not have: “本次”'));
  });

  test('of two header rows names a column with its group, and takes the fees side by side', async () => {
    const sheet = '位置,,当前,,以往\n楼,门牌,甲,乙,甲\n3,0501,100,20,7\n';
    const wide: BillMapping = {
      name: '双层',
      header: ['位置·楼', '位置·门牌', '当前·甲', '当前·乙', '以往·甲'],
      columns: [
        { column: '位置·楼', field: 'building' },
        { column: '位置·门牌', field: 'room' },
        { column: '当前·甲', field: 'feeItem' },
        { column: '当前·乙', field: 'feeItem' },
      ],
    };
    expect(await parsed(sheet, { mappings: [wide], period: '2026-06' })).toEqual([
      '3-0501 甲 2026-06 10000',
      '3-0501 乙 2026-06 2000',
    ]);
  });

  test.each([
    [{ column: '没有', field: 'remark' } as const, 'column-missing'],
    [{ column: '上次', field: 'room' } as const, 'field-twice'],
    [{ column: '本次', field: 'remark' } as const, 'column-twice'],
    [{ column: '上次', field: 'feeItem' } as const, 'both-layouts'],
  ])('with %o as well cannot be kept', (more, code) => {
    expect(mappingFault({ ...mapping, columns: [...mapping.columns, more] })).toMatchObject({ code });
  });

  test('that says nothing of the house, the item or the amount cannot be kept', () => {
    for (const field of ['room', 'item', 'amount'] as const) {
      const columns = mapping.columns.filter((column) => column.field !== field);
      expect(mappingFault({ header: HEADER, columns })).toEqual({ code: 'field-missing', field });
    }
  });
});

import { describe, expect, test } from 'vitest';
import { makeWorkbook, rowXml } from '../../../tests/support/make-workbook.ts';
import { sampleBytes, tableOf } from '../../../tests/support/sample-files.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { houseCode } from './house-reference.ts';
import { parseRoster } from './roster.ts';

async function parsed(file: Uint8Array | string) {
  const roster = parseRoster(await tableOf(file));
  if (isFileProblem(roster)) throw new Error(roster.zh);
  return roster;
}
const HEADER = '小区,楼栋,单元,房号,姓名,手机,与房屋关系(业主/家庭成员/租户),起始日期,截止日期';

describe('the roster of an estate', () => {
  test('the GBK sample: 55 people, their houses and relations, no identity numbers', async () => {
    const roster = await parsed(sampleBytes('roster-gbk.csv'));
    expect(roster.rows).toHaveLength(55);
    expect(roster.rejected).toEqual([]);
    expect(roster.rows[3]).toEqual({
      rowNumber: 5,
      house: { estate: '金康苑', building: '1', unit: '1', room: '0202' },
      name: '陈小燕',
      relation: 'tenant',
      phone: '13532389259',
    });
    expect(roster.warnings.map(({ code, field }) => [code, field])).toEqual([
      ['identity-not-imported', '身份证后四位'],
    ]);
    expect(JSON.stringify(roster.rows)).not.toContain('3654');
  });

  test('the layout of domain.md, with dates', async () => {
    const roster = await parsed(
      `${HEADER}\n和美苑,3#,2单元,0501,㐂玉兰,13800000001,家庭成员,2024/1/1,2026-12-31\n`,
    );
    expect(roster.rows).toEqual([
      {
        rowNumber: 2,
        house: { estate: '和美苑', building: '3', unit: '2', room: '0501' },
        name: '㐂玉兰',
        phone: '13800000001',
        relation: 'family',
        from: '2024-01-01',
        to: '2026-12-31',
      },
    ]);
    expect(roster.warnings).toEqual([]);
  });

  test('a house in one column, full-width digits, titles above and a note below', async () => {
    const roster = await parsed(
      '和美苑住户花名册\n制表人：张三,,,2026-06-01\n房 号,姓　名,联系电话,身份\n３－２－０５０１,王玉兰,１３８００００００01,产权人\n备注：截至六月底\n',
    );
    expect(roster.rows.map(({ house, phone, relation }) => [houseCode(house), phone, relation])).toEqual([
      ['3-2-0501', '13800000001', 'owner'],
    ]);
    expect(roster.rejected).toEqual([]);
  });

  test('every reason of a row at once, each with its column and what stands in it', async () => {
    const roster = await parsed(`${HEADER}\n和美苑,3,2,主卧,,13800000001,邻居,2026-02-30,\n`);
    expect(roster.rows).toEqual([]);
    const [row] = roster.rejected;
    expect(row).toMatchObject({
      rowNumber: 2,
      cells: ['和美苑', '3', '2', '主卧', '', '13800000001', '邻居', '2026-02-30'],
    });
    expect(row?.reasons.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'room house-unreadable',
      'name missing',
      'relation relation-unknown',
      'from date-does-not-exist',
    ]);
    expect(row?.reasons[3]?.zh).toBe('起始日期“2026-02-30”：没有这一天，请核对');
  });

  test('a lease that ends before it begins', async () => {
    const roster = await parsed(`${HEADER}\n和美苑,3,2,0501,王,,租户,2026-06-01,2026-05-31\n`);
    expect(roster.rejected[0]?.reasons).toMatchObject([{ code: 'ends-before-start', field: 'to' }]);
  });

  test('the same person twice in a house is a duplicate that names the first row; 501 and 0501 are two houses', async () => {
    const roster = await parsed(
      `${HEADER}\n和美苑,3,2,0501,王玉兰,,业主,,\n和美苑,3,2,501,王玉兰,,业主,,\n和美苑,3#,02,0501,王玉兰,,业主,,\n和美苑,4,2,0501,王玉兰,,业主,,\n`,
    );
    expect(roster.rows.map(({ rowNumber }) => rowNumber)).toEqual([2, 3, 5]);
    expect(roster.rejected).toMatchObject([
      { rowNumber: 4, reasons: [{ code: 'duplicate', zh: expect.stringContaining('第 2 行') }] },
    ]);
  });

  test('a spoilt phone is left out with a warning; the person is imported', async () => {
    const roster = await parsed(`${HEADER}\n和美苑,3,2,0501,王玉兰,1.38E+10,业主,,\n`);
    expect(roster.rows[0]).not.toHaveProperty('phone');
    expect(roster.warnings).toMatchObject([{ rowNumber: 2, code: 'phone-spoilt', field: 'phone' }]);
  });

  test('buildings merged over their rows count for each; rooms kept as numbers warn once of lost zeros', async () => {
    const rows = [
      rowXml(1, ['楼栋', '单元', '房号', '姓名', '身份']),
      rowXml(2, ['3栋', '2单元', 501, '甲', '业主']),
      rowXml(3, ['', '', 502, '乙', '业主']),
      rowXml(4, ['', '1单元', 101, '丙', '业主']),
    ].join('');
    const merges = ['A2:A4', 'B2:B3'];
    const roster = await parsed(await makeWorkbook({ sheets: [{ name: '花名册', rows, merges }] }));
    expect(roster.rows.map(({ house }) => houseCode(house))).toEqual(['3-2-501', '3-2-502', '3-1-101']);
    expect(roster.warnings.map(({ code }) => code)).toEqual(['room-as-number']);
  });

  test('missing columns: which, and which the file has', async () => {
    const problem = parseRoster(await tableOf('房号,姓名,电话\n3-2-0501,王,\n'));
    expect(problem).toMatchObject({ code: 'columns-missing' });
    expect(problem).toHaveProperty('zh', '缺少这些列：与房屋关系。第 1 行表头里有：“房号”、“姓名”、“电话”。');
  });

  test('a file that is no roster at all, and one without people', async () => {
    expect(parseRoster(await tableOf('日期,天气\n2026-06-01,晴\n'))).toMatchObject({
      code: 'header-missing',
    });
    expect((await parsed(`${HEADER}\n`)).problems).toMatchObject([{ code: 'no-rows' }]);
  });
});

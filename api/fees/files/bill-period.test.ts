import { expect, test } from 'vitest';
import { isFileProblem, readTable } from '../../platform/files/index.ts';
import { parseBills } from './bills.ts';

const implied = async (title: string, fileName = 'a.csv', period?: string) => {
  const text = `${title}\n房号,收费项目,应收金额\n3-2-0501,物业费,5\n`;
  const table = await readTable(Buffer.from(text), fileName);
  const bills = isFileProblem(table) ? table : parseBills(table, period === undefined ? {} : { period });
  if (isFileProblem(bills)) throw new Error(bills.zh);
  return bills.implied;
};

test('where the month of a sheet without a month column was found is told', async () => {
  expect(await implied('和美苑2026年6月物业费')).toEqual([
    { label: '计费月份', value: '2026-06', source: { zh: '标题', en: 'the title' } },
  ]);
  expect(await implied('和美苑物业费', '2026-07.csv')).toMatchObject([
    { value: '2026-07', source: { zh: '文件名' } },
  ]);
});

test('a month that a person has said stands, and another one in the title is told beside it', async () => {
  expect(await implied('和美苑2027年4月物业费', 'a.csv', '2027-02')).toMatchObject([
    { value: '2027-02', otherwise: '2027-04' },
  ]);
  const [same] = await implied('和美苑2027年2月物业费', 'a.csv', '2027-02');
  expect(same).toEqual({
    ...{ label: '计费月份', value: '2027-02' },
    source: { zh: '导入时选的', en: 'what was chosen' },
  });
  expect(await implied('和美苑物业费', 'a.csv', '2027-02')).toMatchObject([{ value: '2027-02' }]);
});

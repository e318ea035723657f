/** What a 0.00 says in a sheet of items side by side, where every house has a cell for every item. */
import { expect, test } from 'vitest';
import { tableOf } from '../../../tests/support/sample-files.ts';
import { houseCode } from '../../places/index.ts';
import { isFileProblem } from '../../platform/files/index.ts';
import { parseBills } from './bills.ts';

test('a 0.00 is a line that says so, unless another row charges the item; an empty cell is none', async () => {
  const rows = ['3,2,0501,0.00,12.40', '3,2,0501,118.32,0', '3,2,0502,,0.00', '3,2,0503,0,0'];
  const table = await tableOf(`楼栋,单元,房号,物业费,公摊电费\n${rows.join('\n')}\n`);
  const bills = parseBills(table, { period: '2026-06' });
  if (isFileProblem(bills)) throw new Error(bills.zh);
  expect(bills.rejected).toEqual([]);
  const lines = bills.rows.map(({ house, item, amountFen, isNil = false }) => {
    return [houseCode(house), item, amountFen, isNil];
  });
  expect(lines).toEqual([
    ['3-2-0501', '公摊电费', 1240, false],
    ['3-2-0501', '物业服务费', 11832, false],
    ['3-2-0502', '公摊电费', 0, true],
    ['3-2-0503', '物业服务费', 0, true],
    ['3-2-0503', '公摊电费', 0, true],
  ]);
});

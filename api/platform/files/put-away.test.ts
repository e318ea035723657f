import { expect, it } from 'vitest';
import { finish } from './in-turns.ts';
import { cellsOf, putAway } from './put-away.ts';
import { CellSet, type TableFile } from './table.ts';

it('rows that were put away are found as they were, in any order, and what stands above them stays', () => {
  const rows = Array.from({ length: 1_234 }, (_, at) => [
    `${at + 1}`,
    '王玉兰，"3栋"',
    at % 3 === 0 ? '' : '😀\n',
  ]);
  const table: TableFile = {
    ...{ fileName: 'bills.csv', kind: 'csv', sha256: '', encoding: 'utf-8', sheet: '', otherSheets: [] },
    ...{ rows: [...rows], merges: [], numbers: new CellSet() },
  };
  finish(putAway(table, 2));
  expect(table.rows).toHaveLength(rows.length);
  expect(table.rows.slice(0, 3)).toEqual([rows[0], rows[1], []]);
  for (const at of [0, 1, 2, 501, 502, 1_233, 700, 3]) expect(cellsOf(table, at)).toEqual(rows[at]);
  expect(cellsOf(table, 1_234)).toEqual([]);
});

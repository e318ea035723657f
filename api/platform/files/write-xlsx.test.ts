import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { tableOf } from '../../../tests/support/sample-files.ts';
import { secondReading } from '../../../tests/support/second-reader.ts';
import { writeXlsx, type OutSheet } from './index.ts';

const read = async (sheet: Omit<OutSheet, 'name'>, name = '账单') =>
  tableOf(await buffer(writeXlsx({ name, ...sheet })));

describe('a workbook for Excel', () => {
  test('rooms, phones and receipts are texts; amounts and dates are what they are', async () => {
    const rows = [
      ['房号', '手机', '应收', '日期', '份数'],
      ['0501', '13800000001', { fen: 10440 }, { date: '2026-11-30' }, 3],
    ];
    const table = await read({ rows, headerRows: 1, widths: [12, 14] });
    expect(table.rows[1]).toEqual(['0501', '13800000001', '104.4', '2026-11-30', '3']);
    expect([0, 1, 2, 3, 4].map((column) => table.numbers.has(1, column))).toEqual([
      false,
      false,
      true,
      false,
      true,
    ]);
  });

  test('are the same to another library', async () => {
    const rows = [
      ['房号', '手机', '应收', '日期', '份数', '备注'],
      ['0501', '13800000001', { fen: 10_440 }, { date: '2026-11-30' }, 3, '=1+1'],
      ['000', '1.3E+10', { fen: -1 }, { date: '2024-02-29' }, 0, ' 两边 '],
      ['007', null, { fen: 9_007_199_254_740 }, null, 140_000, '一\n二 㐂𠮷 <b>&'],
    ];
    const bytes = await buffer(writeXlsx({ name: '账单', rows, headerRows: 1 }));
    expect(
      await secondReading(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)),
    ).toEqual([
      rows[0],
      ['0501', '13800000001', 104.4, new Date('2026-11-30'), 3, '=1+1'],
      ['000', '1.3E+10', -0.01, new Date('2024-02-29'), 0, ' 两边 '],
      ['007', null, 90_071_992_547.4, null, 140_000, '一\n二 㐂𠮷 <b>&'],
    ]);
  });

  test('a text that looks like a formula is a text, and nothing breaks the XML', async () => {
    const row = ['=1+1', '<b>&"\'', ' 两边 ', '一\n二', '_x0041_', '㐂𠮷'];
    expect((await read({ rows: [row] })).rows[0]).toEqual(row);
  });

  test('what XML cannot hold is left out', async () => {
    expect((await read({ rows: [['a\u0000b\u0007c\ud800d']] })).rows[0]).toEqual(['abcd']);
  });

  test('a name that Excel would refuse is made one that it takes', async () => {
    expect((await read({ rows: [['1']] }, '2026/06: [账单]?')).sheet).toBe('2026 06   账单');
    expect((await read({ rows: [['1']] }, '/')).sheet).toBe('Sheet1');
    expect((await read({ rows: [['1']] }, '长'.repeat(40))).sheet).toHaveLength(31);
  });

  test('equal rows give equal bytes, at any time', async () => {
    const make = () => buffer(writeXlsx({ name: 'a', rows: [['1', 2]] }));
    expect(await make()).toEqual(await make());
  });

  test('rows come one by one: the first bytes are out before the last row is asked for', async () => {
    let asked = 0;
    async function* rows() {
      for (; asked < 60_000; asked += 1) yield [`第 ${asked} 行`, asked];
    }
    let seenAt = 0;
    for await (const chunk of writeXlsx({ name: 'a', rows: rows() }))
      if (seenAt === 0 && chunk.length > 0) seenAt = asked;
    expect(asked).toBe(60_000);
    expect(seenAt).toBeLessThan(30_000);
  });

  test('rows that fail half-way fail the download, which is not a shorter file', async () => {
    async function* rows() {
      yield ['一'];
      throw new Error('the database is gone');
    }
    await expect(buffer(writeXlsx({ name: 'a', rows: rows() }))).rejects.toThrow('the database is gone');
  });

  test('a reader who goes away half-way lets go of the rows', async () => {
    let released: () => void = () => undefined;
    const end = new Promise<void>((resolve) => (released = resolve));
    async function* rows() {
      try {
        for (;;) yield [`${Math.random()}`, `${Math.random()}`];
      } finally {
        released();
      }
    }
    for await (const chunk of writeXlsx({ name: 'a', rows: rows() })) if (chunk.length > 1_000) break;
    await end;
  });
});

import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { tableOf } from '../../../tests/support/sample-files.ts';
import { harmless, streamCsv, writeCsv, type OutCell } from './index.ts';

const text = (rows: OutCell[][]) => Buffer.from(writeCsv(rows, { encoding: 'utf8-bom' })).toString();

describe('a CSV for Excel', () => {
  test('begins with the mark, ends its rows as Excel does, and writes fen as yuan', () => {
    expect(
      text([
        ['房号', '应收', '日期', '备注'],
        ['3-2-0501', { fen: 11832 }, { date: '2026-06-01' }, null],
      ]),
    ).toBe('\uFEFF房号,应收,日期,备注\r\n3-2-0501,118.32,2026-06-01,\r\n');
  });

  test('quotes what must be quoted, and reads back as written', async () => {
    const row = ['含,逗号', '含"引号"', '两\n行', ' 空格 ', '㐂𠮷'];
    for (const encoding of ['utf8-bom', 'gb18030'] as const)
      expect((await tableOf(writeCsv([row, ['x']], { encoding }))).rows[0]).toEqual(row);
  });

  test('GB18030 keeps names of four bytes', () => {
    expect(iconv.decode(Buffer.from(writeCsv([['㐂𠮷']], { encoding: 'gb18030' })), 'gb18030')).toBe(
      '㐂𠮷\r\n',
    );
  });

  test.each([
    '=HYPERLINK("http://x")',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1+1',
    '－cmd',
    '+8613800000001',
  ])('%j is made harmless', (cell) => expect(harmless(cell)).toBe(`'${cell}`));
  test.each(['-5.20', '-12', '3-2-0501', '2026-06-01', 'a=b', ''])('%j is left as it is', (cell) =>
    expect(harmless(cell)).toBe(cell),
  );
  test('a number below zero stays a number', () => {
    expect(text([[-5.2, { fen: -520 }]])).toBe('\uFEFF-5.2,-5.20\r\n');
  });

  test('the stream gives the same bytes', async () => {
    const rows = [
      ['一', 1],
      ['=二', null],
    ];
    const pieces: Uint8Array[] = [];
    for await (const piece of streamCsv(rows, { encoding: 'utf8-bom' })) pieces.push(piece);
    expect(Buffer.concat(pieces)).toEqual(writeCsv(rows, { encoding: 'utf8-bom' }));
  });
});

import { createHash } from 'node:crypto';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { sampleBytes, tableOf } from '../../../tests/support/sample-files.ts';
import { guessDelimiter } from './read-csv.ts';
import { LIMITS, readTable } from './index.ts';

const NAMES = '房号,姓名\n3-2-0501,㐂田𠮷\n';

describe('the encoding is found: mark, strict UTF-8, GB18030', () => {
  test('a GBK file as Chinese Excel writes it', async () => {
    const table = await tableOf(sampleBytes('roster-gbk.csv'));
    expect(table.encoding).toBe('gb18030');
    expect(table.rows[1]).toEqual(['金康苑', '1', '1', '0101', '吴雪梅', '业主', '13509234285', '3654']);
  });

  test('names that need four bytes in GB18030', async () => {
    const table = await tableOf(iconv.encode(NAMES, 'gb18030'));
    expect(table.encoding).toBe('gb18030');
    expect(table.rows[1]).toEqual(['3-2-0501', '㐂田𠮷']);
  });

  test('a character that falls between two pieces of a long file', async () => {
    const long = `房号,姓名\n${'1-1-0101,㐂𠮷乙\n'.repeat(9_000)}`;
    for (const encoding of ['gb18030', 'utf8', 'utf-16le'] as const) {
      const bytes = iconv.encode(long, encoding, { addBOM: encoding === 'utf-16le' });
      const table = await tableOf(bytes);
      expect(table.rows.length).toBe(9_001);
      expect(new Set(table.rows.slice(1).map((row) => row.join()))).toEqual(new Set(['1-1-0101,㐂𠮷乙']));
    }
  });

  test('UTF-8 with and without its mark, UTF-16 both ways', async () => {
    expect(await tableOf(NAMES)).toMatchObject({ encoding: 'utf-8' });
    const marked = await tableOf(`\uFEFF${NAMES}`);
    expect(marked).toMatchObject({ encoding: 'utf-8-bom' });
    expect(marked.rows[0]?.[0]).toBe('房号');
    for (const encoding of ['utf-16le', 'utf-16be'] as const) {
      const table = await tableOf(iconv.encode(NAMES.replaceAll(',', '\t'), encoding, { addBOM: true }));
      expect(table).toMatchObject({
        encoding,
        rows: [
          ['房号', '姓名'],
          ['3-2-0501', '㐂田𠮷'],
        ],
      });
    }
  });

  test('bytes that mean nothing name the row where they stand', async () => {
    const bytes = Buffer.concat([
      Buffer.from('\uFEFF房号,姓名\n1-1-0101,甲\n1-1-0102,'),
      Buffer.from([0xff, 0xfe, 0x0a]),
    ]);
    expect(await readTable(bytes, 'a.csv')).toMatchObject({
      code: 'bad-encoding',
      zh: expect.stringContaining('第 3 行'),
    });
  });

  test('a file whose characters were lost before it reached us is refused, not imported with question marks', async () => {
    expect(await readTable(Buffer.from('房号,姓名\n1-1-0101,\uFFFD\uFFFD\n'), 'a.csv')).toMatchObject({
      code: 'bad-encoding',
    });
  });
});

test('a UTF-8 file that is damaged or cut off is not taken for GBK: the row is named', async () => {
  const text = Buffer.from('房号,姓名,收费项目\n1-1-0101,甲乙丙,物业服务费\n1-1-0102,丁');
  expect(await readTable(text.subarray(0, -1), 'a.csv')).toMatchObject({
    code: 'bad-encoding',
    zh: expect.stringContaining('第 3 行'),
  });
});

describe('a CSV is read as Excel shows it', () => {
  test('comma, tab, semicolon or bar; a declared one wins; commas inside quotes do not count', async () => {
    expect(guessDelimiter('房号,金额\n1,2')).toBe(',');
    expect(guessDelimiter('房号\t金额\n1\t"1,318.32"')).toBe('\t');
    expect(guessDelimiter('房号;金额\n1;2,50\n2;3,50')).toBe(';');
    expect(guessDelimiter('房号|金额\n1|2')).toBe('|');
    expect(guessDelimiter('sep=;\na,b;c')).toBe(';');
    // A line break and tabs within quotes once made this a list of tabs.
    expect(guessDelimiter('房号,姓名,备注\n"\t\n\t"\n\'\t0')).toBe(',');
    expect((await tableOf('一列\n只有\n')).rows).toEqual([['一列'], ['只有']]);
  });

  test('quoted commas, doubled quotes and line breaks stay in their cell, and rows are counted as in Excel', async () => {
    const table = await tableOf(
      '房号,金额,备注\r\n1-1-0101,"1,318.32","说""好""\n了"\r\n\r\n1-1-0102,2,\r\n',
    );
    expect(table.rows).toEqual([
      ['房号', '金额', '备注'],
      ['1-1-0101', '1,318.32', '说"好"\n了'],
      [],
      ['1-1-0102', '2'],
    ]);
  });

  test('a quote inside an unquoted cell is a character', async () => {
    expect((await tableOf('房号,备注\n1-1-0101,宽3"管\n')).rows[1]).toEqual(['1-1-0101', '宽3"管']);
  });

  test('a quote that never closes is named with its row', async () => {
    expect(
      await readTable(Buffer.from('房号,备注\n1-1-0101,好\n1-1-0102,"坏\n1-1-0103,好\n'), 'a.csv'),
    ).toMatchObject({
      code: 'broken-quotes',
      zh: expect.stringContaining('第 3 行'),
    });
  });

  test('the same bytes have the same SHA-256, whatever the file is called', async () => {
    const expected = createHash('sha256').update(NAMES).digest('hex');
    expect((await tableOf(NAMES, '一.csv')).sha256).toBe(expected);
    expect((await tableOf(NAMES, '二.csv')).sha256).toBe(expected);
  });
});

describe('what is too large is refused by name', () => {
  test('a file of more than 50 MB, before the whole of a stream is taken', async () => {
    expect(await readTable(new Uint8Array(LIMITS.bytes + 1), 'a.csv')).toMatchObject({
      code: 'file-too-large',
    });
    let taken = 0;
    async function* long() {
      while (taken < 60) {
        taken += 1;
        yield Buffer.alloc(1024 * 1024, 'a,b\n');
      }
    }
    expect(await readTable(long(), 'a.csv')).toMatchObject({ code: 'file-too-large' });
    expect(taken).toBe(51);
  });

  test('a file of 50 MB to the byte is read', { timeout: 60_000 }, async () => {
    const line = `${'1-1-0101,物业服务费,202606,118.32,'.padEnd(299, '备注内容')}\n`;
    const rows = Math.floor(LIMITS.bytes / Buffer.byteLength(line));
    const text = line.repeat(rows);
    const bytes = Buffer.concat([
      Buffer.from(text),
      Buffer.alloc(LIMITS.bytes - Buffer.byteLength(text), '1'),
    ]);
    expect(bytes.length).toBe(LIMITS.bytes);
    const table = await tableOf(bytes);
    expect(table.rows.length).toBe(rows + 1);
  });

  test('too many rows, columns, characters in a cell, or cells', async () => {
    expect(await readTable(Buffer.from('a,b\n'.repeat(LIMITS.rows + 1)), 'a.csv')).toMatchObject({
      code: 'too-many-rows',
    });
    expect(await readTable(Buffer.from(`a\n${'1,'.repeat(LIMITS.columns)}1\n`), 'a.csv')).toMatchObject({
      code: 'too-many-columns',
      zh: expect.stringContaining('第 2 行'),
    });
    expect(await readTable(Buffer.from(`a,b\n1,${'长'.repeat(2_001)}\n`), 'a.csv')).toMatchObject({
      code: 'cell-too-long',
      zh: expect.stringContaining('第 2 行 B 列'),
    });
    const wide = `${'1,'.repeat(100)}1\n`;
    expect(await readTable(Buffer.from(wide.repeat(50_000)), 'a.csv')).toMatchObject({
      code: 'too-much-text',
    });
  });

  test('the limits stand where they should: as many rows, columns and characters as allowed are read', async () => {
    expect((await tableOf('a,b\n'.repeat(LIMITS.rows))).rows.length).toBe(LIMITS.rows);
    const edge = `${'1,'.repeat(LIMITS.columns - 1)}${'长'.repeat(LIMITS.cellCharacters)}\n`;
    expect((await tableOf(edge)).rows[0]?.length).toBe(LIMITS.columns);
  });
});

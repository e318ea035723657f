import { describe, expect, test } from 'vitest';
import { makeWorkbook, rowXml, zipOf, type RawWorkbook } from '../../../../tests/support/make-workbook.ts';
import { sampleBytes, tableOf } from '../../../../tests/support/sample-files.ts';
import { LIMITS, readTable } from '../index.ts';

const sheetOf = async (rows: string, book: Omit<RawWorkbook, 'sheets'> = {}) =>
  tableOf(await makeWorkbook({ ...book, sheets: [{ name: '账单', rows }] }));
const firstRow = async (cells: string, book: Omit<RawWorkbook, 'sheets'> = {}) =>
  (await sheetOf(`<row r="1">${cells}</row>`, book)).rows[0];

describe('a workbook is read as text', () => {
  test('the wide sample: merged groups, floats as Excel shows them, a total by formula', async () => {
    const table = await tableOf(sampleBytes('bills-wide.xlsx'));
    expect(table).toMatchObject({ kind: 'xlsx', sheet: '2026-11', otherSheets: [] });
    expect(table.merges).toEqual([
      { top: 0, left: 0, bottom: 0, right: 3 },
      { top: 0, left: 4, bottom: 0, right: 6 },
    ]);
    expect(table.rows[3]).toEqual(['1', '1', '0102', '吴**', '104.4', '1.15']);
    expect(table.rows.at(-1)).toEqual(['合计', '', '', '', '7190.4']);
    expect([table.numbers.has(3, 0), table.numbers.has(3, 2), table.numbers.has(3, 4)]).toEqual([
      true,
      false,
      true,
    ]);
  });

  test('the posted list: dates by their format, receipt numbers with their zeros', async () => {
    const table = await tableOf(sampleBytes('posted-list.xlsx'));
    expect(table.rows[3]).toEqual([
      '2026-11-04',
      '1栋1单元0102',
      '物业费',
      '2026-11',
      '现金',
      '104.4',
      '00034101',
    ]);
  });

  test('numbers keep their exact text: no exponent, no binary tail, no lost digit up to 15', async () => {
    const cells = [
      '104.39999999999999',
      '1.38E10',
      '13800000001',
      '1E-7',
      '123456789012345',
      '-0',
      '0.1',
      '100',
    ]
      .map((value) => `<c><v>${value}</v></c>`)
      .join('');
    expect(await firstRow(cells)).toEqual([
      '104.4',
      '13800000000',
      '13800000001',
      '0.0000001',
      '123456789012345',
      '0',
      '0.1',
      '100',
    ]);
  });

  test('a number shown with leading zeros is read with them: 501 in the format 0000 is room 0501', async () => {
    const table = await sheetOf('<row r="1"><c s="1"><v>501</v></c><c><v>501</v></c></row>', {
      formats: ['0000'],
    });
    expect(table.rows[0]).toEqual(['0501', '501']);
    expect([table.numbers.has(0, 0), table.numbers.has(0, 1)]).toEqual([false, true]);
  });

  test('dates in built-in, Chinese and own formats; money and percent are no dates', async () => {
    const formats = [
      14,
      31,
      'yyyy"年"m"月"',
      '[$-804]yyyy/m/d;@',
      '#,##0.00"元"',
      '[Red]0.00',
      '0%',
      'yyyy-mm-dd hh:mm',
      'h:mm',
    ];
    const cells = formats
      .map((_, at) => `<c s="${at + 1}"><v>${at >= 7 ? 46356.75 : 46356}</v></c>`)
      .join('');
    expect(await firstRow(cells, { formats })).toEqual([
      ...Array.from({ length: 4 }, () => '2026-11-30'),
      ...Array.from({ length: 3 }, () => '46356'),
      '2026-11-30 18:00:00',
      '2026-11-30 18:00:00',
    ]);
  });

  test('the day before and after the leap day that never was, and workbooks that count from 1904', async () => {
    const days = [1, 59, 60, 61].map((day) => `<c s="1"><v>${day}</v></c>`).join('');
    expect(await firstRow(days, { formats: [14] })).toEqual([
      '1900-01-01',
      '1900-02-28',
      '1900-02-29',
      '1900-03-01',
    ]);
    const from1904 = { formats: [14], workbookProperties: '<workbookPr date1904="1"/>' };
    expect(await firstRow('<c s="1"><v>44894</v></c>', from1904)).toEqual(['2026-11-30']);
  });

  test('a formula is its saved result; without one it shows itself, so that nobody takes it for empty', async () => {
    const cells =
      '<c><f>A2*2</f><v>12.5</v></c><c t="str"><f>A2&amp;"室"</f><v>0501室</v></c><c><f>SUM(E3:E62)</f></c><c t="e"><v>#REF!</v></c><c t="b"><v>1</v></c>';
    expect(await firstRow(cells)).toEqual(['12.5', '0501室', '=SUM(E3:E62)', '#REF!', 'TRUE']);
  });

  test('rich text is joined, its reading aid left out, escapes undone, what a database refuses dropped', async () => {
    const sharedStrings = [
      '<r><t>王</t></r><r><t xml:space="preserve"> 玉兰</t></r><rPh sb="0" eb="1"><t>wang</t></rPh>',
      '<t>一_x000A_二_x0000__xD800_</t>',
    ];
    expect(await firstRow('<c t="s"><v>0</v></c><c t="s"><v>1</v></c>', { sharedStrings })).toEqual([
      '王 玉兰',
      '一\n二',
    ]);
  });

  test('rows and cells without references count on; rows left out are blank rows', async () => {
    const table = await sheetOf(
      '<row><c><v>1</v></c></row><row r="4"><c r="B4"><v>2</v></c><c><v>3</v></c></row>',
    );
    expect(table.rows).toEqual([['1'], [], [], ['', '2', '3']]);
  });

  test('elements with a namespace prefix, as some exporters write them', async () => {
    expect(await firstRow('<c r="A1"><v>7</v></c>', { prefix: 'x:' })).toEqual(['7']);
  });

  test('the first visible sheet that holds something; another by its name; the rest is named with its rows', async () => {
    const bytes = await makeWorkbook({
      sheets: [
        { name: '旧', rows: rowXml(1, ['旧']), state: 'hidden' },
        { name: '封面', rows: '' },
        { name: '六月', rows: rowXml(1, ['六']) },
        { name: '七月', rows: rowXml(1, ['七']) + rowXml(90, ['七']) },
      ],
    });
    expect(await tableOf(bytes)).toMatchObject({
      sheet: '六月',
      otherSheets: [{ name: '七月', rows: 2 }],
      rows: [['六']],
    });
    expect(await readTable(bytes, 'a.xlsx', { sheet: '七月' })).toMatchObject({
      sheet: '七月',
      otherSheets: [{ name: '六月', rows: 1 }],
    });
    // Each sheet is a file of its own.
    const hashes = await Promise.all(
      [undefined, '六月', '七月'].map(async (sheet) => {
        const read = await readTable(bytes, 'a.xlsx', sheet === undefined ? {} : { sheet });
        return 'sha256' in read ? read.sha256 : read.code;
      }),
    );
    expect([hashes[0] === hashes[1], hashes[1] === hashes[2]]).toEqual([true, false]);
    const fits = { fits: ({ rows }: { rows: readonly (readonly string[])[] }) => rows[0]?.[0] === '七' };
    expect(await readTable(bytes, 'a.xlsx', fits)).toMatchObject({ sheet: '七月', otherSheets: [] });
    const none = { fits: () => false };
    expect(await readTable(bytes, 'a.xlsx', none)).toMatchObject({ sheet: '六月', otherSheets: [] });
    expect(await readTable(bytes, 'a.xlsx', { sheet: '八月' })).toMatchObject({
      code: 'no-such-sheet',
      zh: expect.stringContaining('封面、六月、七月'),
    });
  });
});

describe('a hostile or damaged workbook is refused by name', () => {
  const problemOf = async (bytes: Uint8Array) => readTable(bytes, 'a.xlsx');

  test('a zip bomb is given up long before it is unpacked', async () => {
    const zeros = '0'.repeat(64 * 1024 * 1024);
    const bytes = await makeWorkbook({ sheets: [{ name: 'a', rows: `<row><c><v>${zeros}</v></c></row>` }] });
    expect(bytes.length).toBeLessThan(200_000);
    const before = process.memoryUsage().rss;
    expect(await problemOf(bytes)).toMatchObject({ code: 'expands-too-far' });
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
  });

  test('a bomb in a part that is never read does no harm', async () => {
    const parts = { 'xl/media/image1.png': Buffer.alloc(64 * 1024 * 1024) };
    expect(await problemOf(await zipOf(parts))).toMatchObject({ code: 'not-a-table' });
  });

  test('entities that grow into millions are not grown', async () => {
    const bytes = await zipOf({
      'xl/workbook.xml': `<!DOCTYPE a [<!ENTITY b "${'x'.repeat(1_000)}">]><workbook><sheets>&b;</sheets></workbook>`,
    });
    expect(await problemOf(bytes)).toMatchObject({ code: 'broken-xlsx' });
  });

  test('a download that stopped early, at whatever byte', async () => {
    const whole = sampleBytes('bills-wide.xlsx');
    for (let length = 4; length < whole.length; length += 411)
      expect(await problemOf(whole.subarray(0, length))).toMatchObject({ code: 'broken-xlsx' });
  });

  test('one changed byte is found by its checksum or read as what it is, never a crash', async () => {
    const whole = Buffer.from(sampleBytes('bills-wide.xlsx'));
    for (let at = 30; at < whole.length; at += 97) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x5a;
      const table = await problemOf(changed);
      expect('code' in table || 'rows' in table).toBe(true);
    }
  });

  test('more rows, columns or merged cells than allowed; formats alone far below the table do not count', async () => {
    const book = async (rows: string, merges: string[] = []) =>
      problemOf(await makeWorkbook({ sheets: [{ name: 'a', rows, merges }] }));
    expect(await book(`<row r="${LIMITS.rows + 1}"><c><v>1</v></c></row>`)).toMatchObject({
      code: 'too-many-rows',
    });
    expect(await book('<row r="1"><c r="GS1"><v>1</v></c></row>')).toMatchObject({
      code: 'too-many-columns',
    });
    expect(
      await book('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'),
    ).toMatchObject({
      rows: [['1']],
    });
    const merges = Array.from({ length: LIMITS.merges + 1 }, (_, at) => `A${at + 1}:B${at + 1}`);
    expect(await book('<row r="1"><c><v>1</v></c></row>', merges)).toMatchObject({ code: 'too-many-merges' });
  });

  test('rows out of order would overwrite each other', async () => {
    const rows = '<row r="2"><c><v>1</v></c></row><row r="2"><c><v>2</v></c></row>';
    expect(await problemOf(await makeWorkbook({ sheets: [{ name: 'a', rows }] }))).toMatchObject({
      code: 'broken-xlsx',
    });
  });
});

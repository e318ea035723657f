import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseBills } from '../../api/fees/files/bills.ts';
import { parsePostedList } from '../../api/fees/files/posted-list.ts';
import { houseCode, parseHouse, parseRoster } from '../../api/places/index.ts';
import {
  parseAmount,
  readTable,
  writeCsv,
  writeXlsx,
  type OutCell,
  type TableFile,
} from '../../api/platform/files/index.ts';
import { formatYuan } from '../../api/platform/money/index.ts';
import { sampleBytes, tableOf } from '../support/sample-files.ts';

/** Text as people type it, with the signs that break CSV, XML and Excel; CSV knows no other line end inside a cell. */
const cell = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom(...'0123456789-=+@,";\t\n<&>\'_xA房栋元㐂𠮷'),
      fc.string({ minLength: 1, maxLength: 1 }),
    ),
    maxLength: 12,
  })
  .filter((text) => !text.includes('\r'));
const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });

const trimmed = (all: readonly (readonly string[])[]) => {
  const table = all.map((row) => row.slice(0, row.findLastIndex((text) => text !== '') + 1));
  return table.slice(0, table.findLastIndex((row) => row.length > 0) + 1);
};

describe('what goes out comes back', () => {
  test('any text through XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        fc.pre(trimmed(table).length > 0);
        const back = await tableOf(await buffer(writeXlsx({ name: 'a', rows: table })));
        expect(back.rows).toEqual(trimmed(table));
      }),
      { numRuns: 150 },
    );
  });

  test('any text through CSV in both encodings, guarded cells apart', async () => {
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.constantFrom('utf8-bom' as const, 'gb18030' as const),
        async (table, encoding) => {
          // The first row fixes the delimiter, as a header does.
          const all = [['房号', '姓名', '备注'], ...table];
          const back = await tableOf(writeCsv(all, { encoding }));
          const plain = back.rows.map((row) =>
            row.map((text) => text.replace(/^'(?=[=+\-@\t\n＝＋－＠])/, '')),
          );
          const sent = trimmed(all).map((row) =>
            row.map((text) => text.replace(/^'(?=[=+\-@\t\n＝＋－＠])/, '')),
          );
          expect(plain).toEqual(sent);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('any amount in fen, through both', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 20 }),
        async (amounts) => {
          const out: OutCell[][] = [['金额', '备注'], ...amounts.map((fen) => [{ fen }, '元'])];
          for (const bytes of [
            writeCsv(out, { encoding: 'gb18030' }),
            await buffer(writeXlsx({ name: 'a', rows: out })),
          ]) {
            const back = (await tableOf(bytes)).rows.slice(1).map((row) => parseAmount(row[0] ?? ''));
            expect(back).toEqual(amounts.map((value) => ({ value })));
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

test('a house written as its code is the same house', () => {
  const part = fc.integer({ min: 1, max: 99 }).map(String);
  const room = fc.stringMatching(/^\d{3,4}$/);
  fc.assert(
    fc.property(part, fc.oneof(part, fc.constant('')), room, (building, unit, number) => {
      expect(parseHouse({ room: houseCode({ building, unit, room: number }) })).toEqual({
        house: { building, unit, room: number },
      });
      const words = `${building}号楼${unit === '' ? '' : `${unit}单元`}${number}室`;
      expect(parseHouse({ room: words })).toEqual({ house: { building, unit, room: number } });
    }),
  );
});

describe('no file brings the reader down', () => {
  const parsers: ((table: TableFile) => unknown)[] = [parseBills, parsePostedList, parseRoster];
  const survive = async (bytes: Uint8Array) => {
    const table = await readTable(bytes, 'a.xlsx');
    if ('rows' in table) for (const parse of parsers) parse(table);
  };

  test('any bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), survive), { numRuns: 300 });
  });

  test('a real workbook with some bytes changed', async () => {
    const whole = sampleBytes('posted-list.xlsx');
    const change = fc.record({ at: fc.nat(whole.length - 1), to: fc.integer({ min: 0, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(whole);
        for (const { at, to } of changes) bytes[at] = to;
        await survive(bytes);
      }),
      { numRuns: 300 },
    );
  });

  test('a bill sheet of any texts: the sum of its lines and of its refused amounts is what was computed', async () => {
    const amount = fc.oneof(
      fc.integer({ min: 0, max: 1_000_000 }).map(formatYuan),
      fc.constantFrom('1e9', '-0', '', 'x'),
    );
    const room = fc.oneof(
      fc.integer({ min: 1, max: 9 }).map((n) => `3-2-050${n}`),
      cell,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(room, amount), { minLength: 1, maxLength: 12 }), async (lines) => {
        const out = [
          ['房号', '收费项目', '计费月份', '应收金额'],
          ...lines.map(([where, fen]) => [where, '物业费', '202606', fen]),
        ];
        const bills = parseBills(await tableOf(writeCsv(out, { encoding: 'utf8-bom' })));
        if ('code' in bills) throw new Error(bills.zh);
        const readable = (text: string) => {
          const parsed = parseAmount(text);
          return 'value' in parsed ? parsed.value : 0;
        };
        const imported = bills.rows.reduce((sum, { amountFen }) => sum + amountFen, 0);
        const refused = bills.rejected.reduce((sum, { cells }) => sum + readable(cells[3] ?? ''), 0);
        expect(imported + refused).toBe(bills.totals.computedFen);
        expect(bills.rows.length + bills.rejected.length).toBe(lines.length);
      }),
      { numRuns: 200 },
    );
  });
});

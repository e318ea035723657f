/** Files of bills as firms export them, made at run time: a CSV in GB18030, our own kind of workbook, and Excel's. */
import { createWriteStream, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { writeXlsx } from '../../api/platform/files/index.ts';
import { makeWorkbook } from '../support/make-workbook.ts';

/** How the file was written: by Chinese Excel as CSV, with each text in its cell, or with a table of shared texts. */
export const FILE_KINDS = ['csv', 'xlsx', 'xlsx-shared'] as const;
export type FileKind = (typeof FILE_KINDS)[number];

const HEADER =
  '账单编号,房号,业主,手机,收费项目,计费月份,建筑面积,单价,应收金额,已收金额,欠费金额,截止日期'.split(',');
const ROOMS_A_UNIT = 40;
const UNITS_A_BUILDING = 4;
const NAMES = '王玉兰 李建国 赵敏 孙小燕 吴秀珍 周国庆 陈小燕 郑春生'.split(' ');

export type BenchHouse = { building: string; unit: string; room: string };

export function houseAt(nth: number): BenchHouse {
  const unit = Math.floor(nth / ROOMS_A_UNIT);
  const inUnit = nth % ROOMS_A_UNIT;
  return {
    building: String(Math.floor(unit / UNITS_A_BUILDING) + 1),
    unit: String((unit % UNITS_A_BUILDING) + 1),
    room: String((Math.floor(inUnit / 4) + 1) * 100 + (inUnit % 4) + 1).padStart(4, '0'),
  };
}

/** `amountFen` differs from row to row, as areas do. */
function rowAt(nth: number): { cells: string[]; amountFen: number } {
  const { building, unit, room } = houseAt(nth);
  const area = 6_000 + ((nth * 37) % 9_000);
  const amountFen = Math.round((area * 120) / 100);
  const amount = (amountFen / 100).toFixed(2);
  const cells = [
    `WY202606${String(nth + 1).padStart(7, '0')}`,
    `${building}#-${unit}-${room}`,
    NAMES[nth % NAMES.length] ?? '',
    `13${String(800_000_000 + nth)}`,
    ...['物业服务费', '202606', (area / 100).toFixed(2), '1.20', amount, '0.00', amount, '2026/06/30'],
  ];
  return { cells, amountFen };
}

function* linesOf(rows: number): Generator<string[]> {
  yield ['和美苑2026年6月物业费应收明细表'];
  yield HEADER;
  let sumFen = 0;
  for (let nth = 0; nth < rows; nth += 1) {
    const { cells, amountFen } = rowAt(nth);
    sumFen += amountFen;
    yield cells;
  }
  yield ['合计', '', '', '', '', '', '', '', (sumFen / 100).toFixed(2)];
}

export async function writeBillFile(file: string, kind: FileKind, rows: number): Promise<void> {
  if (kind === 'xlsx')
    return pipeline(Readable.from(writeXlsx({ name: '六月', rows: linesOf(rows) })), createWriteStream(file));
  if (kind === 'csv') {
    const bytes = Readable.from(linesOf(rows)).map((cells: string[]) =>
      iconv.encode(`${cells.join(',')}\r\n`, 'gb18030'),
    );
    return pipeline(bytes, createWriteStream(file));
  }
  writeFileSync(file, await sharedWorkbook(rows));
}

/** Columns that Excel holds as numbers. */
const NUMBERS = new Set([6, 7, 8, 9, 10]);

async function sharedWorkbook(rows: number): Promise<Buffer> {
  const strings = new Map<string, number>();
  const shared = (text: string): number => {
    const known = strings.get(text) ?? strings.size;
    strings.set(text, known);
    return known;
  };
  let number = 0;
  const xml: string[] = [];
  for (const cells of linesOf(rows)) {
    number += 1;
    const row = cells.map((text, column) => {
      const at = `${String.fromCharCode(65 + column)}${number}`;
      if (text === '') return `<c r="${at}" s="0"/>`;
      if (number > 2 && NUMBERS.has(column)) return `<c r="${at}"><v>${text}</v></c>`;
      return `<c r="${at}" t="s"><v>${shared(text)}</v></c>`;
    });
    xml.push(`<row r="${number}" spans="1:12">${row.join('')}</row>`);
  }
  const sharedStrings = [...strings.keys()].map((text) => `<t>${text}</t>`);
  return makeWorkbook({ sheets: [{ name: '六月', rows: xml.join('') }], sharedStrings });
}

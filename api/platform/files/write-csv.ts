/** Protects: a file of ours opened in Excel runs nothing and shows what we meant. */
import iconv from 'iconv-lite';
import { formatYuan } from '../money/index.ts';

/** What a cell holds. Amounts are given in fen, so that CSV and XLSX write the same yuan without a float. */
export type OutCell = string | number | { readonly fen: number } | { readonly date: string } | null;

export type CsvEncoding = 'utf8-bom' | 'gb18030';

/** Programs take a cell that begins so for a formula; full-width signs too, under a Chinese system. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** A text that a program would run gets an apostrophe in front; a number stays a number. */
export function harmless(text: string): string {
  return RUNS.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}

/** A whole CSV; rows end in CRLF, as Excel writes them. */
export function writeCsv(rows: Iterable<readonly OutCell[]>, options: { encoding: CsvEncoding }): Uint8Array {
  const lines: Buffer[] = [options.encoding === 'utf8-bom' ? Buffer.from('\uFEFF') : Buffer.alloc(0)];
  for (const row of rows) lines.push(encode(csvLine(row), options.encoding));
  return Buffer.concat(lines);
}

/** The same, row by row, for exports that must not stand in memory. */
export async function* streamCsv(
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>,
  options: { encoding: CsvEncoding },
): AsyncGenerator<Uint8Array> {
  if (options.encoding === 'utf8-bom') yield Buffer.from('\uFEFF');
  for await (const row of rows) yield encode(csvLine(row), options.encoding);
}

function csvLine(row: readonly OutCell[]): string {
  return `${row.map((cell) => quoted(cellText(cell))).join(',')}\r\n`;
}

function cellText(cell: OutCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'string') return harmless(cell);
  return 'fen' in cell ? formatYuan(cell.fen) : cell.date;
}

function quoted(text: string): string {
  // A semicolon, tab or bar outside quotes could be taken for the delimiter by whoever has to guess it.
  return /[",;|\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function encode(text: string, encoding: CsvEncoding): Buffer {
  return encoding === 'utf8-bom' ? Buffer.from(text) : iconv.encode(text, 'gb18030');
}

/**
 * The refused rows in their own columns, with the reasons beside them: mended, the file can be sent in again as it is.
 * Title rows and the header come along, and a month that stood in the title gets a column.
 */
import type { Language } from '../language.ts';
import { cleanCell } from './clean-text.ts';
import type { Parsed } from './parsed.ts';
import type { TableFile } from './table.ts';
import { writeCsv, type CsvEncoding, type OutCell } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

type Rejection = Pick<Parsed<unknown>, 'rejected' | 'headerRow' | 'implied'>;

/** No firm calls a column of its own so; it can be taken out again when the file comes back. */
const REASON_LABEL = { zh: '未导入原因', en: 'Why not imported' } as const;
const REASON_LABELS: readonly string[] = Object.values(REASON_LABEL);

export function isReasonLabel(label: string): boolean {
  return REASON_LABELS.includes(cleanCell(label));
}

/** The rows of such a file: everything above the first row, then the refused rows. */
export function* rejectedRows(table: TableFile, parsed: Rejection, language: Language): Generator<string[]> {
  const header = table.rows[parsed.headerRow] ?? [];
  const width = widthOf(table, parsed);
  // A file that is sent in again already has the column of reasons; it is written anew.
  const old = header.findIndex(isReasonLabel);
  const fit = (cells: readonly string[]) =>
    Array.from({ length: width }, (_, column) => cells[column] ?? '').filter((_, column) => column !== old);
  for (const row of table.rows.slice(0, parsed.headerRow)) yield trimmed(fit(row));
  yield [...fit(header), ...parsed.implied.map(({ label }) => label), REASON_LABEL[language]];
  for (const { cells, reasons } of parsed.rejected)
    yield [
      ...fit(cells),
      ...parsed.implied.map(({ value }) => value),
      reasons.map((reason) => reason[language]).join(language === 'zh' ? '；' : '; '),
    ];
}

/** As CSV. Excel takes zeros and long numbers from a CSV that it opens and saves; offer XLSX first. */
export function writeRejected(
  table: TableFile,
  parsed: Rejection,
  options: { encoding: CsvEncoding; language?: Language },
): Uint8Array {
  return writeCsv(rejectedRows(table, parsed, options.language ?? 'zh'), options);
}

/** As XLSX with text cells: rooms and phones survive being mended in Excel. */
export function writeRejectedXlsx(
  table: TableFile,
  parsed: Rejection,
  options: { language?: Language } = {},
): AsyncIterable<Uint8Array> {
  const language = options.language ?? 'zh';
  const rows: Iterable<readonly OutCell[]> = rejectedRows(table, parsed, language);
  return writeXlsx({
    name: language === 'zh' ? '需要修改的行' : 'Rows to mend',
    rows,
    headerRows: parsed.headerRow + 1,
  });
}

function widthOf(table: TableFile, parsed: Rejection): number {
  const header = table.rows[parsed.headerRow]?.length ?? 0;
  const above = table.rows[parsed.headerRow - 1]?.length ?? 0;
  return parsed.rejected.reduce((width, { cells }) => Math.max(width, cells.length), Math.max(header, above));
}

function trimmed(cells: readonly string[]): string[] {
  const row = [...cells];
  while (row.at(-1) === '') row.pop();
  return row;
}

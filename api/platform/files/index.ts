/**
 * Tables in and out: CSV and XLSX as firms export them, read into text with plain words for whatever is wrong, and
 * written so that Excel shows what we meant.
 *
 *     const table = await readTable(bytes, 'bills.xlsx');
 *     if (isFileProblem(table)) return table;          // { code, zh, en }
 *     const parsed = await inTurns(billSteps(table));  // api/fees: the module that knows what the columns mean
 */
export { unitIn } from './amount-unit.ts';
export { bodyRows, type BodyRow } from './body-rows.ts';
export {
  parseAmount,
  parseDate,
  parsePeriod,
  parsePhone,
  type CellReason,
  type CellValue,
} from './cell-values.ts';
export { cleanCell, headerKey, squeeze } from './clean-text.ts';
export { columnWarnings } from './column-warnings.ts';
export { download, downloadTable, type FileFormat } from './download.ts';
export { duplicateReason, FirstRows } from './duplicates.ts';
export { everyPage } from './every-page.ts';
export { FILE_PROBLEM_CODES, fileProblem, type FileProblem, type FileProblemCode } from './file-problems.ts';
export {
  columnNames,
  findHeader,
  headerAt,
  missingColumns,
  otherColumns,
  SEARCHED_ROWS,
  type ColumnWords,
  type Header,
  type HeaderRow,
} from './header.ts';
export { finish, inTurns, ROWS_A_STEP, type Steps } from './in-turns.ts';
export { LIMITS } from './limits.ts';
export { parseMonths } from './month-span.ts';
export { SharedTexts } from './own-text.ts';
export type {
  ColumnTotal,
  Implied,
  ItemSum,
  Parsed,
  RejectedRow,
  RowReason,
  RowWarning,
  Totals,
} from './parsed.ts';
export { cellsOf, putAway } from './put-away.ts';
export { readTable, type ReadOptions } from './read-table.ts';
export { isDash, RowReader } from './row-reader.ts';
export {
  isFileProblem,
  type CellSet,
  type Merge,
  type OtherSheet,
  type TableEncoding,
  type TableFile,
} from './table.ts';
export { isSum, TotalCheck } from './totals.ts';
export { rejectedRows, writeRejected, writeRejectedXlsx } from './rejected-file.ts';
export { harmless, streamCsv, writeCsv, type CsvEncoding, type OutCell } from './write-csv.ts';
export { writeXlsx, type OutSheet } from './write-xlsx.ts';

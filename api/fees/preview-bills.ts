/** What a file of bills looks like and how far we understand it, for whoever is to say what its columns are. */
import {
  columnNames,
  findHeader,
  headerAt,
  isFileProblem,
  readTable,
  SEARCHED_ROWS,
  type TableFile,
} from '../platform/files/index.ts';
import { problemOfFile, type ImportFile, type ProductDeps } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';
import { mappingsAt, ownerOf } from './bill-mappings.ts';
import { BILL_WORDS } from './files/bill-columns.ts';
import { findMapped, readByWords, understoodColumns, type MappedColumn } from './files/bill-mapping.ts';

export type BillPreview = {
  fileName: string;
  sheet: string;
  /** As Excel counts rows; where the header is thought to stand. */
  headerRow: number;
  /** The names of its columns, '' where one has none. */
  header: readonly string[];
  columns: readonly MappedColumn[];
  /** The first rows below it. */
  rows: readonly (readonly string[])[];
};

const ROWS_SHOWN = 5;
const CELL_SHOWN = 60;

export async function previewBills(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { estate, file, headerRow }: { estate: string; file: ImportFile; headerRow?: number },
): Promise<BillPreview | Problem> {
  if ((await places.find(estate))?.kind !== 'estate') return problem('not-found');
  const mappings = await mappingsAt(engine, {
    firm: await ownerOf({ engine, places, clock }, estate),
    estate,
  });
  const { sheet } = file;
  const table = await readTable(file.source, file.fileName, {
    fits: (one) => findMapped(one, mappings) !== undefined || !isFileProblem(headerOf(one)),
    ...(sheet !== undefined && { sheet }),
  });
  if (isFileProblem(table)) return problemOfFile(table);
  const header = headerOf(table);
  const read = findMapped(table, mappings) ?? (isFileProblem(header) ? undefined : readByWords(header));
  const row = headerRow === undefined ? (read?.header.row ?? fullestRow(table)) : headerRow - 1;
  const names = columnNames(headerAt(table, row));
  const understood = read !== undefined && read.header.row === row ? understoodColumns(read) : [];
  return {
    ...{ fileName: table.fileName, sheet: table.sheet, headerRow: row + 1, header: names },
    columns: understood.filter(({ column }) => column !== ''),
    rows: table.rows
      .slice(row + 1)
      .filter((cells) => cells.length > 0)
      .slice(0, ROWS_SHOWN)
      .map((cells) => cells.map((text) => text.slice(0, CELL_SHOWN))),
  };
}

function headerOf(table: TableFile) {
  return findHeader(table, BILL_WORDS, ['room', 'item', 'amount']);
}

/** A header names every column; titles above it are few words, and rows below it leave cells empty. */
function fullestRow(table: TableFile): number {
  const filled = table.rows
    .slice(0, SEARCHED_ROWS)
    .map((cells) => cells.filter((text) => text !== '' && !/^[\d.,¥￥-]+$/.test(text)).length);
  return Math.max(0, filled.indexOf(Math.max(...filled)));
}

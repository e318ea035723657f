/** A firm's bills: one line a fee item (long), or the items of a house side by side (wide). */
import {
  bodyRows,
  findHeader,
  finish,
  isFileProblem,
  missingColumns,
  ROWS_A_STEP,
  type FileProblem,
  type Parsed,
  type Steps,
  type TableFile,
} from '../../platform/files/index.ts';
import type { HouseReference } from '../../places/index.ts';
import { BILL_WORDS } from './bill-columns.ts';
import { BillFile } from './bill-file.ts';
import { applyMapping, findMapped, readByWords, type BillHeader, type BillMapping } from './bill-mapping.ts';
import type { Contradiction } from './contradiction.ts';
import { LeftOut } from './left-out.ts';
import { impliedPeriod, type GivenMonths } from './bill-period.ts';

/** One line of a bill. A wide sheet's row makes one line for each fee item that it charges. */
export type BillRow = {
  readonly rowNumber: number;
  readonly billNumber?: string;
  readonly house: HouseReference;
  /** The item by its one name (物业服务费), and as the file calls it (物业费). */
  readonly item: string;
  readonly itemText: string;
  /** `2026-11`; the first month of a line for several. */
  readonly period: string;
  /** The last month of a line for several. */
  readonly periodTo?: string;
  readonly amountFen: number;
  /** A 0.00 of a wide sheet, where every house has a cell for every item: it is news only where a bill stands. */
  readonly isNil?: true;
  readonly paidFen?: number;
  /** Counted as paid beside what was received, where no 欠费 says whether it is in there already. */
  readonly prepaidFen?: number;
  /** 预存 that is not counted as paid, where no 欠费 says whether it was taken for this bill. */
  readonly balanceFen?: number;
  /** What the house owes from before. It belongs to the house: in a wide sheet each of its lines carries it. */
  readonly pastDueFen?: number;
  readonly dueDate?: string;
  /** 已收 and 欠费 are written, and agree with what is due. */
  readonly unpaidAgrees?: true;
  /** Of a row whose own figures do not agree; each of its lines carries it. */
  readonly contradicts?: Contradiction;
};

export type BillOptions = {
  /** The month of a sheet that has no month column, when a person has said it. */
  readonly period?: string;
  /** The mapping that a person chose for this file. */
  readonly mapping?: BillMapping;
  /** Those of the firm: one made for this very header is used by itself. */
  readonly mappings?: readonly BillMapping[];
  /** Houses that a person found for what a firm writes, by what it writes. */
  readonly decided?: ReadonlyMap<string, HouseReference>;
};

export function parseBills(table: TableFile, options: BillOptions = {}): Parsed<BillRow> | FileProblem {
  return finish(billSteps(table, options));
}

/** The same in steps: `await inTurns(billSteps(table))` where others wait for their turn. */
export function* billSteps(
  table: TableFile,
  options: BillOptions = {},
): Steps<Parsed<BillRow> | FileProblem> {
  const found = readHeader(table, options);
  if (isFileProblem(found)) return found;
  const { header } = found;
  const months = header.columns.has('period') ? undefined : monthsOf(table, header.row, options.period);
  if (months && isFileProblem(months)) return months;

  const left = new LeftOut(header, found.items);
  const file = new BillFile(table, found, { months, decided: options.decided });
  for (const row of bodyRows(table, header)) {
    if (row.kind === 'row') {
      file.take(row.index);
      left.take(table.rows[row.index] ?? []);
    } else file.totals.take(row, table.rows[row.index] ?? []);
    if (row.index % ROWS_A_STEP === 0) yield;
  }
  const parsed = file.finish();
  // Whoever mapped the columns has said what each of them is.
  const leftOut = found.isMapped === true ? [] : left.finish(parsed.totals.computedFen);
  return leftOut.length > 0 ? { ...parsed, leftOut } : parsed;
}

/** What a person has said stands before what the file does, and the difference is told. */
function monthsOf(table: TableFile, headerRow: number, given: string | undefined): GivenMonths | FileProblem {
  const found = impliedPeriod(table, headerRow);
  if (given === undefined) return found;
  const said = { period: given, source: { zh: '导入时选的', en: 'what was chosen' } };
  return isFileProblem(found) || found.period === given ? said : { ...said, otherwise: found };
}

function readHeader(table: TableFile, { mapping, mappings = [] }: BillOptions): BillHeader | FileProblem {
  if (mapping !== undefined) return applyMapping(table, mapping);
  const saved = findMapped(table, mappings);
  if (saved !== undefined) return saved;
  const header = findHeader(table, BILL_WORDS, ['room', 'item', 'amount']);
  if (isFileProblem(header)) return header;
  const read = readByWords(header);
  const wanted = read.items.length > 0 ? (['room'] as const) : (['room', 'item', 'amount'] as const);
  return missingColumns(header, BILL_WORDS, wanted) ?? read;
}

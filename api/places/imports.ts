/**
 * Files that were imported: read in turns, recognised by their bytes, written in one database transaction each. So an
 * import that stops half-way leaves nothing, and the same file sent twice changes nothing (traps 12 and 18).
 */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Question } from './import-questions.ts';
import { problem, type Problem } from '../platform/index.ts';
import {
  cellsOf,
  finish,
  inTurns,
  isFileProblem,
  readTable,
  type FileProblem,
  type Implied,
  type OtherSheet,
  type Parsed,
  type RejectedRow,
  type RowReason,
  type RowWarning,
  type Steps,
  type TableFile,
  type Totals,
} from '../platform/files/index.ts';

export type ImportKind = 'roster' | 'bills' | 'posted-list' | 'funder-statement';
export type ImportFile = {
  source: Uint8Array | AsyncIterable<Uint8Array>;
  fileName: string;
  /** The sheet of a workbook that a person chose. */
  sheet?: string;
};
export type ImportRow = NonNullable<Awaited<ReturnType<typeof getImport>>>;

/** What a person sees of a file before and after it is taken in. */
export type ImportReport = {
  /** The import's id; left out on a dry run. */
  import?: string;
  /** The same file was taken in before, and nothing was written now. */
  repeated: boolean;
  fileName: string;
  encoding: string;
  sheet: string;
  /** Sheets of the same workbook that look the same and were not read. */
  otherSheets: readonly OtherSheet[];
  /** What the file gives outside its rows: the month in its title. */
  implied: readonly Implied[];
  counts: Readonly<Record<string, number>>;
  totals: Totals;
  /** What stops the whole file, such as a total that is not the sum. Only a dry run answers with any. */
  problems: readonly FileProblem[];
  warnings: readonly RowWarning[];
  rejected: readonly RejectedRow[];
  /** What the file writes for houses that are not known, for a person to say which is meant. */
  unknownHouses?: readonly UnknownHouse[];
  /** Of what was read: whoever takes the file in says which of it they saw. */
  digest?: string;
  /** Of bills with offsets: whether what was received is taken to have the points in it. */
  paidHas?: 'points' | 'money';
  /** What a person has to answer before it is taken in. */
  questions: readonly Question[];
};

export type UnknownHouse = {
  written: string;
  /** How many rows write it, and the first of them. */
  rows: number;
  rowNumber: number;
  /** Codes of houses that may be meant. */
  candidates: readonly string[];
};

export type FileRead<Row> = { table: TableFile; parsed: Parsed<Row> };

export async function readImport<Row>(
  { source, fileName, sheet }: ImportFile,
  steps: (table: TableFile) => Steps<Parsed<Row> | FileProblem>,
  onRows?: (rows: number) => void,
): Promise<FileRead<Row> | Problem> {
  const table = await readTable(source, fileName, {
    fits: (sheetOf) => headerFits(finish(steps(beginningOf(sheetOf)))),
    ...(sheet !== undefined && { sheet }),
    ...(onRows && { onRows }),
  });
  if (isFileProblem(table)) return problemOfFile(table);
  const parsed = await inTurns(steps(table));
  return isFileProblem(parsed) ? problemOfFile(parsed) : { table, parsed };
}

/** What a sheet begins with says whether it is one of those that are looked for. */
const BEGINNING = 60;

function beginningOf(table: TableFile): TableFile {
  return { ...table, rows: table.rows.slice(0, BEGINNING) };
}

const NO_FIT = ['header-missing', 'columns-missing', 'mapping-column-missing', 'bill-sheet'];

function headerFits(read: Parsed<unknown> | FileProblem): boolean {
  return !isFileProblem(read) || !NO_FIT.includes(read.code);
}

/** The field that a form marks is the file; the sentence says what is wrong with it. */
export function problemOfFile(...found: readonly FileProblem[]): Problem {
  if (found.some(({ code }) => code === 'file-too-large')) return problem('too-large');
  return problem('invalid-input', { fields: found.map(({ zh, en }) => ({ field: 'file', zh, en })) });
}

/** A row that the file's own reading let through and that what we know refuses. */
export function rejectRow(table: TableFile, rowNumber: number, reason: RowReason): RejectedRow {
  return { rowNumber, reasons: [reason], cells: cellsOf(table, rowNumber - 1) };
}

export function reportOf<Row>(
  { table, parsed }: FileRead<Row>,
  {
    questions,
    ...rest
  }: Pick<ImportReport, 'counts' | 'repeated' | 'questions' | 'unknownHouses' | 'digest' | 'paidHas'> & {
    import?: string;
  },
): ImportReport {
  const { totals, problems, warnings, rejected, implied } = parsed;
  const { fileName, encoding, sheet, otherSheets } = table;
  const read = { fileName, encoding, sheet, otherSheets, implied, totals, problems, warnings, rejected };
  return { ...read, questions, ...rest };
}

export async function findImport(
  { db, tables: { imports: t } }: Engine,
  input: { place: string; kind: ImportKind; fileHash: string },
) {
  const { place, kind, fileHash } = input;
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.kind, kind), eq(t.fileHash, fileHash)));
  return row;
}

/** Names and codes of an estate that its earlier files carried and a person confirmed. */
export async function otherNamesOf({ db, tables: { imports: t } }: Engine, place: string): Promise<string[]> {
  const rows = await db.select({ summary: t.summary }).from(t).where(eq(t.place, place));
  return rows.flatMap(({ summary }) => {
    const names: unknown = summary['otherNames'];
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  });
}

export async function getImport({ db, tables: { imports: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** Newest first, before the import `before`. */
export async function listImports(
  { reader, tables: { imports: t } }: Engine,
  input: { place: string; kind: ImportKind; before?: string; limit: number },
) {
  const earlier = input.before === undefined ? undefined : lt(t.id, input.before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, input.place), eq(t.kind, input.kind), earlier))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

/** Two files of one estate take turns, and the later one sees what the first has brought. */
export function turnOf(estate: string): string {
  return `imports:${estate}`;
}

/** Rosters of one book and merges of its people, too: one may make or find whom the other is about to merge. */
export function turnOfPeople(book: number): string {
  return `people:${book}`;
}

/** Rows an insert statement carries: below every engine's limit of parameters. */
const ROWS_A_STATEMENT = 500;

export function chunksOf<Row>(rows: readonly Row[], size: number = ROWS_A_STATEMENT): Row[][] {
  const chunks: Row[][] = [];
  for (let at = 0; at < rows.length; at += size) chunks.push(rows.slice(at, at + size));
  return chunks;
}

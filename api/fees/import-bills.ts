/** Takes in a firm's bills: all of the file in one database transaction, or nothing of it. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Engine } from '../db/index.ts';
import {
  chunksOf,
  findImport,
  housesOf,
  houseKey,
  otherNamesOf,
  problemOfFile,
  readImport,
  rejectRow,
  reportOf,
  sortByEstate,
  turnOf,
  unanswered,
  type FileRead,
  type House,
  type HouseReference,
  type ImportFile,
  type ImportReport,
  type OnStage,
  type ProductDeps,
  type SortedByEstate,
} from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { monthOf } from '../programme/index.ts';
import { duplicateReason, type RejectedRow, type RowReason } from '../platform/files/index.ts';
import { otherAmount } from './files/bill-reasons.ts';
import { billSteps, type BillRow } from './files/bills.ts';
import { countChanges, questionsOf, type OffsetsOfLines } from './bill-questions.ts';
import { IN_FORCE } from './left-to-pay.ts';
import { monthsOfPlace } from './months-of-place.ts';
import { latestClosed } from './rules/month-order.ts';
import { billLine, planBills, type BillChanges, type KnownBill } from './plan-bills.ts';

type BillsDeps = Pick<ProductDeps, 'engine' | 'ids' | 'clock' | 'places'>;
type BillsInput = {
  estate: string;
  file: ImportFile;
  /** The month of a sheet that names none, `2026-06`. */
  period?: string;
  actor: Actor | string;
  /** The codes of the questions that a person has answered. */
  confirmed?: readonly string[];
  onStage?: OnStage;
};
type FileInput = Pick<BillsInput, 'estate' | 'file' | 'period'>;
type BillsFile = FileRead<BillRow> & { sorted: SortedByEstate<BillRow> };
type BillsRead = FileRead<BillRow> &
  Pick<SortedByEstate<BillRow>, 'otherNames' | 'questions'> & { found: { row: BillRow; house: string }[] };

/**
 * A file all of whose rows were taken is recognised when it comes again, unless bills have changed since: then it may be
 * the firm's way back. One with refused rows is looked at anew: the house that was missing may be in the roster now.
 */
export async function importBills(
  deps: BillsDeps,
  input: BillsInput & { dryRun: boolean },
): Promise<ImportReport | Problem> {
  const file = await readFile(deps, input);
  if (isProblem(file)) return file;
  input.onStage?.('comparing', file.table.rows.length);
  return deps.engine.exclusively(turnOf(input.estate), async (engine) => {
    const { ids, clock } = deps;
    const { estate, dryRun } = input;
    const read = await findHouses(engine, estate, file);
    const { table, parsed, found } = read;
    const fileHash = table.sha256;
    const before = await findImport(engine, { place: estate, kind: 'bills', fileHash });
    const seen = before?.rowsRejected === 0;
    const known = await knownBills(engine, estate, found);
    const changes = planBills(found, known, ids);
    const lines = countChanges(changes) + changes.unchanged;
    const repeated = seen && countChanges(changes) === 0;
    const ofCancelled = await offsetsOfLines(engine, known, changes.cancelled);
    const ofReissued = await offsetsOfLines(engine, known, changes.reissued);
    const waiting = ofCancelled.waiting + ofReissued.waiting;
    const offsets = waiting + ofCancelled.posted + ofReissued.posted;
    const counts = { ...countsOf(read, changes), lines, offsets };
    const closed = latestClosed((await monthsOfPlace(engine, estate)).closed);
    const of = { changes, known, found, lines, waiting, ofCancelled, parsed, closed, seen };
    const questions = [...read.questions, ...questionsOf({ ...of, thisMonth: monthOf(clock()) })];
    if (dryRun) return reportOf(read, { counts, questions, repeated });
    if (before && repeated) return reportOf(read, { counts, questions: [], repeated, import: before.id });
    if (parsed.problems.length > 0) return problemOfFile(...parsed.problems);
    const open = unanswered(questions, input.confirmed);
    if (open) return open;
    const id = before?.id ?? ids();
    const { computedFen, foundFen = null } = parsed.totals;
    const taken = {
      rowsAccepted: new Set(found.map(({ row }) => row.rowNumber)).size,
      rowsRejected: parsed.rejected.length,
      summary: { counts, computedFen, foundFen, encoding: table.encoding, otherNames: read.otherNames },
    };
    const { imports } = engine.tables;
    input.onStage?.('writing');
    await engine.atomically((db) => [
      before
        ? db
            .update(imports)
            .set({ ...taken, version: before.version + 1 })
            .where(eq(imports.id, id))
        : db.insert(imports).values({
            id,
            version: 1,
            place: estate,
            kind: 'bills' as const,
            fileName: table.fileName,
            fileHash,
            ...taken,
            importedBy: typeof input.actor === 'string' ? input.actor : actorText(input.actor),
            createdAt: clock(),
          }),
      ...writesOf(engine, db, { changes, estate, import: id, now: clock() }),
    ]);
    return reportOf(read, { counts, questions, repeated: false, import: id });
  });
}

/** The file with its houses found, and what refuses its rows; also for the file of refused rows. */
export async function readBills(deps: BillsDeps, input: FileInput): Promise<BillsRead | Problem> {
  const file = await readFile(deps, input);
  return isProblem(file) ? file : findHouses(deps.engine, input.estate, file);
}

async function readFile(
  { engine, places }: BillsDeps,
  { estate, file, period }: FileInput,
): Promise<BillsFile | Problem> {
  const place = await places.find(estate);
  if (place?.kind !== 'estate') return problem('not-found');
  const read = await readImport(file, (table) => billSteps(table, period === undefined ? {} : { period }));
  if (isProblem(read)) return read;
  const otherNames = await otherNamesOf(engine, estate);
  return { ...read, sorted: sortByEstate(read.table, read.parsed.rows, place.name, otherNames) };
}

async function findHouses(
  engine: Engine,
  estate: string,
  { table, parsed, sorted }: BillsFile,
): Promise<BillsRead> {
  const houses = await housesOf(engine, estate);
  const refused = new Map<number, RejectedRow>();
  const refuse = (row: BillRow, reason: RowReason): void =>
    void refused.set(row.rowNumber, rejectRow(table, row.rowNumber, reason));
  const first = new Map<string, BillRow>();
  const lines = sorted.rows.flatMap((row) => {
    const house = houses.get(houseKey(row.house))?.id;
    const line = house === undefined ? '' : billLine({ ...row, house });
    const earlier = first.get(line);
    if (house !== undefined && earlier === undefined) {
      first.set(line, row);
      return { row, house };
    }
    if (row.isNil) return [];
    // The same house with the estate's name and without it: only here is it seen to be one.
    refuse(row, earlier ? chargedTwice(earlier, row) : houseUnknown(row.house, houses));
    return [];
  });
  const found = lines.filter(({ row }) => !refused.has(row.rowNumber));
  const rejected = [...parsed.rejected, ...sorted.rejected, ...refused.values()];
  return {
    table,
    found,
    otherNames: sorted.otherNames,
    questions: sorted.questions,
    parsed: {
      ...parsed,
      rows: found.map(({ row }) => row),
      rejected: rejected.sort((a, b) => a.rowNumber - b.rowNumber),
    },
  };
}

function chargedTwice(earlier: BillRow, { amountFen }: BillRow): RowReason {
  const { rowNumber, amountFen: before } = earlier;
  const reason = before === amountFen ? duplicateReason(rowNumber) : otherAmount(rowNumber, before);
  return { ...reason, field: 'item' };
}

/** 501 is not 0501: which one is meant only a person may say, but the sentence helps. */
export function houseUnknown(
  { building, unit, room }: HouseReference,
  houses: ReadonlyMap<string, House>,
): RowReason {
  const name = [building, unit, room].filter((part) => part !== '').join('-');
  const bare = room.replace(/^0+/, '');
  const like = ['', '0', '00']
    .map((zeros) => zeros + bare)
    .find((other) => houses.has(houseKey({ building, unit, room: other })));
  return {
    code: 'house-unknown',
    field: 'room',
    zh: `房号“${name}”不在本小区的花名册里${like === undefined ? '' : `，是不是“${like}”？开头的 0 也要写上`}`,
    en: `the estate has no house “${name}”${like === undefined ? '' : `; is it “${like}”? Leading zeros count`}`,
  };
}

function countsOf({ parsed, found }: BillsRead, changes: BillChanges): ImportReport['counts'] {
  return {
    rows: new Set(found.map(({ row }) => row.rowNumber)).size + parsed.rejected.length,
    rejected: parsed.rejected.length,
    added: changes.added.length - changes.reissued.length,
    reissued: changes.reissued.length,
    cancelled: changes.cancelled.length,
    updated: changes.updated.length,
    unchanged: changes.unchanged,
  };
}

/** Offsets, not given back, on any issue of the lines of these bills: what the firm has not posted yet, and what it has. */
async function offsetsOfLines(
  { db, tables: { offsets: t } }: Engine,
  known: readonly KnownBill[],
  bills: readonly string[],
): Promise<OffsetsOfLines> {
  const named = new Set(bills);
  const lines = new Set(known.filter(({ id }) => named.has(id)).map(billLine));
  const issues = known.filter((bill) => lines.has(billLine(bill))).map(({ id }) => id);
  const found = { waiting: 0, posted: 0 };
  for (const some of chunksOf(issues)) {
    const rows = await db
      .select({ state: t.state })
      .from(t)
      .where(and(inArray(t.bill, some), inArray(t.state, [...IN_FORCE])));
    for (const { state } of rows) found[state === 'posted' ? 'posted' : 'waiting'] += 1;
  }
  return found;
}

async function knownBills(
  { db, tables: { bills: t } }: Engine,
  estate: string,
  found: BillsRead['found'],
): Promise<KnownBill[]> {
  const periods = [...new Set(found.map(({ row }) => row.period))];
  if (periods.length === 0) return [];
  return db
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), inArray(t.period, periods)));
}

/** Versions are raised, so that an offset confirmed at this moment sees that its bill has changed. */
function writesOf(
  { tables: { bills } }: Engine,
  db: Database,
  { changes, estate, now, ...of }: { changes: BillChanges; estate: string; import: string; now: number },
): PromiseLike<unknown>[] {
  const version = sql`${bills.version} + 1`;
  const inState = (state: 'reissued' | 'cancelled') => (some: string[]) =>
    db.update(bills).set({ state, version }).where(inArray(bills.id, some));
  return [
    ...chunksOf(changes.reissued).map(inState('reissued')),
    ...chunksOf(changes.cancelled).map(inState('cancelled')),
    ...changes.updated.map(({ id, saysPastDue, ...set }) =>
      db
        .update(bills)
        .set({ ...set, ...(saysPastDue && { import: of.import }), version })
        .where(eq(bills.id, id)),
    ),
    ...chunksOf(changes.added).map((rows) =>
      db
        .insert(bills)
        .values(rows.map((row) => ({ ...row, estate, version: 1, import: of.import, createdAt: now }))),
    ),
  ];
}

/** Takes in a firm's bills: all of the file in one database transaction, or nothing of it. */
import { and, eq, gte, inArray, isNotNull, type SQL } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  chunksOf,
  findImport,
  problemOfFile,
  reportOf,
  turnOf,
  unanswered,
  type ImportReport,
  type OnStage,
  type ProductDeps,
} from '../places/index.ts';
import { actorText, isProblem, type Actor, type Problem } from '../platform/index.ts';
import { monthOf } from '../programme/index.ts';
import { broughtBy } from './as-brought.ts';
import { digestOfBills, shownOtherwise } from './digest-of-bills.ts';
import { countChanges, questionsOf, type OffsetsOfLines } from './bill-questions.ts';
import { IN_FORCE } from './left-to-pay.ts';
import { breaksOfTouched, offsetsTouched, questionOfTouched, writeBreaks } from './offsets-touched.ts';
import { billsMissing, missingBills, paidLess } from './less-than-before.ts';
import { changedOthers } from './undo-import.ts';
import { moneyAlone, moneyReceived } from './money-received.ts';
import { monthsOfPlace } from './months-of-place.ts';
import { monthsIn } from './rules/bill-months.ts';
import { latestClosed } from './rules/month-order.ts';
import type { PaidHas } from './rules/points-in-paid.ts';
import { billLine, planBills, type BillChanges, type KnownBill } from './plan-bills.ts';
import { filesThatSaidPastDue, writeBills } from './write-bills.ts';
import { findHouses, readBillsFile, type BillsInput, type BillsRead } from './read-bills.ts';

type BillsDeps = Pick<ProductDeps, 'engine' | 'ids' | 'clock' | 'places'>;
type ImportInput = Omit<BillsInput, 'onRows'> & {
  actor: Actor | string;
  /** The codes of the questions that a person has answered. */
  confirmed?: readonly string[];
  /** The digest of the check whose figures a person has seen. */
  shown?: string | undefined;
  /** What a person has said of this file's 已收; asked about where it matters and nobody has said it. */
  paidHas?: PaidHas | undefined;
  onStage?: OnStage;
};

/**
 * A file all of whose rows were taken is recognised when it comes again, unless bills have changed since: then it may be
 * the firm's way back. One with refused rows is looked at anew: the house that was missing may be in the roster now.
 */
export async function importBills(
  deps: BillsDeps,
  input: ImportInput & { dryRun: boolean },
): Promise<ImportReport | Problem> {
  const file = await readBillsFile(deps, {
    ...input,
    onRows: (rows) => input.onStage?.('reading', rows),
  });
  if (isProblem(file)) return file;
  input.onStage?.('comparing', file.table.rows.length);
  return takeBills(deps, input, (engine) => findHouses(engine, input.estate, file));
}

/** The same of lines that stand in no file; `byHand`: somebody says of a bill what they know, of money alone. */
export async function takeBills(
  deps: BillsDeps,
  input: Omit<ImportInput, 'file'> & { dryRun: boolean; byHand?: true },
  readIn: (engine: Engine) => Promise<BillsRead | Problem>,
): Promise<ImportReport | Problem> {
  return deps.engine.exclusively(turnOf(input.estate), async (engine) => {
    const { ids, clock } = deps;
    const { estate, dryRun } = input;
    const asWritten = await readIn(engine);
    if (isProblem(asWritten)) return asWritten;
    const known = await knownBills(engine, estate, asWritten.found);
    const paid = { estate, found: asWritten.found, known, told: input.paidHas };
    const received = input.byHand ? moneyAlone(paid) : await moneyReceived({ ...deps, engine }, paid);
    const { found, agreeing } = received;
    const read = { ...asWritten, found };
    const { table, parsed } = read;
    const fileHash = table.sha256;
    const before = await findImport(engine, { place: estate, kind: 'bills', fileHash });
    const seen = before?.rowsRejected === 0;
    const changes = planBills(found, known);
    const lines = countChanges(changes) + changes.unchanged;
    const repeated = seen && countChanges(changes) === 0;
    const ofCancelled = await offsetsOfLines(engine, known, changes.cancelled);
    const ofReissued = await offsetsOfLines(engine, known, changes.reissued);
    const waiting = ofCancelled.waiting + ofReissued.waiting;
    const offsets = waiting + ofCancelled.posted + ofReissued.posted;
    const rowsAccepted = rowsAmong(found);
    const counts = { ...countsOf(read, changes, rowsAccepted), lines, offsets, ...decidedIn(read) };
    const closed = latestClosed((await monthsOfPlace(engine, estate)).closed);
    const updated = changes.updated.map(({ id: bill }) => bill);
    const ofUpdated = await offsetsOfLines(engine, known, updated);
    const postedFen = new Map([...ofReissued.postedFen, ...ofUpdated.postedFen]);
    const of = {
      changes,
      known,
      found,
      lines,
      waiting,
      ofCancelled,
      postedFen,
      parsed,
      closed,
      seen,
      agreeing,
    };
    const touched = await offsetsTouched(engine, { estate, changes, known });
    const affected = questionOfTouched(touched);
    const asked = [...read.questions, ...questionsOf({ ...of, thisMonth: monthOf(clock()) })];
    // A row that was refused is no bill that the file lacks.
    const missing = parsed.rejected.length > 0 ? [] : missingBills(found, known);
    const ofMissing = await offsetsOfLines(
      engine,
      known,
      missing.map(({ id }) => id),
    );
    asked.push(
      ...[
        received.question,
        paidLess(changes, known, received.takenOff),
        await billsMissing(engine, missing, ofMissing.waiting + ofMissing.posted),
      ].filter((one) => one !== undefined),
    );
    const questions = affected ? [...asked, affected] : asked;
    const { unknownHouses } = read;
    const digest = digestOfBills(read);
    const paidHas = received.matters && received.paidHas ? { paidHas: received.paidHas } : {};
    if (dryRun) return reportOf(read, { counts, questions, repeated, unknownHouses, digest, ...paidHas });
    const otherwise = shownOtherwise(input.shown, digest);
    if (otherwise) return otherwise;
    if (before && repeated) return reportOf(read, { counts, questions: [], repeated, import: before.id });
    if (parsed.problems.length > 0) return problemOfFile(...parsed.problems);
    const open = unanswered(questions, input.confirmed);
    if (open) return open;
    const id = before?.id ?? ids();
    const { computedFen, foundFen = null } = parsed.totals;
    const taken = {
      rowsAccepted,
      rowsRejected: parsed.rejected.length,
      summary: {
        ...{ counts, computedFen, foundFen, encoding: table.encoding, otherNames: read.otherNames },
        ...(received.paidHas && { paidHas: received.paidHas, paidBy: received.firm }),
        // The same file may come more than once: what it once changed cannot be taken back with it.
        ...(before && changedOthers(before) && { changed: true }),
        brought: broughtBy(changes.added, before),
      },
    };
    const { imports } = engine.tables;
    const now = clock();
    const broken = await breaksOfTouched(engine, touched, { estate, import: id, ids, now });
    const saidBy = await filesThatSaidPastDue(engine, changes);
    input.onStage?.('writing');
    await engine.atomically(function* (db) {
      yield before
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
            createdAt: now,
          });
      yield* writeBills(engine, db, { changes, estate, import: id, saidBy, ids, now });
      yield* writeBreaks(engine, db, broken);
    });
    return reportOf(read, { counts, questions, repeated: false, import: id, unknownHouses });
  });
}

function countsOf({ parsed }: BillsRead, changes: BillChanges, rowsAccepted: number): ImportReport['counts'] {
  return {
    rows: rowsAccepted + parsed.rejected.length,
    rejected: parsed.rejected.length,
    added: changes.added.length - changes.reissued.length,
    reissued: changes.reissued.length,
    cancelled: changes.cancelled.length,
    updated: changes.updated.length,
    unchanged: changes.unchanged,
  };
}

/** How many rows a person's decision has found the house of; left out where none was needed. */
function decidedIn({ found, byDecision }: BillsRead): { decided?: number } {
  if (byDecision.size === 0) return {};
  const decided = rowsAmong(found, byDecision);
  return decided > 0 ? { decided } : {};
}

/** In how many rows of the file these lines stand: a wide sheet has several in one. */
function rowsAmong(found: BillsRead['found'], among?: ReadonlySet<number>): number {
  const seen = new Uint8Array(found.reduce((last, { row }) => Math.max(last, row.rowNumber), 0) + 1);
  for (const { row } of found) if (among?.has(row.rowNumber) ?? true) seen[row.rowNumber] = 1;
  return seen.reduce((count, one) => count + one, 0);
}

/** Offsets, not given back, on any issue of the lines of these bills: what the firm has not posted yet, and what it has. */
async function offsetsOfLines(
  { db, tables: { offsets: t } }: Engine,
  known: readonly KnownBill[],
  bills: readonly string[],
): Promise<OffsetsOfLines> {
  const named = new Set(bills);
  const lines = new Set(known.filter(({ id }) => named.has(id)).map(billLine));
  const lineOf = new Map(known.map((bill) => [bill.id, billLine(bill)]));
  const issues = known.filter((bill) => lines.has(billLine(bill))).map(({ id }) => id);
  const found = { waiting: 0, posted: 0, postedFen: new Map<string, number>() };
  for (const some of chunksOf(issues)) {
    const rows = await db
      .select({ state: t.state, bill: t.bill, valueFen: t.valueFen })
      .from(t)
      .where(and(inArray(t.bill, some), inArray(t.state, [...IN_FORCE])));
    for (const { state, bill, valueFen } of rows) {
      found[state === 'posted' ? 'posted' : 'waiting'] += 1;
      const line = lineOf.get(bill) ?? '';
      if (state === 'posted') found.postedFen.set(line, (found.postedFen.get(line) ?? 0) + valueFen);
    }
  }
  return found;
}

async function knownBills(
  { db, tables: { bills: t } }: Engine,
  estate: string,
  found: BillsRead['found'],
): Promise<KnownBill[]> {
  const periods = new Set<string>();
  for (const { row } of found) {
    if (row.periodTo === undefined) periods.add(row.period);
    else for (const month of monthsIn(row)) periods.add(month);
  }
  const first = [...periods].sort()[0];
  if (first === undefined) return [];
  const { id, house, item, period, periodTo, dueIn, issue, amountFen, paidFen, pastDueFen, state } = t;
  const figures = { amountFen, paidFen, paidWas: t.paidWas, pastDueFen };
  const columns = { id, house, item, period, periodTo, dueIn, issue, ...figures, state };
  const of = (which: SQL | undefined) =>
    db
      .select(columns)
      .from(t)
      .where(and(eq(t.estate, estate), which));
  const named = await of(inArray(t.period, [...periods]));
  // Those for several months, which may charge a month of the file under an earlier one's name.
  const several = await of(and(isNotNull(t.periodTo), gte(t.periodTo, first)));
  return [...named, ...several.filter((bill) => !periods.has(bill.period))];
}

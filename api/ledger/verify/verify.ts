/**
 * The auditor's answer: every rule of the ledger derived again from the stored rows, and the root of the proof tree.
 * Runs beside a working ledger. It follows the transactions to the last one, then reads what stands beside them, in
 * pieces, and in the end follows the transactions that came meanwhile: what moved since must have been moved by them.
 */
import { and, asc, desc, gt, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BookCheck } from './check-book.ts';
import { ClaimCheck, reportUnmade } from './check-claims.ts';
import type { CheckCited, RulesReport } from './cited.ts';
import type { CheckSums, ClaimSource } from './claims.ts';
import { checkHoldRows, checkHolds } from './check-holds.ts';
import { checkKeys } from './check-keys.ts';
import { checkReversals } from './check-limits.ts';
import { checkStrays, checkUse } from './check-strays.ts';
import { checkPositions, checkResumed, checkTallies, reportLost, type Later } from './check-totals.ts';
import { readCounterEnds } from './counter-ends.ts';
import { Findings, type Finding } from './finding.ts';
import { Names } from './names.ts';
import { breathe, PIECE, rangeOf, readEntries, readPiece, topOf } from './read-book.ts';

export type BookReport = {
  book: number;
  code: string;
  transactions: number;
  entries: number;
  root: string;
  /** Of the rules that its transactions cite, where they were checked. */
  rules?: RulesReport;
  /** Rows of the product that were compared with the transactions that made them, where they were. */
  rows?: number;
  /** Attached files whose bytes were read, where they were. */
  files?: number;
};
export type VerifyReport = { ok: boolean; books: BookReport[]; findings: Finding[]; findingCount: number };
export type Progress = { book: number; done: number; of: number };

/** What lies outside of the ledger: rules that transactions cite, rows that repeat what they say, sums of them. */
export type ProductChecks = {
  checkCited?: CheckCited;
  claims?: readonly ClaimSource[];
  sums?: readonly CheckSums[];
  /** Files that rows of a book name by their SHA-256, null: that none names; says of how many. */
  checkFiles?: (
    engine: Engine,
    book: number | null,
    report: (wrong: { zh: string; en: string }) => void,
  ) => Promise<number>;
};
type Options = ProductChecks & { book?: number; onProgress?: (progress: Progress) => void };

/** Verifies one book, or all of them. `onProgress` is called after every piece; what the product checks, beside it. */
export async function verify(engine: Engine, options: Options = {}): Promise<VerifyReport> {
  const { books } = engine.tables;
  const findings = new Findings();
  const rows = await engine.reader.select().from(books).orderBy(asc(books.id));
  const reports: BookReport[] = [];
  for (const row of rows) {
    if (options.book !== undefined && row.id !== options.book) continue;
    const books = rows.map(({ id }) => id);
    reports.push(await verifyBook(engine, { row, books }, findings, options));
  }
  if (reports.length === 0 || options.book === undefined) {
    await checkStrays(engine, findings);
    const of = { sources: options.claims ?? [], book: null, books: rows.map(({ id }) => id) };
    await options.checkFiles?.(engine, null, (wrong) =>
      findings.add({ ...wrong, rule: 1, book: 0, transaction: null }),
    );
    await reportUnmade(engine, of, (wrong) => findings.add({ ...wrong, book: 0, transaction: null }));
  }
  return { ok: findings.count === 0, books: reports, findings: findings.kept, findingCount: findings.count };
}

type BookRow = { id: number; code: string; name: string; createdAt: number };

async function verifyBook(
  engine: Engine,
  { row, books }: { row: BookRow; books: readonly number[] },
  findings: Findings,
  { onProgress, checkCited, claims, sums, checkFiles }: Options,
): Promise<BookReport> {
  const book = row.id;
  const names = new Names(engine, book);
  const last = await lastTransaction(engine, book);
  const later: Later = { positions: new Map(), tallies: new Map() };
  const ends = await readCounterEnds(engine, { book, top: last.tally, later: later.tallies });
  const check = new BookCheck(book, findings, ends);
  const rows = claims && new ClaimCheck(claims, (transaction, wrong) => check.report(transaction, wrong));
  let done = rangeOf(book).low;
  const follow = async (until: Last, meanwhile?: Later): Promise<void> => {
    done = await followTransactions({
      engine,
      check,
      names,
      after: done,
      until,
      onProgress,
      ...(rows && { rows }),
      ...(meanwhile && { later: meanwhile }),
    });
  };
  await follow(last);
  checkTallies(check, ends);
  await checkPositions(engine, check, last, later);
  const isHeldRight = await checkHolds(engine, check, last.id);
  const isKeyRight = await checkKeys(engine, check, last.seq);
  const isUsed = await checkUse(engine, check);
  const tops = {
    entry: await topOf(engine, 'entries', book),
    tally: await topOf(engine, 'tallyEntries', book),
  };
  const end = await lastTransaction(engine, book);
  await follow(end, later);
  reportLost(check, later);
  await checkResumed(engine, check, ends);
  await isHeldRight();
  await isKeyRight();
  isUsed();
  checkTops(check, tops, end);
  await checkOriginals(engine, check, names);
  const lastNow = async (): Promise<number> => (await lastTransaction(engine, book)).id;
  await rows?.end(engine, { book, books, last: await lastNow(), lastNow });
  checkFounding(check, row);
  const cited = await checkCited?.(engine, check.cited);
  for (const { transaction, zh, en } of cited?.findings ?? []) check.report(transaction, { rule: 1, zh, en });
  for (const checkSums of sums ?? [])
    for (const wrong of await checkSums(engine, book)) check.report(null, { rule: 1, ...wrong });
  const files = await checkFiles?.(engine, book, (wrong) => check.report(null, { rule: 1, ...wrong }));
  return {
    book,
    code: row.code,
    transactions: check.tree.size,
    entries: check.entries,
    root: check.tree.root(),
    ...(cited && { rules: cited.rules }),
    ...(rows && { rows: rows.checked }),
    ...(files !== undefined && { files }),
  };
}

/** The last transaction and what it claims. */
type Last = { id: number; seq: number; entry: number; tally: number };

async function lastTransaction({ reader, tables }: Engine, book: number): Promise<Last> {
  const { transactions: t } = tables;
  const { low, high } = rangeOf(book);
  const [row] = await reader
    .select()
    .from(t)
    .where(and(gt(t.id, low), lt(t.id, high)))
    .orderBy(desc(t.id))
    .limit(1);
  if (!row) return { id: low, seq: 0, entry: low, tally: low };
  const { id, seq, firstEntry, entryCount, firstTally, tallyCount } = row;
  return { id, seq, entry: firstEntry + entryCount - 1, tally: firstTally + tallyCount - 1 };
}

/** Checks the transactions after id `after` up to the one `until`; returns the id of the last. */
async function followTransactions(input: {
  engine: Engine;
  check: BookCheck;
  names: Names;
  after: number;
  until: Last;
  rows?: ClaimCheck;
  later?: Later;
  onProgress: ((progress: Progress) => void) | undefined;
}): Promise<number> {
  const { engine, check, names, until, rows, later, onProgress } = input;
  const { book } = check;
  let { after } = input;
  for (;;) {
    const piece = await readPiece(engine, names, { book, after, until: until.id });
    if (piece.transactions.length === 0) return after;
    for (const stray of piece.strays) check.report(null, UNCLAIMED[stray]);
    for (const stored of piece.transactions) {
      const { transaction: t } = stored;
      check.add(t, stored);
      after = t.id;
      if (!later) continue;
      for (const { id, account, asset, balanceAfter } of t.entries) {
        const claim = later.positions.get(id);
        if (claim?.account !== account.id || claim.asset !== asset.id) continue;
        if (claim.balance === balanceAfter) later.positions.delete(id);
      }
      for (const { id, key, totalAfter } of t.tallies) {
        const claim = later.tallies.get(id);
        if (claim?.key === key && claim.total === totalAfter) later.tallies.delete(id);
      }
    }
    const transactions = piece.transactions.map(({ transaction }) => transaction);
    await checkHoldRows(engine, check, transactions);
    await rows?.add(engine, transactions);
    onProgress?.({ book, done: check.tree.size, of: until.seq });
    await breathe();
  }
}

const UNCLAIMED = {
  entries: { rule: 2, zh: '有不属于任何交易的分录', en: 'there are entries that no transaction claims' },
  counters: { rule: 2, zh: '有不属于任何交易的计数', en: 'there are counters that no transaction claims' },
} as const;

/** What lies beyond the last transaction belongs to none. */
function checkTops(check: BookCheck, tops: { entry: number; tally: number }, end: Last): void {
  if (tops.entry > end.entry) check.report(null, UNCLAIMED.entries);
  if (tops.tally > end.tally) check.report(null, UNCLAIMED.counters);
}

/** Rule 5: what refunds and clawbacks took back, against the entries of their originals. */
async function checkOriginals(engine: Engine, check: BookCheck, names: Names): Promise<void> {
  const reversed = [...check.limits.reversed];
  for (let from = 0; from < reversed.length; from += PIECE) {
    const piece = reversed.slice(from, from + PIECE);
    const entries = await readEntries(
      engine,
      names,
      piece.map(([id]) => id),
    );
    for (const [id, reversals] of piece) {
      for (const found of checkReversals(reversals, entries.get(id) ?? []))
        check.report(reversals.last, found);
    }
    await breathe();
  }
}

/** The book's row repeats its founding. */
function checkFounding(check: BookCheck, row: BookRow): void {
  const { founding } = check;
  if (founding?.code !== row.code || founding.name !== row.name || founding.createdAt !== row.createdAt) {
    const en = 'the row of the book differs from its founding transaction';
    check.report(null, { rule: 1, zh: '账簿的登记与开账交易不符', en });
  }
}

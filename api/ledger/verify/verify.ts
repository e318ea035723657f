/**
 * The auditor's answer: every rule of the ledger derived again from the stored rows, and the root of the proof tree.
 * Runs beside a working ledger: it verifies what was there when it began.
 */
import { and, asc, desc, eq, gt, lt } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { FORMAT } from '../core/transaction.ts';
import { BookCheck, type Chained } from './check-book.ts';
import { checkReversals } from './check-limits.ts';
import { Findings, type Finding } from './finding.ts';
import { checkKeys } from './check-keys.ts';
import { checkStrays, checkUse } from './check-strays.ts';
import {
  breathe,
  countIds,
  PIECE,
  rangeOf,
  readEntries,
  readNames,
  readPiece,
  type Names,
} from './read-book.ts';

export type BookReport = { book: number; code: string; transactions: number; entries: number; root: string };
export type VerifyReport = { ok: boolean; books: BookReport[]; findings: Finding[]; findingCount: number };
export type Progress = { book: number; done: number; of: number };

/** Verifies one book, or all of them. `onProgress` is called after every piece. */
export async function verify(
  engine: Engine,
  options: { book?: number; onProgress?: (progress: Progress) => void } = {},
): Promise<VerifyReport> {
  const { books } = engine.tables;
  const findings = new Findings();
  const rows = await engine.reader.select().from(books).orderBy(asc(books.id));
  const reports: BookReport[] = [];
  for (const row of rows) {
    if (options.book !== undefined && row.id !== options.book) continue;
    reports.push(await verifyBook(engine, row, findings, options.onProgress));
  }
  if (reports.length === 0 || options.book === undefined) await checkStrays(engine, rows, findings);
  return { ok: findings.count === 0, books: reports, findings: findings.kept, findingCount: findings.count };
}

type BookRow = { id: number; code: string; name: string; createdAt: number };

async function verifyBook(
  engine: Engine,
  row: BookRow,
  findings: Findings,
  onProgress: ((progress: Progress) => void) | undefined,
): Promise<BookReport> {
  const book = row.id;
  const check = new BookCheck(book, findings);
  const last = await lastTransaction(engine, book);
  const names = await readNames(engine, book);
  for (const key of names.duplicates) {
    check.report(null, {
      rule: 2,
      zh: `重复的账户或资产 ${key}`,
      en: `account or asset ${key} stands twice`,
    });
  }
  const units = new Map<string, { first: number; last: number }>();
  let after = rangeOf(book).low;
  let entries = 0;
  for (;;) {
    const piece = await readPiece(engine, names, { book, after, until: last.id });
    if (piece.length === 0) break;
    for (const stored of piece) {
      const { transaction: t } = stored;
      check.add(t, stored);
      if (stored.format !== FORMAT || t.book !== book) {
        check.report(t.id, { rule: 1, zh: '格式或账簿编号被改动过', en: 'its format or book was changed' });
      }
      if (stored.entryCount !== t.entries.length || stored.tallyCount !== t.tallies.length) {
        check.report(t.id, {
          rule: 2,
          zh: '分录或计数的条数不符',
          en: 'it has another number of entries or counters',
        });
      }
      const unit = units.get(t.unitId);
      if (unit) unit.last = t.seq;
      else units.set(t.unitId, { first: t.seq, last: t.seq });
      entries += t.entries.length;
      after = t.id;
    }
    onProgress?.({ book, done: check.tree.size, of: last.seq });
    await breathe();
  }
  await checkOriginals(engine, check, names);
  await checkCounts(engine, check, last, entries);
  await checkPositions(engine, check, last.entry);
  await checkTallies(engine, check, last.tally);
  await checkHolds(engine, check, last.id);
  await checkKeys(engine, check, { units, lastSeq: last.seq });
  checkFounding(check, row);
  await checkUse(engine, check, names, last.entry);
  return { book, code: row.code, transactions: check.tree.size, entries, root: check.tree.root() };
}

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

/** Rows that no transaction claims. */
async function checkCounts(engine: Engine, check: BookCheck, last: Last, entries: number): Promise<void> {
  if ((await countIds(engine, 'entries', check.book, last.entry)) !== entries) {
    check.report(null, {
      rule: 2,
      zh: '有不属于任何交易的分录',
      en: 'there are entries that no transaction claims',
    });
  }
  const { low } = rangeOf(check.book);
  if ((await countIds(engine, 'tallyEntries', check.book, last.tally)) !== last.tally - low) {
    check.report(null, {
      rule: 2,
      zh: '有不属于任何交易的计数',
      en: 'there are counters that no transaction claims',
    });
  }
}

/** Compares stored totals with the chains, and returns what says it moved after verification began. */
function compare(
  check: BookCheck,
  expected: ReadonlyMap<string, Chained>,
  stored: ReadonlyMap<string, Chained>,
  input: { last: number; what: (key: string) => [zh: string, en: string] },
): Map<string, Chained> {
  const later = new Map<string, Chained>();
  for (const [key, found] of stored) {
    if (found.entry > input.last) {
      later.set(key, found);
      continue;
    }
    const chained = expected.get(key) ?? { value: 0, entry: 0 };
    if (chained.value === found.value && chained.entry === found.entry) continue;
    const [zh, en] = input.what(key);
    const rest = `${found.value} ≠ ${chained.value}`;
    check.report(null, {
      rule: 2,
      zh: `${zh}与分录不符：${rest}`,
      en: `${en} does not equal its entries: ${rest}`,
    });
  }
  for (const key of expected.keys()) {
    if (stored.has(key)) continue;
    const [zh, en] = input.what(key);
    check.report(null, { rule: 2, zh: `${zh}不见了`, en: `${en} is missing` });
  }
  return later;
}

async function checkPositions({ reader, tables }: Engine, check: BookCheck, last: number): Promise<void> {
  const { accounts, entries: e, positions } = tables;
  const rows = await reader
    .select({
      account: positions.account,
      asset: positions.asset,
      balance: positions.balance,
      entry: positions.entry,
    })
    .from(positions)
    .innerJoin(accounts, eq(accounts.id, positions.account))
    .where(eq(accounts.book, check.book));
  const stored = new Map(rows.map((r) => [`${r.account}:${r.asset}`, { value: r.balance, entry: r.entry }]));
  const what = (key: string): [string, string] => [
    `账户:资产 ${key} 的余额`,
    `the balance of account:asset ${key}`,
  ];
  for (const [key, found] of compare(check, check.positions, stored, { last, what })) {
    const [row] = await reader.select().from(e).where(eq(e.id, found.entry));
    if (row && `${row.account}:${row.asset}` === key && row.balanceAfter === found.value) continue;
    reportLost(check, what(key));
  }
}

async function checkTallies({ reader, tables }: Engine, check: BookCheck, last: number): Promise<void> {
  const { tallies: t, tallyEntries: e } = tables;
  const rows = await reader.select().from(t).where(eq(t.book, check.book));
  const stored = new Map(rows.map((r) => [r.key, { value: r.total, entry: r.entry }]));
  const what = (key: string): [string, string] => [`计数 ${key} `, `counter ${key}`];
  for (const [key, found] of compare(check, check.tallies, stored, { last, what })) {
    const [row] = await reader.select().from(e).where(eq(e.id, found.entry));
    if (row?.key === key && row.totalAfter === found.value) continue;
    reportLost(check, what(key));
  }
}

/** A total that names an entry which is not there, or is another's. */
function reportLost(check: BookCheck, [zh, en]: [string, string]): void {
  check.report(null, { rule: 2, zh: `${zh}指向的分录不存在`, en: `${en} names an entry that is not there` });
}

async function checkHolds({ reader, tables }: Engine, check: BookCheck, lastId: number): Promise<void> {
  const { holds } = tables;
  const rows = await reader.select().from(holds).where(eq(holds.book, check.book));
  const seen = new Set<string>();
  for (const { id, tx, member, redeemer, place, endsAt, lines } of rows) {
    if (tx > lastId) continue;
    seen.add(id);
    const stored = JSON.stringify({ tx, member, redeemer, place, endsAt, lines });
    const expected = check.holds.get(id);
    if (!expected || JSON.stringify(expected) !== stored) {
      check.report(tx, {
        rule: 5,
        zh: `预留 ${id} 与它的交易不符`,
        en: `hold ${id} does not match its transaction`,
      });
    }
  }
  for (const [id, { tx }] of check.holds) {
    if (!seen.has(id)) check.report(tx, { rule: 5, zh: `预留 ${id} 不见了`, en: `hold ${id} is missing` });
  }
  for (const [key, less] of check.heldLess) {
    if (less !== 0) {
      const [zh, en] = [`${key} 的已预留积分与各笔预留不符`, `held points of ${key} differ from its holds`];
      check.report(null, { rule: 5, zh, en });
    }
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

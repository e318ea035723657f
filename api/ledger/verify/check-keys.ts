/**
 * Rule 4 from the rows: each key is whole, keys and transactions belong to each other one to one, and what a key answers
 * is what its transactions say. A remembered refusal has made no transaction: nothing but its own hash holds it.
 */
import { and, asc, eq, gte, inArray, lt, sql, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN, MAX_ENTRIES } from '../core/transaction.ts';
import { hashKeyRow, type KeyFields } from '../proof/canonical.ts';
import type { BookCheck } from './check-book.ts';
import { IdSet } from './id-set.ts';
import { breathe, isAfter, MOST_OF_A_PIECE, PIECE, ROWS } from './read-book.ts';

/** What a unit's key must answer, as its transactions have it. */
type PostedUnit = {
  id: string;
  bookedAt: number;
  /** The series of its voucher number, and the number it got there. */
  number: { series: string; nth: number } | undefined;
};

/** Returns what is to be asked once the transactions that came meanwhile were followed. */
export async function checkKeys(
  engine: Engine,
  check: BookCheck,
  lastSeq: number,
): Promise<() => Promise<void>> {
  const claimed = new IdSet();
  const later: KeyFields[] = [];
  for await (const rows of keysOf(engine, check.book)) {
    for (const row of rows) {
      if (hashKeyRow(row) !== row.hash) {
        const [zh, en] = [
          `标识 ${row.scope} ${row.key} 的记录被改动过`,
          `the record of key ${row.scope} ${row.key} was changed`,
        ];
        check.report(namedBy(check, row), { rule: 4, zh, en });
      }
      if (row.firstSeq === null) {
        if (!isWithoutTransactions(row)) reportUnlike(check, row);
        check.units.doubt(row.unitId);
      } else if (row.firstSeq > lastSeq) later.push(row);
    }
    const posted = rows.filter(({ firstSeq }) => firstSeq !== null && firstSeq <= lastSeq);
    await claim(engine, check, { rows: posted, claimed });
  }
  await reportUnclaimed(engine, check, { claimed, lastSeq });
  return async () => {
    for (let from = 0; from < later.length; from += ROWS) {
      await claim(engine, check, { rows: later.slice(from, from + ROWS), claimed });
    }
    await checkDoubtful(engine, check);
  };
}

async function* keysOf(
  { reader, tables }: Engine,
  book: number,
): AsyncGenerator<(KeyFields & { hash: string })[]> {
  const { keys: k } = tables;
  let after: SQL | undefined;
  for (;;) {
    const rows = await reader
      .select()
      .from(k)
      .where(and(eq(k.book, book), after))
      .orderBy(asc(k.key), asc(k.scope))
      .limit(ROWS);
    if (rows.length > 0) yield rows;
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) return;
    after = isAfter([k.key, end.key], [k.scope, end.scope]);
    await breathe();
  }
}

/** Each of these keys answers for one unit, and no other key does. */
async function claim(
  engine: Engine,
  check: BookCheck,
  { rows, claimed }: { rows: readonly KeyFields[]; claimed: IdSet },
): Promise<void> {
  const units = await unitsOf(engine, check, rows);
  for (const row of rows) {
    const first = row.firstSeq ?? 0;
    const isOnly = !claimed.has(first);
    claimed.add(first);
    if (!isOnly || !isAnswerOf(check, row, units.get(first))) reportUnlike(check, row);
  }
}

/** By the first sequence number that each row names. */
async function unitsOf(
  { reader, tables }: Engine,
  check: BookCheck,
  rows: readonly KeyFields[],
): Promise<Map<number, PostedUnit>> {
  const { transactions: t, tallyEntries: c } = tables;
  const seqs = [...new Set(rows.map(({ firstSeq }) => firstSeq ?? 0))].filter((seq) =>
    check.units.starts.has(seq),
  );
  const low = check.book * BOOK_SPAN;
  const idsOf = (some: readonly number[]) => some.map((seq) => low + seq);
  const units = new Map<number, PostedUnit>();
  if (seqs.length === 0) return units;
  const made = await reader
    .select({ seq: t.seq, unitId: t.unitId, bookedAt: t.bookedAt })
    .from(t)
    .where(inArray(t.id, idsOf(seqs)));
  for (const { seq, unitId: id, bookedAt } of made) units.set(seq, { id, bookedAt, number: undefined });
  const numbered = seqs.filter((seq) => check.units.numbered.has(seq));
  if (numbered.length === 0) return units;
  // No transaction has more, unless a forged one claims the whole table.
  const count = sql`case when ${t.tallyCount} > ${MAX_ENTRIES} then ${MAX_ENTRIES} else ${t.tallyCount} end`;
  const isItsOwn = and(gte(c.id, t.firstTally), lt(c.id, sql`${t.firstTally} + ${count}`));
  const within = and(isItsOwn, gte(c.key, 'number:'), lt(c.key, 'number;'));
  const counters = await reader
    .select({ seq: t.seq, key: c.key, nth: c.totalAfter })
    .from(t)
    .innerJoin(c, within)
    .where(inArray(t.id, idsOf(numbered)))
    .orderBy(asc(t.id), asc(c.id))
    .limit(MOST_OF_A_PIECE);
  for (const { seq, key, nth } of counters) {
    const unit = units.get(seq);
    if (!unit || unit.number) continue;
    unit.number = { series: key.slice('number:'.length), nth };
  }
  return units;
}

async function reportUnclaimed(
  { reader, tables: { transactions: t } }: Engine,
  check: BookCheck,
  { claimed, lastSeq }: { claimed: IdSet; lastSeq: number },
): Promise<void> {
  const low = check.book * BOOK_SPAN;
  const report = async (seqs: readonly number[]): Promise<void> => {
    const rows = await reader
      .select({ id: t.id, unitId: t.unitId })
      .from(t)
      .where(
        inArray(
          t.id,
          seqs.map((seq) => low + seq),
        ),
      );
    const unitOf = new Map(rows.map(({ id, unitId }) => [id, unitId]));
    for (const seq of seqs) {
      const unit = unitOf.get(low + seq) ?? '?';
      const [zh, en] = [`单元 ${unit} 没有对应的标识`, `unit ${unit} has no key`];
      check.report(low + seq, { rule: 4, zh, en });
    }
  };
  let some: number[] = [];
  for (const seq of check.units.starts) {
    if (seq > lastSeq || claimed.has(seq)) continue;
    some.push(seq);
    if (some.length < PIECE) continue;
    await report(some);
    some = [];
  }
  if (some.length > 0) await report(some);
}

/** Ids that may be of two units, or of a unit whose key says that it made nothing: counted exactly, in one more reading. */
async function checkDoubtful(engine: Engine, check: BookCheck): Promise<void> {
  const { doubtful } = check.units;
  if (doubtful.size === 0) return;
  const seen = new Set<string>();
  for await (const rows of keysOf(engine, check.book)) {
    for (const row of rows) {
      if (!doubtful.has(row.unitId)) continue;
      if (seen.has(row.unitId)) reportUnlike(check, row);
      seen.add(row.unitId);
    }
  }
}

function namedBy({ book }: BookCheck, { firstSeq }: KeyFields): number | null {
  return firstSeq === null ? null : book * BOOK_SPAN + firstSeq;
}

function reportUnlike(check: BookCheck, row: KeyFields): void {
  const [zh, en] = [
    `标识 ${row.scope} ${row.key} 与交易对不上`,
    `key ${row.scope} ${row.key} and its transactions do not belong to each other`,
  ];
  check.report(namedBy(check, row), { rule: 4, zh, en });
}

/** The answer is worked out again from the transactions of the unit, up to the width of its voucher number. */
function isAnswerOf(check: BookCheck, row: KeyFields, unit: PostedUnit | undefined): boolean {
  const { firstSeq: first, lastSeq: last } = row;
  if (row.status !== 'posted' || first === null || last === null || unit?.id !== row.unitId) return false;
  if (unit.bookedAt !== row.bookedAt || !check.units.reaches(first, last)) return false;
  const transactions = Array.from({ length: last - first + 1 }, (_, i) => check.book * BOOK_SPAN + first + i);
  const number = numberIn(row.answer);
  if (unit.number ? number === undefined || !isNumberOf(unit.number, number) : number !== undefined)
    return false;
  return row.answer === answerOf(row, transactions, number);
}

/** A refusal, or a unit that only changed rows. */
function isWithoutTransactions(row: KeyFields): boolean {
  if (row.lastSeq !== null) return false;
  return row.status === 'refused' || row.answer === answerOf(row, []);
}

function answerOf({ unitId, bookedAt }: KeyFields, transactions: number[], number?: string): string {
  return JSON.stringify({
    unit: unitId,
    transactions,
    bookedAt,
    ...(number === undefined ? {} : { number }),
  });
}

function numberIn(answer: string): string | undefined {
  try {
    const { number } = JSON.parse(answer) as { number?: unknown };
    return typeof number === 'string' ? number : undefined;
  } catch {
    return undefined;
  }
}

/** A prefix, with which its series ends, and its number there with zeros before it. */
function isNumberOf({ series, nth }: NonNullable<PostedUnit['number']>, number: string): boolean {
  const digits = String(nth);
  for (let width = digits.length; width <= number.length; width++) {
    const prefix = number.slice(0, number.length - width);
    const isPadded = number.slice(number.length - width) === digits.padStart(width, '0');
    if (isPadded && (series === prefix || series.endsWith(`:${prefix}`))) return true;
  }
  return false;
}

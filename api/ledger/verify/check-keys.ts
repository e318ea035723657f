/**
 * Rule 4 from the rows: each key is whole, keys and transactions belong to each other one to one, and what a key answers
 * is what its transactions say. A remembered refusal has made no transaction: nothing but its own hash holds it.
 */
import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { BOOK_SPAN } from '../core/transaction.ts';
import { hashKeyRow, type KeyFields } from '../proof/canonical.ts';
import type { BookCheck, PostedUnit } from './check-book.ts';
import { breathe, isAfter, ROWS } from './read-book.ts';

/** Returns what is to be asked once the transactions that came meanwhile were followed. */
export async function checkKeys(
  { reader, tables }: Engine,
  check: BookCheck,
  lastSeq: number,
): Promise<() => void> {
  const { keys: k } = tables;
  const unclaimed = new Map([...check.units].map(([unit, { first }]) => [unit, first]));
  const later: KeyFields[] = [];
  const claim = (row: KeyFields): void => {
    if (!unclaimed.delete(row.unitId) || !isAnswerOf(check, row)) reportUnlike(check, row);
  };
  let after: SQL | undefined;
  for (;;) {
    const rows = await reader
      .select()
      .from(k)
      .where(and(eq(k.book, check.book), after))
      .orderBy(asc(k.key), asc(k.scope))
      .limit(ROWS);
    for (const row of rows) {
      if (hashKeyRow(row) !== row.hash) {
        const [zh, en] = [
          `标识 ${row.scope} ${row.key} 的记录被改动过`,
          `the record of key ${row.scope} ${row.key} was changed`,
        ];
        check.report(namedBy(check, row), { rule: 4, zh, en });
      }
      if (row.firstSeq === null) {
        if (!isWithoutTransactions(check, row)) reportUnlike(check, row);
      } else if (row.firstSeq > lastSeq) later.push(row);
      else claim(row);
    }
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) break;
    after = isAfter([k.key, end.key], [k.scope, end.scope]);
    await breathe();
  }
  for (const [unit, first] of unclaimed) {
    const [zh, en] = [`单元 ${unit} 没有对应的标识`, `unit ${unit} has no key`];
    check.report(check.book * BOOK_SPAN + first, { rule: 4, zh, en });
  }
  return () => {
    for (const row of later) unclaimed.set(row.unitId, row.firstSeq ?? 0);
    for (const row of later) claim(row);
  };
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
function isAnswerOf(check: BookCheck, row: KeyFields): boolean {
  const unit = check.units.get(row.unitId);
  if (row.status !== 'posted' || unit?.first !== row.firstSeq || unit.last !== row.lastSeq) return false;
  if (unit.bookedAt !== row.bookedAt) return false;
  const transactions = Array.from(
    { length: unit.last - unit.first + 1 },
    (_, i) => check.book * BOOK_SPAN + unit.first + i,
  );
  const number = numberIn(row.answer);
  if (unit.number ? number === undefined || !isNumberOf(unit.number, number) : number !== undefined)
    return false;
  return row.answer === answerOf(row, transactions, number);
}

/** A refusal, or a unit that only changed rows. */
function isWithoutTransactions(check: BookCheck, row: KeyFields): boolean {
  if (row.lastSeq !== null || check.units.has(row.unitId)) return false;
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

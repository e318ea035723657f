/**
 * Rule 5 for the table of holds: each hold has a row that says what its transaction says, and each row a transaction
 * that made it.
 */
import { and, asc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { Transaction } from '../core/transaction.ts';
import type { BookCheck } from './check-book.ts';
import { termsOf } from './check-transaction.ts';
import { breathe, isAfter, ROWS } from './read-book.ts';

type Row = { id: string; tx: number };

/** The rows of the holds that a piece of transactions made. */
export async function checkHoldRows(
  { reader, tables: { holds: h } }: Engine,
  check: BookCheck,
  piece: readonly Transaction[],
): Promise<void> {
  const made = piece.filter(({ kind }) => kind === 'hold');
  const named = made.flatMap((t) => termsOf(t)?.hold?.id ?? []);
  if (named.length === 0) return;
  const rows = await reader.select().from(h).where(inArray(h.id, named));
  const stored = new Map(rows.map((row) => [row.id, row]));
  for (const t of made) {
    const hold = termsOf(t)?.hold;
    if (!hold) continue;
    const { id, member, redeemer, endsAt } = hold;
    const row = stored.get(id);
    if (!row) {
      check.report(t.id, { rule: 5, zh: `预留 ${id} 不见了`, en: `hold ${id} is missing` });
      continue;
    }
    const held = t.entries.filter((e) => e.account.role === 'held').map((e) => [e.asset.id, e.amount]);
    const expected = { tx: t.id, member, redeemer, place: t.place, endsAt, lines: JSON.stringify(held) };
    const found = { tx: row.tx, member: row.member, redeemer: row.redeemer, place: row.place };
    const said = { ...found, endsAt: row.endsAt, lines: row.lines };
    if (row.book !== check.book || JSON.stringify(said) !== JSON.stringify(expected)) {
      reportUnlike(check, row);
    }
  }
}

/** Every row has its hold. Returns what is to be asked once the transactions that came meanwhile were followed. */
export async function checkHolds(
  engine: Engine,
  check: BookCheck,
  lastId: number,
): Promise<() => Promise<void>> {
  const { reader, tables } = engine;
  const { holds: h } = tables;
  const later: Row[] = [];
  let after: SQL | undefined;
  for (;;) {
    const rows = await reader
      .select({ id: h.id, tx: h.tx, member: h.member })
      .from(h)
      .where(and(eq(h.book, check.book), after))
      .orderBy(asc(h.member), asc(h.id))
      .limit(ROWS);
    later.push(...rows.filter(({ tx }) => tx > lastId).map(({ id, tx }) => ({ id, tx })));
    await checkMade(
      engine,
      check,
      rows.filter(({ tx }) => tx <= lastId),
    );
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) break;
    after = isAfter([h.member, end.member], [h.id, end.id]);
    await breathe();
  }
  return async () => {
    for (let from = 0; from < later.length; from += ROWS) {
      await checkMade(engine, check, later.slice(from, from + ROWS));
    }
    for (const [key, less] of check.heldLess) {
      if (less === 0) continue;
      const [zh, en] = [`${key} 的已预留积分与各笔预留不符`, `held points of ${key} differ from its holds`];
      check.report(null, { rule: 5, zh, en });
    }
  };
}

/** A row whose transaction made another hold, or none. What else it says was compared with its transaction. */
async function checkMade(
  { reader, tables: { transactions: t } }: Engine,
  check: BookCheck,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return;
  const ids = [...new Set(rows.map(({ tx }) => tx))];
  const made = await reader.select({ id: t.id, holdId: t.holdId }).from(t).where(inArray(t.id, ids));
  const holdOf = new Map(made.map(({ id, holdId }) => [id, holdId]));
  for (const row of rows) {
    if (!check.holds.has(row.tx) || holdOf.get(row.tx) !== row.id) reportUnlike(check, row);
  }
}

function reportUnlike(check: BookCheck, { id, tx }: Row): void {
  const [zh, en] = [`预留 ${id} 与它的交易不符`, `hold ${id} does not match its transaction`];
  check.report(tx, { rule: 5, zh, en });
}

/** Rule 5 for the table of holds: each says what the transaction says that made it. */
import { and, asc, eq, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { BookCheck } from './check-book.ts';
import { breathe, isAfter, ROWS } from './read-book.ts';

type Row = { id: string; tx: number; stored: string };

/** Returns what is to be asked once the transactions that came meanwhile were followed. */
export async function checkHolds(
  { reader, tables }: Engine,
  check: BookCheck,
  lastId: number,
): Promise<() => void> {
  const { holds: h } = tables;
  const missing = new Map([...check.holds].map(([id, { tx }]) => [id, tx]));
  const later: Row[] = [];
  let after: SQL | undefined;
  for (;;) {
    const rows = await reader
      .select()
      .from(h)
      .where(and(eq(h.book, check.book), after))
      .orderBy(asc(h.member), asc(h.id))
      .limit(ROWS);
    for (const { id, tx, member, redeemer, place, endsAt, lines } of rows) {
      missing.delete(id);
      const row = { id, tx, stored: JSON.stringify({ tx, member, redeemer, place, endsAt, lines }) };
      if (tx > lastId) later.push(row);
      else checkRow(check, row);
    }
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) break;
    after = isAfter([h.member, end.member], [h.id, end.id]);
    await breathe();
  }
  for (const [id, tx] of missing) {
    check.report(tx, { rule: 5, zh: `预留 ${id} 不见了`, en: `hold ${id} is missing` });
  }
  return () => {
    for (const row of later) checkRow(check, row);
    for (const [key, less] of check.heldLess) {
      if (less === 0) continue;
      const [zh, en] = [`${key} 的已预留积分与各笔预留不符`, `held points of ${key} differ from its holds`];
      check.report(null, { rule: 5, zh, en });
    }
  };
}

function checkRow(check: BookCheck, { id, tx, stored }: Row): void {
  const expected = check.holds.get(id);
  if (expected && JSON.stringify(expected) === stored) return;
  const [zh, en] = [`预留 ${id} 与它的交易不符`, `hold ${id} does not match its transaction`];
  check.report(tx, { rule: 5, zh, en });
}

/** Rule 4 from the rows: each key is whole, and keys and transactions belong to each other one to one. */
import { and, asc, eq, gt, or } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { hashKeyRow } from '../proof/canonical.ts';
import type { BookCheck } from './check-book.ts';
import { BOOK_SPAN } from '../core/transaction.ts';
import { breathe } from './read-book.ts';

const PIECE = 2_000;

/** A key posted after verification began, or the last transactions were taken away. */
async function checkLater(
  { reader, tables }: Pick<Engine, 'reader' | 'tables'>,
  check: BookCheck,
  seq: number,
): Promise<void> {
  const id = check.book * BOOK_SPAN + seq;
  const { transactions: t } = tables;
  const [row] = await reader.select({ id: t.id }).from(t).where(eq(t.id, id));
  if (row) return;
  check.report(id, { rule: 4, zh: '标识对应的交易不见了', en: 'the transaction of a key is missing' });
}

export async function checkKeys(
  { reader, tables }: Engine,
  check: BookCheck,
  input: { units: ReadonlyMap<string, { first: number; last: number }>; lastSeq: number },
): Promise<void> {
  const { keys: k } = tables;
  const unclaimed = new Map(input.units);
  let after = { scope: '', key: '' };
  for (;;) {
    const later = or(gt(k.scope, after.scope), and(eq(k.scope, after.scope), gt(k.key, after.key)));
    const rows = await reader
      .select()
      .from(k)
      .where(and(eq(k.book, check.book), later))
      .orderBy(asc(k.scope), asc(k.key))
      .limit(PIECE);
    for (const row of rows) {
      if (hashKeyRow(row) !== row.hash) {
        const named = row.firstSeq === null ? null : check.book * BOOK_SPAN + row.firstSeq;
        check.report(named, {
          rule: 4,
          zh: `标识 ${row.scope} ${row.key} 的记录被改动过`,
          en: `the record of key ${row.scope} ${row.key} was changed`,
        });
      }
      if (row.status !== 'posted' || row.firstSeq === null) continue;
      if (row.firstSeq > input.lastSeq) {
        await checkLater({ reader, tables }, check, row.firstSeq);
        continue;
      }
      const unit = unclaimed.get(row.unitId);
      if (unit?.first !== row.firstSeq || unit.last !== row.lastSeq) {
        check.report(check.book * BOOK_SPAN + row.firstSeq, {
          rule: 4,
          zh: `标识 ${row.scope} ${row.key} 与交易对不上`,
          en: `key ${row.scope} ${row.key} and its transactions do not belong to each other`,
        });
      }
      unclaimed.delete(row.unitId);
    }
    const last = rows.at(-1);
    if (!last || rows.length < PIECE) break;
    after = { scope: last.scope, key: last.key };
    await breathe();
  }
  for (const [unit, { first }] of unclaimed) {
    check.report(check.book * BOOK_SPAN + first, {
      rule: 4,
      zh: `单元 ${unit} 没有对应的标识`,
      en: `unit ${unit} has no key`,
    });
  }
}

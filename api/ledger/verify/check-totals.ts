/**
 * Rule 2 for the totals that stand beside the chains: every balance and every counter is what its entries come to. They
 * are read in pieces while others work. One that has moved since the chains were read is kept, with the entry that it
 * names, until the transactions that came meanwhile have been followed: one of them must have made that entry.
 */
import { and, asc, gt, lt, type SQL } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import type { BookCheck } from './check-book.ts';
import { totalsBefore, type CounterEnds, type LaterTallies } from './counter-ends.ts';
import { breathe, isAfter, rangeOf, ROWS } from './read-book.ts';

/** What moved meanwhile, by the entry that it names. */
export type Later = {
  positions: Map<number, { account: number; asset: number; balance: number }>;
  tallies: LaterTallies;
};
type Totals = { value: number; entry: number };

export async function checkPositions(
  { reader, tables }: Engine,
  check: BookCheck,
  last: { entry: number },
  later: Later,
): Promise<void> {
  const { positions: p } = tables;
  const { low, high } = rangeOf(check.book);
  let after: SQL | undefined = gt(p.account, low);
  for (;;) {
    const rows = await reader
      .select()
      .from(p)
      .where(and(after, lt(p.account, high)))
      .orderBy(asc(p.account), asc(p.asset))
      .limit(ROWS);
    for (const { account, asset, balance, entry } of rows) {
      const chained = check.positions.match(account, asset);
      if (entry > last.entry && !later.positions.has(entry)) {
        later.positions.set(entry, { account, asset, balance });
        continue;
      }
      reportUnlike(check, nameOf(account, asset), {
        found: { value: balance, entry },
        chained: chained && { value: chained.balance, entry: chained.entry },
      });
    }
    const end = rows.at(-1);
    if (!end || rows.length < ROWS) break;
    after = isAfter([p.account, end.account], [p.asset, end.asset]);
    await breathe();
  }
  for (const { account, asset } of check.positions.unmatched()) reportMissing(check, nameOf(account, asset));
}

/**
 * Asked when the chains were read up to `ends.top`: those that were not let go of have no total that says what they come
 * to, but for the months that are closed and for what moved while the totals were read.
 */
export function checkTallies(check: BookCheck, ends: CounterEnds): void {
  for (const [key, chained] of check.tallies) {
    if (ends.moving.has(key) || ends.ends.has(chained.entry) || ends.unlike.has(key)) continue;
    reportMissing(check, counterName(key));
  }
  for (const [key, found] of ends.unlike) {
    reportUnlike(check, counterName(key), { found, chained: check.tallies.get(key) });
  }
}

/** Counters that had ended when their totals were read and moved on meanwhile went on from there. */
export async function checkResumed(engine: Engine, check: BookCheck, ends: CounterEnds): Promise<void> {
  if (check.resumed.size === 0) return;
  const keys = new Set(check.resumed.keys());
  const totals = await totalsBefore(engine, { book: check.book, top: ends.top, keys });
  for (const [key, { before, transaction }] of check.resumed) {
    if ((totals.get(key) ?? 0) === before) continue;
    const [zh, en] = [`计数 ${key} 接不上`, `counter ${key} does not follow from the one before`];
    check.report(transaction, { rule: 2, zh, en });
  }
}

/** Totals that name an entry which no transaction made, or another's. */
export function reportLost(check: BookCheck, later: Later): void {
  const lost = [
    ...[...later.positions.values()].map(({ account, asset }) => nameOf(account, asset)),
    ...[...later.tallies.values()].map(({ key }) => counterName(key)),
  ];
  for (const { zh, en } of lost) {
    check.report(null, {
      rule: 2,
      zh: `${zh}指向的分录不存在`,
      en: `${en} names an entry that is not there`,
    });
  }
}

type Name = { zh: string; en: string };

function nameOf(account: number, asset: number): Name {
  const key = `${account}:${asset}`;
  return { zh: `账户:资产 ${key} 的余额`, en: `the balance of account:asset ${key}` };
}

function counterName(key: string): Name {
  return { zh: `计数 ${key} `, en: `counter ${key}` };
}

function reportUnlike(
  check: BookCheck,
  { zh, en }: Name,
  { found, chained }: { found: Totals; chained: Totals | undefined },
): void {
  if (chained?.value === found.value && chained.entry === found.entry) return;
  const rest = `${found.value} ≠ ${chained?.value ?? 0}`;
  check.report(null, {
    rule: 2,
    zh: `${zh}与分录不符：${rest}`,
    en: `${en} does not equal its entries: ${rest}`,
  });
}

function reportMissing(check: BookCheck, { zh, en }: Name): void {
  check.report(null, { rule: 2, zh: `${zh}不见了`, en: `${en} is missing` });
}

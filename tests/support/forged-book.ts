/**
 * A book as somebody would forge it who knows the program: transactions are changed, and then every number, balance,
 * counter and hash after them is made anew, so that nothing but the rule he broke can give him away.
 */
import type { Transaction } from '../../api/ledger/core/transaction.ts';
import { BOOK_SPAN } from '../../api/ledger/index.ts';
import { hashTransaction } from '../../api/ledger/proof/canonical.ts';
import { checkReversals } from '../../api/ledger/verify/check-limits.ts';
import { BookCheck } from '../../api/ledger/verify/check-book.ts';
import { Findings, type Finding } from '../../api/ledger/verify/finding.ts';

export type Forge = (t: Transaction) => Transaction;

/** What `verify` finds in the transactions of a book after `forge` has had each of them in hand. */
export function findingsOf(transactions: readonly Transaction[], forge: Forge = (t) => t): Finding[] {
  const findings = new Findings();
  const book = transactions[0]?.book ?? 1;
  const check = new BookCheck(book, findings);
  const balances = new Map<string, number>();
  const totals = new Map<string, number>();
  let entry = book * BOOK_SPAN;
  let tally = book * BOOK_SPAN;
  for (const original of transactions) {
    const t = forge(structuredClone(original));
    const [firstEntry, firstTally] = [entry + 1, tally + 1];
    for (const e of t.entries) {
      const position = `${e.account.id}:${e.asset.id}`;
      e.id = ++entry;
      e.balanceAfter = (balances.get(position) ?? 0) + e.amount;
      balances.set(position, e.balanceAfter);
    }
    for (const e of t.tallies) {
      e.id = ++tally;
      e.totalAfter = (totals.get(e.key) ?? 0) + e.amount;
      totals.set(e.key, e.totalAfter);
    }
    t.hash = hashTransaction(t);
    check.add(t, { firstEntry, firstTally, effectiveOfEntries: t.entries.map(() => t.effectiveAt) });
  }
  const byId = new Map(transactions.map((t) => [t.id, forge(structuredClone(t)).entries]));
  for (const [id, reversals] of check.limits.reversed) {
    for (const found of checkReversals(reversals, byId.get(id) ?? [])) check.report(reversals.last, found);
  }
  return findings.kept;
}

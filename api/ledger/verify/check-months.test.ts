/** Rule 7, derived from the counters that close months: nothing takes effect in or before a place's latest closed month. */
import { expect, it } from 'vitest';
import { findingsOf } from '../../../tests/support/forged-book.ts';
import { Desk } from '../../../tests/support/ledger-desk.ts';
import { closeThrough } from '../core/month.ts';
import type { Transaction } from '../core/transaction.ts';

const DAY_MS = 86_400_000;
const budget = { do: 'budget' as const, fund: 'F', unit: 'VOL', amount: 5 };

/** June is closed and, in July, one more budget is booked; then June is opened again and closed anew. */
function book(): Transaction[] {
  const desk = new Desk();
  desk.now = Date.parse('2026-07-02T09:00:00+08:00');
  desk.post(budget, { effectiveAt: desk.now - 60 * DAY_MS });
  const close = desk.unit([], { tallies: [closeThrough('hemeiyuan', { to: '2026-06' })] });
  const open = desk.unit([], { tallies: [closeThrough('hemeiyuan', { from: '2026-06' })] });
  const late = desk.unit([budget], { effectiveAt: desk.now - 60 * DAY_MS });
  const again = desk.unit([], { tallies: [closeThrough('hemeiyuan', { to: '2026-06' })] });
  const units = [close, desk.unit([budget]), open, late, again];
  expect(desk.ledger.run(units, desk.now).map(({ status }) => status)).toEqual(units.map(() => 'posted'));
  return [...desk.ledger.transactions];
}

it('a book whose months were closed, opened and closed again is whole', () => {
  expect(findingsOf(book())).toEqual([]);
});

it.each(['2026-05-20', '2026-06-20'])('what was moved to %s, with June closed, is found', (day) => {
  const transactions = book();
  const { id } = transactions[2]!;
  const moved = (t: Transaction) => (t.id === id ? { ...t, effectiveAt: Date.parse(`${day}T00:00:00Z`) } : t);
  expect(findingsOf(transactions, moved)).toMatchObject([{ rule: 7, transaction: id }]);
});

/** Books that are wrong in one rule alone: every hash, sum and chain in them is right. */
import { expect, it } from 'vitest';
import { findingsOf, type Forge } from '../../../tests/support/forged-book.ts';
import { Desk, END_2027 } from '../../../tests/support/ledger-desk.ts';
import { accountKey } from '../core/account.ts';
import type { TransactionTerms } from '../core/transaction.ts';

const F = { fund: 'F', unit: 'VOL' };
const OWED = { '*': { mode: 'owed' as const, factor: 10_000 } };

/** A budget, a credit, a hold of 20 and its capture of 12. */
function deskWithCapture(): Desk {
  const desk = new Desk();
  desk.post({ do: 'budget', ...F, amount: 1_000 });
  desk.post({ do: 'credit', member: 'm', ...F, amount: 100, series: END_2027 });
  const take = { points: 20, unit: 'VOL' };
  const endsAt = desk.now + 1_000;
  desk.post({ do: 'hold', hold: 'h', member: 'm', redeemer: 'M', take, endsAt, terms: OWED });
  desk.post({ do: 'capture', hold: 'h', points: 12, final: false });
  return desk;
}

/** Changes the one transaction of a kind. */
function only(kind: string, change: Forge): Forge {
  return (t) => (t.kind === kind ? change(t) : t);
}

it('a book that nobody forged is whole', () => {
  expect(findingsOf(deskWithCapture().ledger.transactions)).toEqual([]);
});

it('a capture on other terms than those of its hold is found, with its money legs made to fit', () => {
  const { transactions } = deskWithCapture().ledger;
  const stocked = only('capture', (t) => {
    const terms = JSON.parse(t.terms ?? '') as TransactionTerms;
    t.terms = JSON.stringify({ ...terms, settlement: { F: { mode: 'stocked' } } });
    t.entries = t.entries.filter(({ asset }) => asset.kind !== 'cny6');
    return t;
  });
  expect(findingsOf(transactions, stocked)).toMatchObject([
    { rule: 9, transaction: transactions.at(-1)?.id },
  ]);
});

it('a capture that another redeemer is owed for is found', () => {
  const { transactions } = deskWithCapture().ledger;
  const diverted = only('capture', (t) => {
    t.terms = (t.terms ?? '').replace('"redeemer":"M"', '"redeemer":"N"');
    for (const { account } of t.entries) {
      if (account.role === 'payable') Object.assign(account, { counterparty: 'N', id: 91 });
      if (account.role === 'receivable') Object.assign(account, { owner: 'N', id: 92 });
      account.key = accountKey(account.owner, account.role, account.counterparty);
    }
    return t;
  });
  expect(findingsOf(transactions, diverted)).toMatchObject([
    { rule: 9, transaction: transactions.at(-1)?.id },
  ]);
});

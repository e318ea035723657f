/** Books that are wrong in one rule alone: every hash, sum and chain in them is right. */
import { describe, expect, it } from 'vitest';
import { findingsOf, type Forge } from '../../../tests/support/forged-book.ts';
import { Desk, END_2027 } from '../../../tests/support/ledger-desk.ts';
import { accountKey } from '../core/account.ts';
import type { Transaction, TransactionTerms } from '../core/transaction.ts';

const F = { fund: 'F', unit: 'VOL' };
const OWED = { '*': { mode: 'owed' as const, factor: 10_000 } };

/** A budget, a credit, a hold of 20 and its capture of 12, all linked as they should be. */
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

it('a budget that was raised as an entry of some system is found', () => {
  const { transactions } = deskWithCapture().ledger;
  const posted = only('budget', (t) => ({ ...t, kind: 'post.gift' }));
  expect(findingsOf(transactions, posted)).toMatchObject([{ rule: 9, transaction: transactions[0]?.id }]);
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

describe('rule 5, with its counters forged as well', () => {
  /** An award with its release, a spend with a refund, a credit with a clawback, another hold, and points besides. */
  function busyDesk(): Desk {
    const desk = deskWithCapture();
    const take = { points: 20, unit: 'VOL' };
    const other = { do: 'hold' as const, hold: 'other', member: 'm', redeemer: 'M', take, terms: OWED };
    desk.post({ ...other, endsAt: desk.now + 1_000 });
    desk.post({ do: 'return', hold: 'h' });
    desk.post({ do: 'award', member: 'm', ...F, amount: 9 });
    const award = desk.post({ do: 'award', member: 'm', ...F, amount: 30 });
    desk.post({ do: 'release', award, amount: 20, series: END_2027 });
    desk.post({ do: 'reject', award });
    const spent = desk.post({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED });
    desk.post({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED });
    desk.post({ do: 'refund', of: spent, points: 20 });
    const credited = desk.post({ do: 'credit', member: 'm', ...F, amount: 5, series: END_2027 });
    desk.post({ do: 'clawback', of: credited, points: 5 });
    return desk;
  }

  /** One point more in every entry and counter of a transaction; the sums stay zero, the counters forget their limits. */
  function oneMore(t: Transaction): Transaction {
    const more = (amount: number, by = 1): number => amount + Math.sign(amount) * by;
    for (const entry of t.entries)
      entry.amount = more(entry.amount, entry.asset.kind === 'cny6' ? 100_000 : 1);
    for (const tally of t.tallies) {
      Object.assign(tally, { amount: more(tally.amount), floor: null, ceiling: null });
    }
    return t;
  }

  it('nothing is said against a book in which all of it was done rightly', () => {
    expect(findingsOf(busyDesk().ledger.transactions)).toEqual([]);
  });

  it.each(['return', 'release', 'reject', 'refund', 'clawback'])(
    '%s of one point too many is found',
    (kind) => {
      const { transactions } = busyDesk().ledger;
      const forged = transactions.find((t) => t.kind === kind);
      const found = findingsOf(transactions, only(kind, oneMore));
      expect(found).toContainEqual(expect.objectContaining({ rule: 5 }));
      if (kind !== 'release') expect(found).toMatchObject([{ rule: 5, transaction: forged?.id }]);
    },
  );

  it.each(['return', 'capture', 'release', 'reject', 'refund', 'clawback'])(
    '%s of nothing is found',
    (kind) => {
      const { transactions } = busyDesk().ledger;
      const unlinked = only(kind, (t) => ({ ...t, holdId: null, reverses: null }));
      const forged = transactions.find((t) => t.kind === kind);
      expect(findingsOf(transactions, unlinked)).toContainEqual(
        expect.objectContaining({ rule: 5, transaction: forged?.id }),
      );
    },
  );

  /** A neighbour who has been given as much, waits for as much and has promised as much. */
  function neighbourlyDesk(): Desk {
    const desk = busyDesk();
    desk.post({ do: 'credit', member: 'n', ...F, amount: 100, series: END_2027 });
    desk.post({ do: 'award', member: 'n', ...F, amount: 30 });
    const take = { points: 20, unit: 'VOL' };
    const endsAt = desk.now + 1_000;
    desk.post({ do: 'hold', hold: 'n', member: 'n', redeemer: 'M', take, endsAt, terms: OWED });
    // As busy as before, so that all the neighbour has is there when the last of each kind comes.
    const award = desk.post({ do: 'award', member: 'm', ...F, amount: 30 });
    desk.post({ do: 'release', award, amount: 20, series: END_2027 });
    desk.post({ do: 'reject', award });
    desk.post({ do: 'capture', hold: 'other', points: 5, final: false });
    desk.post({ do: 'return', hold: 'other' });
    const spent = desk.post({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED });
    desk.post({ do: 'refund', of: spent });
    const credited = desk.post({ do: 'credit', member: 'm', ...F, amount: 5, series: END_2027 });
    desk.post({ do: 'clawback', of: credited });
    return desk;
  }

  function findingsOfLast(transactions: readonly Transaction[], kind: string, change: Forge) {
    const id = transactions.findLast((t) => t.kind === kind)!.id;
    expect(findingsOf(transactions)).toEqual([]);
    return { id, found: findingsOf(transactions, (t) => (t.id === id ? change(t) : t)) };
  }

  it.each([
    ['release', 'pending'],
    ['reject', 'pending'],
    ['capture', 'held'],
    ['return', 'held'],
    ['refund', 'available'],
    ['clawback', 'available'],
  ])('%s of what was never this member’s is found', (kind, role) => {
    const { transactions } = neighbourlyDesk().ledger;
    const theirs = transactions
      .flatMap(({ entries }) => entries)
      .find(({ account }) => account.owner === 'n' && account.role === role)!.account;
    const { id, found } = findingsOfLast(transactions, kind, (t) => {
      for (const entry of t.entries) if (entry.account.role === role) entry.account = theirs;
      return t;
    });
    expect(found).toContainEqual(expect.objectContaining({ rule: 5, transaction: id }));
  });

  it.each([
    ['capture', 'spend'],
    ['return', 'credit'],
    ['refund', 'post.gift'],
    ['release', 'credit'],
    ['award', 'credit'],
    ['hold', 'post.gift'],
    ['release', 'post.gift'],
    ['reject', 'post.gift'],
    ['award', 'post.gift'],
  ])('%s that calls itself %s is found', (kind, name) => {
    const { transactions } = neighbourlyDesk().ledger;
    const unlinked = { kind: name, holdId: null, reverses: null };
    const { id, found } = findingsOfLast(transactions, kind, (t) => ({ ...t, ...unlinked }));
    expect(found).toContainEqual(expect.objectContaining({ rule: 5, transaction: id }));
  });

  it('a second hold under the name of the first is found', () => {
    const { id, found } = findingsOfLast(busyDesk().ledger.transactions, 'hold', (t) => {
      return { ...t, holdId: 'h', terms: (t.terms ?? '').replace('"id":"other"', '"id":"h"') };
    });
    expect(found).toContainEqual(expect.objectContaining({ rule: 5, transaction: id }));
  });
});

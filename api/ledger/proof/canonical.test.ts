/** The canonical bytes, held against a general RFC 8785 writer; and what must never be in them (rule 8). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Desk, END_2027 } from '../../../tests/support/ledger-desk.ts';
import { CNY6, promiseAsset, seriesAsset } from '../core/asset.ts';
import { ROLES, type Account, type Role } from '../core/account.ts';
import type { Command, Unit } from '../core/command.ts';
import type { Entry, TallyEntry, Transaction } from '../core/transaction.ts';
import { canonicalJson } from './canonical-json.ts';
import { canonicalTransaction, hashTransaction } from './canonical.ts';

const text = fc.string({ unit: 'binary' }).filter((t) => t.isWellFormed());
const amount = fc.maxSafeInteger();
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value);
const account: fc.Arbitrary<Account> = fc.record({
  id: amount,
  key: text,
  owner: text,
  role: fc.constantFrom(...(Object.keys(ROLES) as Role[])),
  counterparty: text,
  floor: maybe(amount),
  ceiling: maybe(amount),
});
const asset = fc
  .constantFrom(CNY6, promiseAsset('VOL', 'F'), seriesAsset('VOL', 'F', END_2027))
  .map((kind) => ({ ...kind, id: 1, key: '' }));
const entry: fc.Arbitrary<Entry> = fc.record({ id: amount, account, asset, amount, balanceAfter: amount });
const tally: fc.Arbitrary<TallyEntry> = fc.record({
  id: amount,
  key: text,
  amount,
  totalAfter: amount,
  floor: maybe(amount),
  ceiling: maybe(amount),
});
const transaction: fc.Arbitrary<Transaction> = fc.record({
  id: amount,
  book: amount,
  seq: amount,
  place: text,
  kind: text,
  effectiveAt: amount,
  bookedAt: amount,
  originalEffectiveAt: maybe(amount),
  unitId: text,
  actor: text,
  source: text,
  holdId: maybe(text),
  reverses: maybe(amount),
  ruleVersion: maybe(text),
  terms: maybe(text),
  memoCommitment: maybe(text),
  entries: fc.array(entry, { maxLength: 4 }),
  tallies: fc.array(tally, { maxLength: 3 }),
  hash: text,
});

describe('the canonical bytes of a transaction', () => {
  it('are RFC 8785 JSON', () => {
    fc.assert(
      fc.property(transaction, (t) => {
        const bytes = canonicalTransaction(t);
        expect(bytes).toBe(canonicalJson(JSON.parse(bytes)));
      }),
      { numRuns: 500 },
    );
  });

  it('differ as soon as any stored field of the transaction differs', () => {
    fc.assert(
      fc.property(transaction, transaction, (a, b) => {
        // The id follows from book and seq, and the hash from the bytes.
        for (const field of Object.keys(a) as (keyof Transaction)[]) {
          if (field === 'id' || field === 'hash') continue;
          const changed = { ...a, [field]: b[field] };
          const isSame = canonicalJson(wire(a[field])) === canonicalJson(wire(b[field]));
          expect(hashTransaction(changed) === hashTransaction(a), field).toBe(isSame);
        }
      }),
      { numRuns: 200 },
    );
  });
});

/** Accounts and assets stand in the bytes by their natural keys: their ids, keys and limits do not. */
function wire(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (name, part: unknown) => {
      if (name === 'account') {
        const { owner, role, counterparty } = part as Account;
        return { owner, role, counterparty };
      }
      return part;
    }),
  );
}

describe('rule 8: no personal data in ledger rows', () => {
  const F = { fund: 'F', unit: 'VOL' };

  it('rule 8: a transaction has these fields and no other, so nothing else can slip in', () => {
    const desk = new Desk();
    const id = desk.post({ do: 'budget', ...F, amount: 1 });
    expect(Object.keys(JSON.parse(canonicalTransaction(desk.transaction(id))) as object)).toEqual(
      (
        'actor book bookedAt effectiveAt entries format hold kind memo originalEffectiveAt place reverses ' +
        'ruleVersion seq source tallies terms unit'
      ).split(' '),
    );
  });

  it('rule 8: a text that is not well-formed, or has U+0000, is refused in every field of a unit', () => {
    const desk = new Desk();
    const budget: Command = { do: 'budget', ...F, amount: 1 };
    for (const bad of ['\ud800', 'a\u0000b', 'x'.repeat(300)]) {
      const units: Partial<Unit>[] = [
        { id: bad },
        { place: bad },
        { actor: bad },
        { source: bad },
        { ruleVersion: bad },
        { memoCommitment: bad },
        { requestHash: bad },
        { key: { scope: bad, key: 'k' } },
        { key: { scope: 's', key: bad } },
        { tallies: [{ key: bad, add: 1 }] },
        { uniques: [{ key: bad }] },
        { number: { prefix: bad, pad: 4 } },
        { commands: [{ ...budget, fund: bad } as Command] },
        { commands: [{ do: 'open', code: 'kaifeng', name: bad }] },
        { commands: [{ do: 'post', kind: bad, entries: [] }] },
        { commands: [{ do: 'return', hold: bad }] },
      ];
      for (const unit of units) {
        expect(desk.refusal(budget, unit), Object.keys(unit)[0]).toBe('bad-text');
      }
    }
    const rows = [{ insert: 'orders', values: { id: 'o1', name: 'a\u0000b' } }];
    expect(desk.refusal(budget, { rows })).toBe('bad-text');
    expect(desk.ledger.image()).toBe(new Desk().ledger.image());
  });

  it('rule 8: a part of a natural key cannot hold what separates such parts', () => {
    const desk = new Desk();
    for (const fund of ['', 'F|issued|', 'a b', 'a\tb']) {
      expect(desk.refusal({ do: 'budget', fund, unit: 'VOL', amount: 1 })).toBe('bad-text');
    }
    expect(desk.refusal({ do: 'budget', ...F, amount: 1 }, { key: { scope: 'a b', key: 'c' } })).toBe(
      'bad-text',
    );
  });

  it('rule 8: names outside the basic plane are well-formed', () => {
    const desk = new Desk();
    expect(desk.refusal({ do: 'budget', ...F, amount: 1 }, { place: '𠮷㐂苑' })).toBe('posted');
  });
});

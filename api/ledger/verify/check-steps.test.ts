/** Books in which one step did what no step of its kind may do; every hash, sum, chain and counter is made anew. */
import { describe, expect, it } from 'vitest';
import { findingsOf, type Forge } from '../../../tests/support/forged-book.ts';
import { dayOf, Desk, END_2027 } from '../../../tests/support/ledger-desk.ts';
import type { AssetRow } from '../core/asset.ts';
import type { Transaction } from '../core/transaction.ts';

const F = { fund: 'F', unit: 'VOL' };
const OWED = { '*': { mode: 'owed' as const, factor: 10_000 } };
const SOON = { ...END_2027, expiresAt: dayOf('2026-07-01') };
const HOLD = { do: 'hold' as const, hold: 'h', member: 'm', redeemer: 'M', terms: OWED };
const SPEND = { do: 'spend' as const, member: 'm', redeemer: 'M', terms: OWED };

/** The first of a kind. */
function only(kind: string, change: Forge): Forge {
  let isDone = false;
  return (t) => {
    if (isDone || t.kind !== kind) return t;
    isDone = true;
    return change(t);
  };
}

/** What is said of the one transaction that was forged, whoever else is wrong by it. */
function saidOf(desk: Desk, kind: string, change: Forge): string[] {
  const { transactions } = desk.ledger;
  expect(findingsOf(transactions)).toEqual([]);
  const forged = transactions.find((t) => t.kind === kind);
  const found = findingsOf(transactions, only(kind, change));
  return found.filter(({ transaction }) => transaction === forged?.id).map(({ en }) => en);
}

/** A member with 100 points that end on 1 July 2026 and 100 that end in 2028. */
function desk(): Desk {
  const made = new Desk();
  made.post({ do: 'budget', ...F, amount: 1_000 });
  made.post({ do: 'credit', member: 'm', ...F, amount: 100, series: SOON });
  made.post({ do: 'credit', member: 'm', ...F, amount: 100, series: END_2027 });
  return made;
}

function seriesOf({ ledger }: Desk, nth: number): AssetRow {
  const asset = ledger.transactions[nth]?.entries.find((e) => e.asset.kind === 'series')?.asset;
  if (!asset) throw new Error('no series there');
  return asset;
}

const bookedAt =
  (at: number): Forge =>
  (t: Transaction) => ({ ...t, bookedAt: at, effectiveAt: at });

describe('the end of points', () => {
  it('points are spent after it', () => {
    const made = desk();
    made.post({ ...SPEND, take: { points: 20, unit: 'VOL' } });
    expect(saidOf(made, 'spend', bookedAt(dayOf('2026-08-01')))).toEqual(['it takes points that had ended']);
  });

  it('points are held after it', () => {
    const made = desk();
    made.post({ ...HOLD, take: { points: 20, unit: 'VOL' }, endsAt: dayOf('2026-09-01') });
    expect(saidOf(made, 'hold', bookedAt(dayOf('2026-08-01')))).toEqual(['it takes points that had ended']);
  });

  it('points expire before it', () => {
    const made = desk();
    const asset = seriesOf(made, 1);
    made.now = dayOf('2026-07-02');
    made.post({ do: 'expire', member: 'm', asset });
    expect(saidOf(made, 'expire', bookedAt(dayOf('2026-06-21')))).toEqual([
      'it ends points that are still live',
    ]);
  });

  it('only a part of them expires', () => {
    const made = desk();
    const asset = seriesOf(made, 1);
    made.now = dayOf('2026-07-02');
    made.post({ do: 'expire', member: 'm', asset });
    const half: Forge = (t) => {
      for (const entry of t.entries) entry.amount /= 2;
      return t;
    };
    expect(saidOf(made, 'expire', half)).toEqual(['it leaves some of the ended points as they were']);
  });

  it('points given back after it are made available', () => {
    const made = desk();
    made.post({ ...HOLD, take: { points: 20, unit: 'VOL' }, endsAt: dayOf('2026-09-01') });
    made.post({ do: 'return', hold: 'h' });
    const late = bookedAt(dayOf('2026-08-01'));
    expect(saidOf(made, 'return', late)).toEqual(['it makes ended points available']);
  });

  it('points released after it are made available', () => {
    const made = desk();
    const award = made.post({ do: 'award', member: 'm', ...F, amount: 9 });
    made.post({ do: 'release', award, series: SOON });
    const late = bookedAt(dayOf('2026-08-01'));
    expect(saidOf(made, 'release', late)).toEqual(['it makes ended points available']);
  });

  it('a hold is captured after its own', () => {
    const made = desk();
    made.post({ ...HOLD, take: { points: 20, unit: 'VOL' }, endsAt: made.now + 1_000 });
    made.post({ do: 'capture', hold: 'h', final: true });
    const late = bookedAt(made.now + 5_000);
    expect(saidOf(made, 'capture', late)).toEqual(['a hold is made or captured after its end']);
  });
});

describe('the order of things', () => {
  it('points that end later are spent while others of the fund end sooner', () => {
    const made = desk();
    made.post({ ...SPEND, take: { points: 20, unit: 'VOL' } });
    const later = seriesOf(made, 2);
    const wrong: Forge = (t) => {
      for (const entry of t.entries) if (entry.asset.kind === 'series') entry.asset = later;
      return t;
    };
    expect(saidOf(made, 'spend', wrong)).toEqual([
      'it takes points while others of the same fund end sooner',
    ]);
  });

  it('points come to a member whose debt is left standing', () => {
    const made = desk();
    made.post({ ...SPEND, take: { points: 190, unit: 'VOL' } });
    made.post({ do: 'clawback', of: made.ledger.transactions[2]?.id ?? 0 });
    const last = made.post({ do: 'credit', member: 'm', ...F, amount: 200, series: END_2027 });
    const whole: Forge = (t) => {
      if (t.id !== last) return t;
      const entries = t.entries.filter(({ account: { role } }) => role !== 'debt' && role !== 'owed');
      for (const entry of entries) entry.amount = Math.sign(entry.amount) * 200;
      return { ...t, entries };
    };
    expect(findingsOf(made.ledger.transactions, whole)).toMatchObject([
      { transaction: last, en: 'points come to a member whose debt was not netted first' },
    ]);
  });
});

describe('a step under the name of another', () => {
  it.each([
    ['credit', 'budget'],
    ['credit', 'award'],
    ['credit', 'expire'],
    ['spend', 'hold'],
    ['budget', 'note'],
    ['clawback', 'note'],
    ['clawback', 'of a kind that does not exist'],
    ['expire', 'clawback'],
  ])('%s that calls itself %s', (kind, name) => {
    const made = desk();
    made.post({ ...SPEND, take: { points: 20, unit: 'VOL' } });
    made.post({ do: 'clawback', of: made.ledger.transactions[2]?.id ?? 0 });
    const asset = seriesOf(made, 1);
    made.now = dayOf('2026-07-02');
    made.post({ do: 'expire', member: 'm', asset });
    expect(saidOf(made, kind, (t) => ({ ...t, kind: name, reverses: null }))).toContain(
      'it moves what is not for a transaction of its kind',
    );
  });

  it('a payment of more than is owed', () => {
    const made = desk();
    made.post({ ...SPEND, take: { points: 20, unit: 'VOL' } });
    made.post({ do: 'pay', payer: 'F', payee: 'M', amountMicro: 2_000_000 });
    const more: Forge = (t) => {
      for (const entry of t.entries) entry.amount += Math.sign(entry.amount) * 10_000;
      return t;
    };
    expect(saidOf(made, 'pay', more)).toEqual(['it pays more than is owed, or parts of a fen']);
  });

  it('a payment taken back that reverses nothing', () => {
    const made = desk();
    made.post({ ...SPEND, take: { points: 20, unit: 'VOL' } });
    const pay = { do: 'pay', payer: 'F', payee: 'M', amountMicro: 2_000_000 } as const;
    made.post({ ...pay, reverses: made.post(pay) });
    const { transactions } = made.ledger;
    const last = transactions.at(-1)?.id;
    const forged = findingsOf(transactions, (t) => (t.id === last ? { ...t, reverses: null } : t));
    expect(forged.map(({ en }) => en)).toContain('it moves what is not for a transaction of its kind');
  });
});

describe('counters, whatever limits stand beside them', () => {
  const counted =
    (key: string, amount: number): Forge =>
    (t) => ({
      ...t,
      tallies: t.tallies.map((c) => ({ ...c, key, amount, floor: null, ceiling: null })),
    });

  it('a receipt is used twice', () => {
    const made = desk();
    for (const key of ['receipt:1', 'receipt:2'])
      made.post({ do: 'credit', member: 'm', ...F, amount: 5, series: END_2027 }, { uniques: [{ key }] });
    const last = made.ledger.transactions.at(-1)?.id;
    const twice: Forge = (t) => (t.id === last ? counted('unique:receipt:1', 1)(t) : t);
    expect(findingsOf(made.ledger.transactions, twice)).toMatchObject([{ rule: 3, transaction: last }]);
  });

  it('a voucher number is left out', () => {
    const made = desk();
    made.post({ do: 'budget', ...F, amount: 5 }, { number: { prefix: 'DK-', pad: 4 } });
    const last = made.ledger.transactions.at(-1)?.id;
    const gap: Forge = (t) => (t.id === last ? counted('number:DK-', 2)(t) : t);
    expect(findingsOf(made.ledger.transactions, gap)).toMatchObject([{ rule: 3, transaction: last }]);
  });

  it('the latest closed month is counted below none', () => {
    const made = desk();
    made.post([], { tallies: [{ key: 'closed-through:hemeiyuan', add: 24_317 }] });
    const below = counted('closed-through:hemeiyuan', -1);
    expect(saidOf(made, 'note', below)).toContain('counter closed-through:hemeiyuan is out of bounds');
  });
});

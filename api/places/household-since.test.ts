import { describe, expect, it } from 'vitest';
import { householdSinceOf } from './household-since.ts';

type Relation = 'owner' | 'family' | 'tenant';
const span = (person: string, relation: Relation, since: string, until: string | null = null) => ({
  ...{ person, relation, since, until },
});
const DAY = '2026-12-01';

describe('the household of a house', () => {
  it('begins with its buyer, once the seller is gone', () => {
    const sold = [
      span('seller', 'owner', '2020-01-01', '2026-12-01'),
      span('wife', 'family', '2020-01-01', '2026-12-01'),
      span('buyer', 'owner', '2026-12-01'),
    ];
    expect(householdSinceOf(sold, DAY)).toBe('2026-12-01');
    expect(householdSinceOf(sold, '2026-11-30')).toBeUndefined();
    // A roster that gives both of them the day of the sale.
    const sameDay = [
      span('seller', 'owner', '2020-01-01', '2026-12-02'),
      span('buyer', 'owner', '2026-12-01'),
    ];
    expect(householdSinceOf(sameDay, '2026-12-02')).toBe('2026-12-01');
    expect(householdSinceOf([...sold, span('son', 'owner', '2027-03-01')], '2027-05-01')).toBe('2026-12-01');
    const again = [...sold.slice(0, 2), span('buyer', 'owner', '2026-12-01', '2027-02-01')];
    expect(householdSinceOf([...again, span('next', 'owner', '2027-02-10')], '2027-05-01')).toBe(
      '2027-02-10',
    );
  });

  it('is the one that it was where owners overlap, where family inherits, and where nobody owned it before', () => {
    const shared = [span('a', 'owner', '2020-01-01', '2026-11-01'), span('b', 'owner', '2026-03-01')];
    expect(householdSinceOf(shared, DAY)).toBeUndefined();
    const inherited = [
      span('a', 'owner', '2020-01-01', '2026-11-01'),
      span('b', 'family', '2021-01-01', '2026-11-01'),
      span('b', 'owner', '2026-11-01'),
    ];
    expect(householdSinceOf(inherited, DAY)).toBeUndefined();
    expect(householdSinceOf([span('a', 'owner', '2020-01-01')], DAY)).toBeUndefined();
    expect(householdSinceOf([span('a', 'tenant', '2020-01-01')], DAY)).toBeUndefined();
  });

  it('begins with a tenant who buys: what was unpaid before was the owner’s', () => {
    const bought = [
      span('a', 'owner', '2020-01-01', '2026-11-01'),
      span('b', 'tenant', '2022-01-01', '2026-11-01'),
      span('b', 'owner', '2026-11-01'),
    ];
    expect(householdSinceOf(bought, DAY)).toBe('2026-11-01');
  });
});

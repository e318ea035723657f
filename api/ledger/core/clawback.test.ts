/** What is taken back when points should not have been given. */
import { describe, expect, it } from 'vitest';
import { Desk, dayOf, END_2027, PROMISE, VOL } from '../../../tests/support/ledger-desk.ts';
import { seriesAsset, type SeriesTerms } from './asset.ts';
import type { Terms } from './command.ts';

const OWED: Record<string, Terms> = { '*': { mode: 'owed', factor: 10_000 } };
const JUNE: SeriesTerms = { ...END_2027, expiresAt: dayOf('2026-07-01') };

function credit(desk: Desk, amount: number, series = END_2027): number {
  return desk.post([
    { do: 'budget', fund: 'F', unit: 'VOL', amount },
    { do: 'credit', member: 'm', fund: 'F', unit: 'VOL', amount, series },
  ]);
}

function spend(desk: Desk, points: number): number {
  const take = { points, unit: 'VOL' };
  return desk.post({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED });
}

describe('a clawback', () => {
  it.each([
    ['returns', true, 0],
    ['does not return', false, 6],
  ])(
    'takes the same series, then its expired points, else debt (budget %s)',
    (_name, budgetReturns, moved) => {
      const desk = new Desk();
      const series = { ...JUNE, budgetReturns };
      const asset = seriesAsset('VOL', 'F', series);
      const of = credit(desk, 10, series);
      spend(desk, 4);
      desk.now = JUNE.expiresAt;
      desk.post({ do: 'expire', member: 'm', asset });
      const unissued = desk.balance('F', 'unissued', PROMISE);
      desk.post({ do: 'clawback', of });
      expect(desk.balance('m', 'expired', asset)).toBe(0);
      expect(desk.balance('m', 'debt', PROMISE)).toBe(-4);
      expect(desk.balance('F', 'owed', PROMISE)).toBe(4);
      // The budget of what expired came back at its expiry, or comes back now; never twice.
      expect(desk.balance('F', 'unissued', PROMISE) - unissued).toBe(moved);
    },
  );

  it('never takes held points, which are promised to a shop, nor points of another series', () => {
    const desk = new Desk();
    const of = credit(desk, 10);
    const other = { ...END_2027, expiresAt: dayOf('2029-01-01') };
    const take = { points: 10, unit: 'VOL' };
    desk.post({ do: 'hold', hold: 'h', member: 'm', redeemer: 'M', take, endsAt: desk.now + 1, terms: OWED });
    credit(desk, 10, other);
    desk.post({ do: 'clawback', of });
    expect(desk.balance('m', 'held', VOL)).toBe(10);
    expect(desk.balance('m', 'available', seriesAsset('VOL', 'F', other))).toBe(10);
    expect(desk.balance('m', 'debt', PROMISE)).toBe(-10);
    // What the hold gives back pays the debt.
    desk.post({ do: 'return', hold: 'h' });
    expect(desk.balance('m', 'debt', PROMISE)).toBe(0);
    expect(desk.balance('m', 'available', VOL)).toBe(0);
  });

  it('of a credit that paid a debt brings the debt back', () => {
    const desk = new Desk();
    const first = credit(desk, 30);
    spend(desk, 30);
    desk.post({ do: 'clawback', of: first });
    const second = credit(desk, 80);
    expect(desk.balance('m', 'available', VOL)).toBe(50);
    desk.post({ do: 'clawback', of: second });
    expect(desk.balance('m', 'available', VOL)).toBe(0);
    expect(desk.balance('m', 'debt', PROMISE)).toBe(-30);
  });

  it('happens in parts and never beyond what was given', () => {
    const desk = new Desk();
    const of = credit(desk, 30);
    desk.post({ do: 'clawback', of, points: 20 });
    expect(desk.refusal({ do: 'clawback', of, points: 11 })).toBe('reversal-exceeded');
    desk.post({ do: 'clawback', of });
    expect(desk.refusal({ do: 'clawback', of })).toBe('reversal-exceeded');
  });

  it('is only for what gave points', () => {
    const desk = new Desk();
    credit(desk, 30);
    expect(desk.refusal({ do: 'clawback', of: spend(desk, 10) })).toBe('not-reversible');
  });
});

describe('a credit', () => {
  it('to a series that is past goes to expired and its budget returns', () => {
    const desk = new Desk();
    desk.now = JUNE.expiresAt;
    credit(desk, 10, JUNE);
    expect(desk.balance('m', 'expired', seriesAsset('VOL', 'F', JUNE))).toBe(10);
    expect(desk.balance('F', 'unissued', PROMISE)).toBe(10);
  });

  it('by the release of an award whose series is past goes to expired as well', () => {
    const desk = new Desk();
    desk.post({ do: 'budget', fund: 'F', unit: 'VOL', amount: 10 });
    const award = desk.post({ do: 'award', member: 'm', fund: 'F', unit: 'VOL', amount: 10 });
    desk.now = JUNE.expiresAt;
    desk.post({ do: 'release', award, series: JUNE });
    expect(desk.balance('m', 'expired', seriesAsset('VOL', 'F', JUNE))).toBe(10);
    expect(desk.balance('m', 'available', seriesAsset('VOL', 'F', JUNE))).toBe(0);
  });
});

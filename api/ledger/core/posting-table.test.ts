/**
 * The posting table, row by row: VOL of fund F, one series to 2027-12-31 at ¥0.10 a point, shop M, clearing party C.
 * Each example names its exact entries.
 */
import { describe, expect, it } from 'vitest';
import { Desk, dayOf, END_2027, PROMISE, VOL } from '../../../tests/support/ledger-desk.ts';
import type { Terms } from './command.ts';

const F = { fund: 'F', unit: 'VOL' };
const OWED: Record<string, Terms> = { '*': { mode: 'owed', factor: 10_000 } };
const CLEARING: Record<string, Terms> = { '*': { mode: 'clearing', via: 'C', factor: 10_000 } };
const STOCKED: Record<string, Terms> = { '*': { mode: 'stocked' } };

function deskWithBudget(): Desk {
  const desk = new Desk();
  desk.post({ do: 'budget', ...F, amount: 50_000 });
  return desk;
}

/** A desk whose member m has so many points available. */
function deskWith(points: number, series = END_2027): Desk {
  const desk = deskWithBudget();
  desk.post({ do: 'credit', member: 'm', ...F, amount: points, series });
  return desk;
}

function deskWithHold(points = 20, terms = OWED): Desk {
  const desk = deskWith(24);
  const take = { points, unit: 'VOL' };
  desk.post({ do: 'hold', hold: 'h', member: 'm', redeemer: 'M', take, endsAt: desk.now + 1_000, terms });
  return desk;
}

describe('posting table', () => {
  it('posting table: budget of 50,000 points approved', () => {
    const desk = new Desk();
    const id = desk.post({ do: 'budget', ...F, amount: 50_000 });
    expect(desk.entries(id)).toEqual(['F.outside VOL −50000', 'F.unissued VOL +50000']);
  });

  it('posting table: award 24, waits for its rating', () => {
    const desk = deskWithBudget();
    const id = desk.post({ do: 'award', member: 'm', ...F, amount: 24 });
    expect(desk.entries(id)).toEqual(['F.unissued VOL −24', 'm.pending VOL +24']);
  });

  it('posting table: rated, released', () => {
    const desk = deskWithBudget();
    const award = desk.post({ do: 'award', member: 'm', ...F, amount: 24 });
    const id = desk.post({ do: 'release', award, series: END_2027 });
    expect(desk.entries(id)).toEqual([
      'm.pending VOL −24',
      'F.issued VOL +24',
      'F.issuer VOL 2027-12-31 −24',
      'm.available VOL 2027-12-31 +24',
    ]);
    expect(desk.transaction(id).reverses).toBe(award);
  });

  it('posting table: rejected instead', () => {
    const desk = deskWithBudget();
    const award = desk.post({ do: 'award', member: 'm', ...F, amount: 24 });
    const id = desk.post({ do: 'reject', award });
    expect(desk.entries(id)).toEqual(['m.pending VOL −24', 'F.unissued VOL +24']);
  });

  it('posting table: an award released in part and rejected for the rest is settled', () => {
    const desk = deskWithBudget();
    const award = desk.post({ do: 'award', member: 'm', ...F, amount: 24 });
    desk.post({ do: 'release', award, amount: 10, series: END_2027 });
    expect(desk.refusal({ do: 'reject', award, amount: 15 })).toBe('award-settled');
    desk.post({ do: 'reject', award });
    expect(desk.balance('m', 'pending', PROMISE)).toBe(0);
    expect(desk.refusal({ do: 'release', award, series: END_2027 })).toBe('award-settled');
  });

  it('posting table: hold 20 for M', () => {
    const desk = deskWithHold();
    const id = desk.ledger.transactions.at(-1)?.id ?? 0;
    expect(desk.entries(id)).toEqual(['m.available VOL 2027-12-31 −20', 'm.held VOL 2027-12-31 +20']);
    expect(desk.transaction(id).holdId).toBe('h');
  });

  it('posting table: capture, M is owed directly', () => {
    const desk = deskWithHold();
    const id = desk.post({ do: 'capture', hold: 'h', final: true });
    expect(desk.entries(id)).toEqual([
      'm.held VOL 2027-12-31 −20',
      'F.redeemed VOL 2027-12-31 +20',
      'F.payable→M ¥µ −2000000',
      'M.receivable←F ¥µ +2000000',
    ]);
  });

  it('posting table: capture through clearing party C', () => {
    const desk = deskWithHold(20, CLEARING);
    const id = desk.post({ do: 'capture', hold: 'h', final: true });
    expect(desk.entries(id)).toEqual([
      'm.held VOL 2027-12-31 −20',
      'F.redeemed VOL 2027-12-31 +20',
      'F.payable→C ¥µ −2000000',
      'C.receivable←F ¥µ +2000000',
      'C.payable→M ¥µ −2000000',
      'M.receivable←C ¥µ +2000000',
    ]);
  });

  it('posting table: capture at a shop the fund stocked', () => {
    const desk = deskWithHold(20, STOCKED);
    const id = desk.post({ do: 'capture', hold: 'h', final: true });
    expect(desk.entries(id)).toEqual(['m.held VOL 2027-12-31 −20', 'F.redeemed VOL 2027-12-31 +20']);
    expect(JSON.parse(desk.transaction(id).terms ?? '')).toEqual({
      redeemer: 'M',
      settlement: { F: { mode: 'stocked' } },
    });
  });

  it('posting table: an agreement factor of 0.95 is written in the transaction and decides what is owed', () => {
    const terms: Record<string, Terms> = { F: { mode: 'owed', factor: 9_500 } };
    const desk = deskWithHold(20, terms);
    const id = desk.post({ do: 'capture', hold: 'h', final: true });
    expect(desk.entries(id)).toContain('M.receivable←F ¥µ +1900000');
    expect(JSON.parse(desk.transaction(id).terms ?? '')).toMatchObject({ settlement: terms });
  });

  it('posting table: statement paid, rounded to fen, rest carried', () => {
    const desk = deskWith(24, { ...END_2027, rateMicro: 100_333 });
    desk.post({ do: 'spend', member: 'm', redeemer: 'M', take: { points: 20, unit: 'VOL' }, terms: OWED });
    const pay = { do: 'pay', payer: 'F', payee: 'M' } as const;
    expect(desk.refusal({ ...pay, amountMicro: 2_006_660 })).toBe('amount-out-of-range');
    expect(desk.refusal({ ...pay, amountMicro: 2_010_000 })).toBe('overpaid');
    const id = desk.post({ ...pay, amountMicro: 2_000_000 });
    expect(desk.entries(id)).toEqual(['F.payable→M ¥µ +2000000', 'M.receivable←F ¥µ −2000000']);
    expect(desk.balance('M', 'receivable', undefined, 'F')).toBe(6_660);
    expect(desk.refusal({ ...pay, amountMicro: 10_000 })).toBe('overpaid');
  });

  it('a payment that never arrived is taken back once, whole, and is owed again', () => {
    const desk = deskWith(24);
    desk.post({ do: 'spend', member: 'm', redeemer: 'M', take: { points: 20, unit: 'VOL' }, terms: OWED });
    const pay = { do: 'pay', payer: 'F', payee: 'M', amountMicro: 1_500_000 } as const;
    const reverses = desk.post(pay);
    expect(desk.refusal({ ...pay, payee: 'N', reverses })).toBe('not-reversible');
    expect(desk.refusal({ ...pay, reverses: reverses - 1 })).toBe('not-reversible');
    expect(desk.refusal({ ...pay, amountMicro: 1_000_000, reverses })).toBe('reversal-exceeded');
    const id = desk.post({ ...pay, reverses });
    expect(desk.entries(id)).toEqual(['F.payable→M ¥µ −1500000', 'M.receivable←F ¥µ +1500000']);
    expect(desk.transaction(id)).toMatchObject({ kind: 'pay', reverses });
    expect(desk.refusal({ ...pay, reverses })).toBe('reversal-exceeded');
    expect(desk.refusal({ ...pay, reverses: id })).toBe('not-reversible');
    desk.post({ ...pay, amountMicro: 2_000_000 });
    expect(desk.balance('M', 'receivable', undefined, 'F')).toBe(0);
  });

  it('no more is taken than the redeemer lets its payer leave unpaid; a payment makes room again', () => {
    const desk = deskWith(24);
    const terms = { F: { mode: 'clearing', via: 'C', factor: 10_000, limitMicro: 1_500_000 } } as const;
    const take = (points: number) =>
      ({ do: 'spend', member: 'm', redeemer: 'M', take: { points, unit: 'VOL' }, terms }) as const;
    const id = desk.post(take(15));
    expect(desk.refusal(take(1))).toBe('exposure-exceeded');
    desk.post({ do: 'pay', payer: 'C', payee: 'M', amountMicro: 200_000 });
    expect(desk.refusal(take(3))).toBe('exposure-exceeded');
    desk.post(take(2));
    desk.post({ do: 'refund', of: id, points: 5 });
    desk.post(take(5));
    expect(desk.balance('M', 'receivable', undefined, 'C')).toBe(1_500_000);
  });

  it('posting table: 4 expire, the budget returns', () => {
    const desk = deskWith(4);
    desk.now = END_2027.expiresAt;
    const id = desk.post({ do: 'expire', member: 'm', asset: VOL });
    expect(desk.entries(id)).toEqual([
      'm.available VOL 2027-12-31 −4',
      'm.expired VOL 2027-12-31 +4',
      'F.issued VOL −4',
      'F.unissued VOL +4',
    ]);
  });

  it('posting table: 4 expire, the budget does not return', () => {
    const desk = deskWith(4, { ...END_2027, budgetReturns: false });
    desk.now = END_2027.expiresAt;
    const id = desk.post({ do: 'expire', member: 'm', asset: { ...VOL, budgetReturns: 0 } });
    expect(desk.entries(id)).toEqual(['m.available VOL 2027-12-31 −4', 'm.expired VOL 2027-12-31 +4']);
  });

  it('posting table: nothing expires before its end, not by a millisecond', () => {
    const desk = deskWith(4);
    desk.now = END_2027.expiresAt - 1;
    expect(desk.refusal({ do: 'expire', member: 'm', asset: VOL })).toBe('not-yet-expired');
  });

  it('posting table: clawback of 50 when 20 are left, then a later award of 80 nets 30 first', () => {
    const desk = deskWithBudget();
    const first = desk.post({ do: 'award', member: 'm', ...F, amount: 50 });
    const released = desk.post({ do: 'release', award: first, series: END_2027 });
    desk.post({ do: 'spend', member: 'm', redeemer: 'M', take: { points: 30, unit: 'VOL' }, terms: OWED });

    const clawback = desk.post({ do: 'clawback', of: released });
    expect(desk.entries(clawback).sort()).toEqual(
      [
        'F.owed VOL +30',
        'm.debt VOL −30',
        'F.issued VOL −20',
        'F.unissued VOL +20',
        'm.available VOL 2027-12-31 −20',
        'F.issuer VOL 2027-12-31 +20',
      ].sort(),
    );
    expect(desk.transaction(clawback).reverses).toBe(released);

    const second = desk.post({ do: 'award', member: 'm', ...F, amount: 80 });
    const later = desk.post({ do: 'release', award: second, series: END_2027 });
    expect(desk.entries(later).sort()).toEqual(
      [
        'm.pending VOL −80',
        'F.issued VOL +50',
        'F.unissued VOL +30',
        'm.debt VOL +30',
        'F.owed VOL −30',
        'F.issuer VOL 2027-12-31 −50',
        'm.available VOL 2027-12-31 +50',
      ].sort(),
    );
    expect(desk.balance('m', 'debt', PROMISE)).toBe(0);
  });

  it('posting table: a direct credit takes the budget and gives points in one step', () => {
    const desk = deskWithBudget();
    const id = desk.post({ do: 'credit', member: 'm', ...F, amount: 60, series: END_2027 });
    expect(desk.entries(id)).toEqual([
      'F.unissued VOL −60',
      'F.issued VOL +60',
      'F.issuer VOL 2027-12-31 −60',
      'm.available VOL 2027-12-31 +60',
    ]);
  });

  it('posting table: what a hold gives back goes to available', () => {
    const desk = deskWithHold();
    const id = desk.post({ do: 'return', hold: 'h' });
    expect(desk.entries(id)).toEqual(['m.held VOL 2027-12-31 −20', 'm.available VOL 2027-12-31 +20']);
    expect(desk.refusal({ do: 'return', hold: 'h' })).toBe('hold-exceeded');
  });

  it('posting table: a batch of awards stops where the budget ends, and books nothing of the one too many', () => {
    const desk = new Desk();
    desk.post({ do: 'budget', ...F, amount: 30 });
    const units = ['a', 'b', 'c'].map((member) => desk.unit([{ do: 'award', member, ...F, amount: 14 }]));
    const outcomes = desk.ledger.run(units, dayOf('2026-06-20'));
    expect(outcomes.map((o) => (o.status === 'refused' ? o.refusal.code : o.status))).toEqual([
      'posted',
      'posted',
      'budget-exhausted',
    ]);
    expect(desk.balance('F', 'unissued', PROMISE)).toBe(2);
  });
});

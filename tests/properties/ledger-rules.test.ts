/** The numbered rules of the ledger, as far as the pure core decides them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command, TermsByFund } from '../../api/ledger/core/command.ts';
import { closeThrough, monthOf } from '../../api/ledger/core/month.ts';
import { Desk, dayOf, END_2027, PROMISE, VOL } from '../support/ledger-desk.ts';
import { complaints, historyComplaints } from './ledger-equations.ts';

const F = { fund: 'F', unit: 'VOL' };
const OWED: TermsByFund = { '*': { mode: 'owed', factor: 10_000 } };

function deskWith(points: number): Desk {
  const desk = new Desk();
  desk.post({ do: 'budget', ...F, amount: 1_000 });
  desk.post({ do: 'credit', member: 'm', ...F, amount: points, series: END_2027 });
  return desk;
}

function spend(points: number): Command {
  return { do: 'spend', member: 'm', redeemer: 'M', take: { points, unit: 'VOL' }, terms: OWED };
}

describe('rule 2: transactions sum to zero and chain', () => {
  it('rule 2: a position that is not loaded is unknown, not zero', () => {
    const desk = deskWith(20);
    desk.ledger.forget();
    desk.post(spend(15));
    desk.ledger.forget();
    expect(desk.refusal(spend(6))).toBe('insufficient-points');
    desk.post(spend(5));
    expect(historyComplaints(desk.ledger)).toEqual([]);
  });

  it('rule 2: booked_at never runs back, though the clock may', () => {
    const desk = deskWith(20);
    desk.now -= 7 * 60_000;
    const id = desk.post(spend(1));
    expect(desk.transaction(id).bookedAt).toBe(desk.now + 7 * 60_000);
    expect(historyComplaints(desk.ledger)).toEqual([]);
  });
});

describe('rule 3: limits hold after every transaction', () => {
  it('rule 3: a unit whose second command is refused does nothing at all', () => {
    const desk = deskWith(20);
    const before = desk.ledger.image('no keys');
    const cap = { tallies: [{ key: 'day', add: 1, max: 9 }], number: { prefix: 'DK-', pad: 4 } };
    expect(desk.refusal([spend(20), spend(1)], cap)).toBe('insufficient-points');
    expect(desk.ledger.image('no keys')).toBe(before);
  });

  it('rule 3: caps, business keys and voucher numbers move with their unit, and a reversal subtracts', () => {
    const desk = deskWith(20);
    const cap = (add: number) => ({ tallies: [{ key: 'day', add, max: 10 }] });
    desk.post(spend(7), cap(7));
    expect(desk.try(spend(4), cap(4))).toMatchObject({ refusal: { facts: { max: 10, left: 3 } } });
    desk.post([], cap(-7));
    desk.post(spend(10), cap(10));
    const receipt = { uniques: [{ key: 'receipt 17' }] };
    desk.post(spend(1), receipt);
    expect(desk.refusal(spend(1), receipt)).toBe('already-done');
    desk.post([], { uniques: [{ key: 'receipt 17', release: true }] });
    desk.post(spend(1), receipt);
    const number = { number: { prefix: 'DK-2606-', pad: 4 } };
    expect(desk.try([], number)).toMatchObject({ answer: { number: 'DK-2606-0001' } });
    expect(desk.refusal(spend(100), number)).toBe('insufficient-points');
    expect(desk.try([], number)).toMatchObject({ answer: { number: 'DK-2606-0002' } });
  });

  it('rule 3: nobody moves the counters of a hold, a reversal or a number by hand', () => {
    const desk = deskWith(20);
    for (const key of ['hold:h:1', 'settled:1', 'reversed:1:1', 'unique:x', 'number:DK-']) {
      expect(desk.refusal([], { tallies: [{ key, add: -1 }] }), key).toBe('reserved-key');
    }
  });

  it('rule 3: 500 confirms of one order in one batch are one, and 499 hear that it was changed', () => {
    const desk = deskWith(600);
    desk.post([], { rows: [{ insert: 'orders', values: { id: 'o1', paid: 0 } }] });
    const rows = [
      { update: 'orders', id: 'o1', version: 1, set: { paid: 1, tx: { planned: 'transaction' } } },
    ] as const;
    const units = Array.from({ length: 500 }, () => desk.unit([spend(1)], { rows }));
    const outcomes = desk.ledger.run(units, desk.now);
    expect(outcomes.filter((o) => o.status === 'posted')).toHaveLength(1);
    expect(desk.balance('m', 'available', VOL)).toBe(599);
    expect(desk.ledger.rows.get('orders/o1')).toEqual({
      id: 'o1',
      paid: 1,
      tx: desk.ledger.transactions.at(-1)?.id,
      version: 2,
    });
  });
});

describe('rule 5: reversals and captures never exceed what is left, and link their original', () => {
  it('rule 5: whatever the parts, they add up to the original at most', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 8 }), (parts) => {
        const desk = deskWith(60);
        const take = { points: 20, unit: 'VOL' };
        desk.post({
          do: 'hold',
          hold: 'h',
          member: 'm',
          redeemer: 'M',
          take,
          endsAt: desk.now + 1,
          terms: OWED,
        });
        const spent = desk.post(spend(20));
        let captured = 0;
        let refunded = 0;
        for (const points of parts) {
          const capture = desk.refusal({ do: 'capture', hold: 'h', points, final: false });
          expect(capture).toBe(captured + points <= 20 ? 'posted' : 'hold-exceeded');
          if (capture === 'posted') captured += points;
          const refund = desk.refusal({ do: 'refund', of: spent, points });
          expect(refund).toBe(refunded + points <= 20 ? 'posted' : 'reversal-exceeded');
          if (refund === 'posted') refunded += points;
        }
        expect(desk.balance('m', 'held', VOL)).toBe(20 - captured);
        for (const t of desk.ledger.transactions) {
          if (t.kind === 'refund') expect(t.reverses).toBe(spent);
          if (t.kind === 'capture') expect(t.holdId).toBe('h');
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('rule 7: nothing posts into a closed month', () => {
  const june = { tallies: [closeThrough('hemeiyuan', { to: '2026-06' })] };

  it('rule 7: not even in the batch that closes it; other places and months stay open', () => {
    const desk = deskWith(20);
    desk.now = dayOf('2026-07-02');
    const late = { effectiveAt: dayOf('2026-06-30') };
    const units = [
      desk.unit([spend(1)], late),
      desk.unit([], june),
      desk.unit([spend(1)], late),
      desk.unit([spend(1)], { ...late, place: 'elsewhere' }),
      desk.unit([spend(1)]),
      desk.unit([], june),
    ];
    expect(
      desk.ledger.run(units, desk.now).map((o) => (o.status === 'refused' ? o.refusal.code : 'posted')),
    ).toEqual(['posted', 'posted', 'month-closed', 'posted', 'posted', 'version-conflict']);
    const id = desk.post(spend(1), { originalEffectiveAt: late.effectiveAt });
    expect(desk.transaction(id)).toMatchObject({
      effectiveAt: desk.now,
      originalEffectiveAt: late.effectiveAt,
    });
  });

  it('rule 7: effective_at is never after booked_at, and the original one never after effective_at', () => {
    const desk = deskWith(20);
    expect(desk.refusal(spend(1), { effectiveAt: desk.now + 1 })).toBe('effective-in-future');
    expect(desk.refusal(spend(1), { originalEffectiveAt: desk.now + 1 })).toBe('effective-in-future');
  });

  it('rule 7: a month begins at midnight in Asia/Shanghai', () => {
    expect(monthOf(dayOf('2026-07-01') - 1)).toBe('2026-06');
    expect(monthOf(dayOf('2026-07-01'))).toBe('2026-07');
    expect(monthOf(dayOf('2027-01-01'))).toBe('2027-01');
  });
});

describe('rule 9: every transaction keeps the equations of its fund', () => {
  it('rule 9: a debt on both sides, a stocked shop and a budget that does not return', () => {
    const desk = deskWith(20);
    const series = { ...END_2027, budgetReturns: false };
    const credited = desk.post({ do: 'credit', member: 'n', ...F, amount: 10, series });
    const terms: TermsByFund = { '*': { mode: 'stocked' } };
    desk.post({ ...spend(4), member: 'n', terms } as Command);
    desk.now = END_2027.expiresAt;
    desk.post({ do: 'expire', member: 'n', asset: { ...VOL, budgetReturns: 0 } });
    expect(complaints(desk.ledger)).toEqual([]);
    desk.post({ do: 'clawback', of: credited });
    expect(desk.balance('F', 'owed', PROMISE)).toBe(4);
    expect(complaints(desk.ledger)).toEqual([]);
    expect(historyComplaints(desk.ledger)).toEqual([]);
  });
});

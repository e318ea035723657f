/** Which points are taken, what a hold keeps, and what a refund gives back. */
import { describe, expect, it } from 'vitest';
import { Desk, dayOf, END_2027, PROMISE, VOL } from '../../../tests/support/ledger-desk.ts';
import { seriesAsset, type SeriesTerms } from './asset.ts';
import type { Take, Terms, TermsByFund } from './command.ts';

const OWED: TermsByFund = { '*': { mode: 'owed', factor: 10_000 } };
const CLEARING: Record<string, Terms> = { '*': { mode: 'clearing', via: 'C', factor: 10_000 } };
const END_2026: SeriesTerms = { ...END_2027, expiresAt: dayOf('2027-01-01') };
const JUNE: SeriesTerms = { ...END_2027, expiresAt: dayOf('2026-07-01') };
const VOL_2026 = seriesAsset('VOL', 'F', END_2026);
const VOL_JUNE = seriesAsset('VOL', 'F', JUNE);

function credit(desk: Desk, amount: number, series = END_2027, fund = 'F', unit = 'VOL'): number {
  return desk.post([
    { do: 'budget', fund, unit, amount },
    { do: 'credit', member: 'm', fund, unit, amount, series },
  ]);
}

function hold(desk: Desk, points: number, { days = 1, terms = OWED } = {}): void {
  const what = { take: { points, unit: 'VOL' }, endsAt: desk.now + days * 86_400_000 };
  desk.post({ do: 'hold', hold: 'h', member: 'm', redeemer: 'M', ...what, terms });
}

function spend(desk: Desk, points: number, terms = OWED): number {
  return desk.post({ do: 'spend', member: 'm', redeemer: 'M', take: { points, unit: 'VOL' }, terms });
}

describe('which points are taken', () => {
  it('nearest expiry first, then the oldest series', () => {
    const desk = new Desk();
    credit(desk, 10, END_2027);
    credit(desk, 10, END_2026, 'G');
    credit(desk, 10, END_2026, 'F');
    expect(desk.entries(spend(desk, 25)).filter((line) => line.includes('redeemed'))).toEqual([
      'G.redeemed VOL 2026-12-31 +10',
      'F.redeemed VOL 2026-12-31 +10',
      'F.redeemed VOL 2027-12-31 +5',
    ]);
  });

  it('never an expired one, whether or not the expiry run has passed', () => {
    const desk = new Desk();
    credit(desk, 10, JUNE);
    credit(desk, 10, END_2027);
    desk.now = JUNE.expiresAt;
    const take = { points: 11, unit: 'VOL' };
    expect(desk.refusal({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED })).toBe(
      'insufficient-points',
    );
    spend(desk, 10);
    expect(desk.balance('m', 'available', VOL_JUNE)).toBe(10);
  });

  it('35.49 yuan off a bill are 3,189 consumer points, which end first, and 36 volunteer points', () => {
    const desk = new Desk();
    const conTerms = { expiresAt: dayOf('2027-07-01'), rateMicro: 10_000, budgetReturns: true };
    credit(desk, 3_189, conTerms, 'S', 'CON');
    credit(desk, 36, END_2027, 'F', 'VOL');
    const take = { valueMicro: 35_490_000, worthMicro: { CON: 10_000, VOL: 100_000 } };
    const id = desk.post({ do: 'spend', member: 'm', redeemer: 'firm', take, terms: CLEARING });
    expect(desk.entries(id)).toEqual([
      'm.available CON 2027-06-30 −3189',
      'S.redeemed CON 2027-06-30 +3189',
      'm.available VOL 2027-12-31 −36',
      'F.redeemed VOL 2027-12-31 +36',
      'S.payable→C ¥µ −31890000',
      'C.receivable←S ¥µ +31890000',
      'C.payable→firm ¥µ −35490000',
      'firm.receivable←C ¥µ +35490000',
      'F.payable→C ¥µ −3600000',
      'C.receivable←F ¥µ +3600000',
    ]);
  });

  it('a value that whole points cannot make is refused and says what is missing', () => {
    const desk = new Desk();
    credit(desk, 36);
    const take = { valueMicro: 3_550_000, worthMicro: { VOL: 100_000 } };
    expect(desk.try({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED })).toMatchObject({
      refusal: { code: 'value-not-reachable', facts: { shortMicro: 50_000 } },
    });
  });
});

describe('what a hold keeps', () => {
  it('partial captures until final; the rest goes back', () => {
    const desk = new Desk();
    credit(desk, 24);
    hold(desk, 20);
    const capture = { do: 'capture', hold: 'h' } as const;
    desk.post({ ...capture, points: 5, final: false });
    expect(desk.refusal({ ...capture, points: 16, final: false })).toBe('hold-exceeded');
    const id = desk.post({ ...capture, points: 7, final: true });
    expect(desk.entries(id)).toEqual([
      'm.held VOL 2027-12-31 −15',
      'F.redeemed VOL 2027-12-31 +7',
      'F.payable→M ¥µ −700000',
      'M.receivable←F ¥µ +700000',
      'm.available VOL 2027-12-31 +8',
    ]);
    expect(desk.refusal({ ...capture, final: true })).toBe('hold-exceeded');
    expect(desk.balance('m', 'held', VOL)).toBe(0);
  });

  it('a live hold is captured after its series expired; what goes back lands in expired', () => {
    const desk = new Desk();
    credit(desk, 20, JUNE);
    hold(desk, 20, { days: 30 });
    desk.now = JUNE.expiresAt + 1;
    const id = desk.post({ do: 'capture', hold: 'h', points: 15, final: true });
    expect(desk.entries(id)).toEqual([
      'm.held VOL 2026-06-30 −20',
      'F.redeemed VOL 2026-06-30 +15',
      'F.payable→M ¥µ −1500000',
      'M.receivable←F ¥µ +1500000',
      'm.expired VOL 2026-06-30 +5',
      'F.issued VOL −5',
      'F.unissued VOL +5',
    ]);
  });

  it('an ended hold can no longer be captured, but goes back', () => {
    const desk = new Desk();
    credit(desk, 20);
    hold(desk, 20);
    desk.now += 86_400_000;
    expect(desk.refusal({ do: 'capture', hold: 'h', final: true })).toBe('hold-ended');
    desk.post({ do: 'return', hold: 'h' });
    expect(desk.balance('m', 'available', VOL)).toBe(20);
  });

  it('is settled as agreed when it was made, in every part; terms and exact worth are asked for then', () => {
    const desk = new Desk();
    credit(desk, 20, END_2026, 'F');
    credit(desk, 20, END_2027, 'G');
    const terms: TermsByFund = { F: { mode: 'owed', factor: 9_500 }, '*': CLEARING['*']! };
    hold(desk, 30, { terms });
    const made = desk.transaction(desk.ledger.transactions.at(-1)?.id ?? 0);
    expect(JSON.parse(made.terms ?? '')).toMatchObject({
      hold: { settlement: { F: terms['F'], G: terms['*'] } },
    });
    const part = desk.post({ do: 'capture', hold: 'h', points: 5, final: false });
    expect(desk.entries(part)).toContain('M.receivable←F ¥µ +475000');
    const rest = desk.post({ do: 'capture', hold: 'h', final: true });
    expect(desk.entries(rest)).toEqual(
      expect.arrayContaining(['M.receivable←F ¥µ +1425000', 'C.receivable←G ¥µ +1000000']),
    );
  });

  it('is not made without terms for each of its funds, or where a single point has no exact worth', () => {
    const desk = new Desk();
    credit(desk, 20, END_2026, 'F');
    credit(desk, 20, { ...END_2027, rateMicro: 100_001 }, 'G');
    const take = { points: 30, unit: 'VOL' };
    const endsAt = desk.now + 1;
    const refusal = (terms: TermsByFund): string =>
      desk.refusal({ do: 'hold', hold: 'h', member: 'm', redeemer: 'M', take, endsAt, terms });
    expect(refusal({})).toBe('terms-missing');
    expect(refusal({ F: { mode: 'owed', factor: 10_000 } })).toBe('terms-missing');
    expect(refusal({ '*': { mode: 'owed', factor: 9_500 } })).toBe('rate-not-exact');
    expect(refusal({ '*': { mode: 'owed', factor: 9_500 }, G: { mode: 'stocked' } })).toBe('posted');
  });

  it('takes what the redeemer has terms for, past points of others that end sooner; short of those it says what is missing', () => {
    const desk = new Desk();
    credit(desk, 20, END_2026, 'G');
    credit(desk, 20, END_2027, 'F');
    const terms: TermsByFund = { F: { mode: 'owed', factor: 10_000 } };
    const spend = (take: Take): string =>
      desk.refusal({ do: 'spend', member: 'm', redeemer: 'M', take, terms });
    expect(spend({ points: 8, unit: 'VOL' })).toBe('posted');
    expect(desk.entries(desk.ledger.transactions.at(-1)?.id ?? 0)).toContain('m.available VOL 2027-12-31 −8');
    expect(spend({ valueMicro: 500_000, worthMicro: { VOL: 100_000 } })).toBe('posted');
    hold(desk, 5, { terms });
    expect(spend({ points: 3, unit: 'VOL' })).toBe('terms-missing');
    expect(spend({ points: 23, unit: 'VOL' })).toBe('insufficient-points');
  });

  it('a hold is made once, and its points cannot be spent beside it', () => {
    const desk = new Desk();
    credit(desk, 20);
    hold(desk, 15);
    const take = { points: 1, unit: 'VOL' };
    const endsAt = desk.now + 1;
    const again = { do: 'hold', hold: 'h', member: 'm', redeemer: 'M', take, endsAt, terms: OWED } as const;
    expect(desk.refusal(again)).toBe('already-done');
    expect(
      desk.refusal({ do: 'spend', member: 'm', redeemer: 'M', take: { ...take, points: 6 }, terms: OWED }),
    ).toBe('insufficient-points');
  });

  it('five orders at once never use one balance twice', () => {
    const desk = new Desk();
    credit(desk, 20);
    const take = { points: 9, unit: 'VOL' };
    const units = [1, 2, 3, 4, 5].map(() =>
      desk.unit([{ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED }]),
    );
    const posted = desk.ledger.run(units, desk.now).filter((o) => o.status === 'posted');
    expect(posted).toHaveLength(2);
    expect(desk.balance('m', 'available', VOL)).toBe(2);
  });
});

describe('what a refund gives back', () => {
  it('in parts, last-taken series first, so that points keep their own date', () => {
    const desk = new Desk();
    credit(desk, 10, END_2026);
    credit(desk, 10, END_2027);
    const of = spend(desk, 15);
    desk.post({ do: 'refund', of, points: 7 });
    expect(desk.balance('m', 'available', VOL)).toBe(10);
    expect(desk.balance('m', 'available', VOL_2026)).toBe(2);
    expect(desk.refusal({ do: 'refund', of, points: 9 })).toBe('reversal-exceeded');
    desk.post({ do: 'refund', of });
    expect(desk.balance('m', 'available', VOL_2026)).toBe(10);
    expect(desk.refusal({ do: 'refund', of })).toBe('reversal-exceeded');
    expect(desk.balance('M', 'receivable', undefined, 'F')).toBe(0);
  });

  it('after the expiry date the points come back as expired', () => {
    const desk = new Desk();
    credit(desk, 10, JUNE);
    const of = spend(desk, 10);
    desk.now = JUNE.expiresAt;
    const id = desk.post({ do: 'refund', of });
    expect(desk.entries(id)).toEqual([
      'F.redeemed VOL 2026-06-30 −10',
      'm.expired VOL 2026-06-30 +10',
      'F.issued VOL −10',
      'F.unissued VOL +10',
      'F.payable→M ¥µ +1000000',
      'M.receivable←F ¥µ −1000000',
    ]);
  });

  it('nets the debt to the fund before the member gets anything', () => {
    const desk = new Desk();
    const credited = credit(desk, 10);
    const of = spend(desk, 10);
    desk.post({ do: 'clawback', of: credited, points: 4 });
    const id = desk.post({ do: 'refund', of });
    expect(desk.entries(id).slice(0, 7)).toEqual([
      'F.redeemed VOL 2027-12-31 −10',
      'F.issuer VOL 2027-12-31 +4',
      'F.issued VOL −4',
      'F.unissued VOL +4',
      'F.owed VOL −4',
      'm.debt VOL +4',
      'm.available VOL 2027-12-31 +6',
    ]);
  });

  it('follows the terms of the purchase, not those of today, and the redeemer may come to owe', () => {
    const desk = new Desk();
    credit(desk, 10);
    const of = spend(desk, 10, { '*': { mode: 'owed', factor: 9_500 } });
    desk.post({ do: 'pay', payer: 'F', payee: 'M', amountMicro: 950_000 });
    desk.post({ do: 'refund', of });
    expect(desk.balance('M', 'receivable', undefined, 'F')).toBe(-950_000);
  });

  it('points of two funds through one clearing party: the redeemer gives back, the clearing party is even', () => {
    const desk = new Desk();
    credit(desk, 10, END_2026, 'F');
    credit(desk, 10, END_2027, 'G');
    const of = spend(desk, 20, CLEARING);
    desk.post({ do: 'refund', of, points: 13 });
    expect(desk.balance('M', 'receivable', undefined, 'C')).toBe(700_000);
    expect(desk.balance('C', 'payable', undefined, 'M')).toBe(-700_000);
    expect(desk.balance('C', 'receivable', undefined, 'F')).toBe(700_000);
    expect(desk.balance('C', 'receivable', undefined, 'G')).toBe(0);
  });

  it('a fund that also clears for another settles both', () => {
    const desk = new Desk();
    credit(desk, 10, END_2026, 'F');
    credit(desk, 10, END_2027, 'G');
    const terms: Record<string, Terms> = {
      F: { mode: 'clearing', via: 'G', factor: 10_000 },
      G: { mode: 'owed', factor: 10_000 },
    };
    const of = spend(desk, 20, terms);
    expect(desk.balance('M', 'receivable', undefined, 'G')).toBe(2_000_000);
    desk.post({ do: 'refund', of });
    expect(desk.balance('M', 'receivable', undefined, 'G')).toBe(0);
  });

  it('only what took points can be refunded', () => {
    const desk = new Desk();
    const [credited, of] = [credit(desk, 10), spend(desk, 10)];
    const refund = desk.post({ do: 'refund', of });
    const refused = (of: number) => desk.refusal({ do: 'refund', of });
    expect([refused(credited), refused(refund)]).toEqual(['not-reversible', 'not-reversible']);
    expect(refused(refund + 100)).toBe('transaction-not-found');
    expect(desk.balance('F', 'issued', PROMISE)).toBe(10);
  });
});

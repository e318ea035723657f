/** What is refused before and beside the rules: amounts, names, texts, sizes, and entries that would break the books. */
import { describe, expect, it } from 'vitest';
import { Desk, dayOf, END_2027, PROMISE, VOL } from '../../../tests/support/ledger-desk.ts';
import { worthMicro } from './amount.ts';
import { CNY6, type Asset } from './asset.ts';
import type { Command, EntryDraft, TermsByFund } from './command.ts';
import type { Role } from './account.ts';

const F = { fund: 'F', unit: 'VOL' };
const OWED: TermsByFund = { '*': { mode: 'owed', factor: 10_000 } };
const MAX = Number.MAX_SAFE_INTEGER;

function deskWithPoints(amount = 100): { desk: Desk; credited: number; spent: number; award: number } {
  const desk = new Desk();
  desk.post({ do: 'budget', ...F, amount: 1_000_000 });
  const credited = desk.post({ do: 'credit', member: 'm', ...F, amount, series: END_2027 });
  const take = { points: 10, unit: 'VOL' };
  const spent = desk.post({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED });
  desk.post({ do: 'hold', hold: 'h', member: 'm', redeemer: 'M', take, endsAt: desk.now + 1, terms: OWED });
  const award = desk.post({ do: 'award', member: 'm', ...F, amount: 10 });
  return { desk, credited, spent, award };
}

function entry(owner: string, role: Role, asset: Asset, amount: number, counterparty = ''): EntryDraft {
  return { owner, role, asset, amount, counterparty };
}

function post(...entries: EntryDraft[]): Command {
  return { do: 'post', kind: 'system', entries };
}

describe('amounts', () => {
  it.each([NaN, 1e21, MAX + 1, 0.5, -0, 0, -5, Infinity, -Infinity])(
    '%d is out of range in every command that gives or takes, and nothing is written',
    (amount) => {
      const { desk, credited, spent, award } = deskWithPoints();
      const take = { points: amount, unit: 'VOL' };
      const worth = { valueMicro: amount, worthMicro: { VOL: 100_000 } };
      const member = { member: 'm', redeemer: 'M' };
      const commands: Command[] = [
        { do: 'award', member: 'm', ...F, amount },
        { do: 'credit', member: 'm', ...F, amount, series: END_2027 },
        { do: 'release', award, amount, series: END_2027 },
        { do: 'reject', award, amount },
        { do: 'hold', hold: 'h2', ...member, take, endsAt: desk.now + 1, terms: OWED },
        { do: 'hold', hold: 'h2', ...member, take: worth, endsAt: desk.now + 1, terms: OWED },
        { do: 'capture', hold: 'h', points: amount, final: true },
        { do: 'spend', ...member, take, terms: OWED },
        { do: 'refund', of: spent, points: amount },
        { do: 'clawback', of: credited, points: amount },
        { do: 'pay', payer: 'F', payee: 'M', amountMicro: amount },
      ];
      const before = desk.ledger.image();
      for (const command of commands) {
        expect(desk.refusal(command), command.do).toBe('amount-out-of-range');
      }
      expect(desk.ledger.image()).toBe(before);
    },
  );

  it.each([NaN, 1e21, 0.5, -0, 0])('%d is no amount of a budget or of an entry', (amount) => {
    const desk = new Desk();
    expect(desk.refusal({ do: 'budget', ...F, amount })).toBe('amount-out-of-range');
    const pair = [entry('F', 'issued', PROMISE, -amount), entry('F', 'unissued', PROMISE, amount)];
    expect(desk.refusal(post(...pair))).toBe('amount-out-of-range');
  });

  it('a budget can be lowered, but not below what is promised', () => {
    const { desk } = deskWithPoints();
    desk.post({ do: 'budget', ...F, amount: -999_890 });
    expect(desk.refusal({ do: 'budget', ...F, amount: -1 })).toBe('budget-exhausted');
  });

  it.each([
    [{ ...END_2027, rateMicro: 0.1 }],
    [{ ...END_2027, rateMicro: -1 }],
    [{ ...END_2027, expiresAt: NaN }],
    [{ ...END_2027, expiresAt: 0 }],
  ])('a series has a whole rate and a real end: %o', (series) => {
    const { desk } = deskWithPoints();
    expect(desk.refusal({ do: 'credit', member: 'm', ...F, amount: 1, series })).toBe('amount-out-of-range');
  });

  it.each([NaN, 0.5, -1])('a factor of %d, or an instant like it, is out of range', (odd) => {
    const { desk } = deskWithPoints();
    const take = { points: 1, unit: 'VOL' };
    const terms: TermsByFund = { '*': { mode: 'owed', factor: odd } };
    expect(desk.refusal({ do: 'spend', member: 'm', redeemer: 'M', take, terms })).toBe(
      'amount-out-of-range',
    );
    const budget: Command = { do: 'budget', ...F, amount: 1 };
    if (odd !== -1) expect(desk.refusal(budget, { effectiveAt: odd })).toBe('amount-out-of-range');
    expect(desk.refusal(budget, { tallies: [{ key: 'cap', add: 1, max: odd }] })).not.toBe('posted');
    expect(desk.refusal(budget, { number: { prefix: 'DK-', pad: odd } })).toBe('amount-out-of-range');
  });

  it('balances stay safe integers', () => {
    const desk = new Desk();
    desk.post({ do: 'budget', ...F, amount: MAX });
    expect(desk.refusal({ do: 'budget', ...F, amount: 1 })).toBe('out-of-bounds');
  });

  it('what a fund owes stays a safe integer', () => {
    const desk = new Desk();
    const series = { ...END_2027, rateMicro: 1_000_000_000 };
    desk.post({ do: 'budget', ...F, amount: MAX });
    desk.post({ do: 'credit', member: 'm', ...F, amount: 10_000_000, series });
    const take = { points: 10_000_000, unit: 'VOL' };
    expect(desk.refusal({ do: 'spend', member: 'm', redeemer: 'M', take, terms: OWED })).toBe(
      'rate-not-exact',
    );
  });

  it('products go through BigInt and are exact or nothing', () => {
    expect(worthMicro(36, 100_000, 10_000)).toBe(3_600_000);
    expect(worthMicro(9_007_199, 100_000_000, 10_000)).toBe(900_719_900_000_000);
    expect(worthMicro(3, 100_001, 9_999)).toBe(undefined);
    expect(worthMicro(-20, 100_000, 9_500)).toBe(-1_900_000);
    expect(worthMicro(MAX, 2, 5_000)).toBe(MAX);
    expect(worthMicro(MAX, 2, 10_000)).toBe(undefined);
  });
});

describe('entries given one by one', () => {
  it('move budget and points of one member', () => {
    const { desk } = deskWithPoints();
    const give = [entry('F', 'unissued', PROMISE, -5), entry('F', 'issued', PROMISE, 5)];
    desk.post(post(...give, entry('F', 'issuer', VOL, -5), entry('m', 'available', VOL, 5)));
    expect(desk.balance('m', 'available', VOL)).toBe(85);
  });

  it('cannot trade between members, nor with one whose name is empty', () => {
    const { desk } = deskWithPoints();
    const give = entry('m', 'available', VOL, -5);
    expect(desk.refusal(post(give, entry('n', 'available', VOL, 5)))).toBe('between-members');
    expect(desk.refusal(post(give, entry('', 'available', VOL, 5)))).toBe('bad-text');
    expect(desk.refusal(post(entry('m', 'debt', PROMISE, -5), entry('n', 'debt', PROMISE, 5)))).toBe(
      'between-members',
    );
  });

  it.each<[string, EntryDraft[]]>([
    ['money', [entry('F', 'payable', CNY6, -10_000, 'M'), entry('M', 'receivable', CNY6, 10_000, 'F')]],
    ['what two parties are owed', [entry('X', 'receivable', CNY6, -1), entry('Y', 'receivable', CNY6, 1)]],
    ['holds', [entry('m', 'available', VOL, -1), entry('m', 'held', VOL, 1)]],
    ['what waits, to set it aside', [entry('F', 'unissued', PROMISE, -1), entry('m', 'pending', PROMISE, 1)]],
    ['what waits, to give it up', [entry('m', 'pending', PROMISE, -1), entry('F', 'unissued', PROMISE, 1)]],
    ['a budget, to raise it', [entry('F', 'outside', PROMISE, -5), entry('F', 'unissued', PROMISE, 5)]],
    ['a budget, to end it', [entry('F', 'unissued', PROMISE, -5), entry('F', 'outside', PROMISE, 5)]],
    ['redemptions', [entry('m', 'available', VOL, -1), entry('F', 'redeemed', VOL, 1)]],
    ['money in points', [entry('m', 'available', CNY6, -1), entry('F', 'issuer', CNY6, 1)]],
    ['the books of another fund', [entry('G', 'unissued', PROMISE, -1), entry('G', 'issued', PROMISE, 1)]],
    ['an unknown role', [entry('m', 'toString' as Role, VOL, -1), entry('m', 'available', VOL, 1)]],
  ])('cannot touch %s', (_what, entries) => {
    const { desk } = deskWithPoints();
    const before = desk.ledger.transactions.length;
    expect(desk.refusal(post(...entries))).toBe('wrong-account');
    expect(desk.ledger.transactions).toHaveLength(before);
  });

  it('must balance, per asset', () => {
    const { desk } = deskWithPoints();
    expect(desk.refusal(post(entry('F', 'unissued', PROMISE, -2), entry('F', 'issued', PROMISE, 1)))).toBe(
      'not-balanced',
    );
    const nothing = [entry('F', 'unissued', PROMISE, 5), entry('F', 'unissued', PROMISE, -5)];
    expect(desk.refusal(post(...nothing))).toBe('not-balanced');
  });

  it('must keep the equations of the fund: no points without budget, no expiry that loses budget', () => {
    const { desk } = deskWithPoints();
    const minted = [entry('F', 'issuer', VOL, -5), entry('m', 'available', VOL, 5)];
    expect(desk.refusal(post(...minted))).toBe('invariant-broken');
    const lost = [entry('m', 'available', VOL, -5), entry('m', 'expired', VOL, 5)];
    expect(desk.refusal(post(...lost))).toBe('invariant-broken');
  });

  it('cannot hide a point in sums that are no longer exact', () => {
    const desk = new Desk();
    desk.post({ do: 'budget', ...F, amount: 1 });
    desk.post({ do: 'credit', member: 'm', ...F, amount: 1, series: END_2027 });
    const entries = [
      entry('F', 'unissued', PROMISE, MAX),
      entry('F', 'owed', PROMISE, 2),
      entry('F', 'issued', PROMISE, -MAX),
      entry('F', 'issued', PROMISE, -1),
      entry('m', 'available', VOL, -1),
      entry('F', 'issuer', VOL, 1),
    ];
    expect(entries.slice(0, 4).reduce((sum, e) => sum + e.amount, 0)).toBe(0);
    expect(desk.refusal(post(...entries))).toBe('amount-out-of-range');
    const merged = [MAX, 2, -5].map((amount) => entry('F', 'unissued', PROMISE, amount));
    expect(desk.refusal(post(...merged, entry('F', 'issued', PROMISE, 5 - MAX)))).toBe('amount-out-of-range');
  });

  it('an asset has one spelling', () => {
    const { desk } = deskWithPoints();
    const odd = { ...PROMISE, expiresAt: 5 };
    expect(desk.refusal(post(entry('F', 'issued', odd, -1), entry('F', 'unissued', odd, 1)))).toBe(
      'amount-out-of-range',
    );
  });
});

describe('sizes', () => {
  it('at most 64 live series a promise, also when a debt swallows all of the points', () => {
    const desk = new Desk();
    desk.post({ do: 'budget', ...F, amount: 1_000 });
    const series = (day: number) => ({ ...END_2027, expiresAt: END_2027.expiresAt + day * 86_400_000 });
    const past = { ...END_2027, expiresAt: desk.now };
    for (let day = 0; day < 64; day++) {
      desk.post({ do: 'credit', member: 'm', ...F, amount: 1, series: series(day) });
    }
    const one = { do: 'credit', member: 'm', ...F, amount: 1 } as const;
    expect(desk.refusal({ ...one, series: series(64) })).toBe('too-many-series');
    expect(desk.refusal({ ...one, series: series(63) })).toBe('posted');
    expect(desk.refusal({ ...one, series: past })).toBe('posted');
    const debt = [entry('n', 'debt', PROMISE, -5), entry('F', 'owed', PROMISE, 5)];
    desk.post(post(...debt));
    expect(desk.refusal({ ...one, member: 'n', series: series(65) })).toBe('too-many-series');
    desk.now = series(0).expiresAt;
    expect(desk.refusal({ ...one, series: series(64) })).toBe('posted');
  });

  it('at most 256 entries a transaction', () => {
    const desk = new Desk();
    for (let fund = 0; fund < 129; fund++) {
      const of = { fund: `F${fund}`, unit: 'VOL' };
      desk.post([
        { do: 'budget', ...of, amount: 1 },
        { do: 'credit', member: 'm', ...of, amount: 1, series: END_2027 },
      ]);
    }
    const spend = (points: number): Command => {
      const terms: TermsByFund = { '*': { mode: 'stocked' } };
      return { do: 'spend', member: 'm', redeemer: 'M', take: { points, unit: 'VOL' }, terms };
    };
    expect(desk.refusal(spend(129))).toBe('too-many-entries');
    expect(desk.refusal(spend(128))).toBe('posted');
  });

  it('a unit of a hundred commands is loaded in as few rounds as a unit of one', () => {
    const desk = new Desk();
    const members = Array.from({ length: 100 }, (_, i) => `m${i}`);
    desk.post({ do: 'budget', ...F, amount: 1_000 });
    const series = { ...END_2027, expiresAt: dayOf('2026-07-01') };
    const take = { points: 4, unit: 'VOL' };
    const ends = { redeemer: 'M', endsAt: dayOf('2026-08-01'), terms: OWED };
    desk.post(members.map((member): Command => ({ do: 'credit', member, ...F, amount: 9, series })));
    desk.post(members.map((member): Command => ({ do: 'hold', hold: `h-${member}`, member, take, ...ends })));
    desk.ledger.forget();
    desk.now = series.expiresAt;
    desk.post(
      members.flatMap((member): Command[] => [
        { do: 'capture', hold: `h-${member}`, points: 1, final: true },
        { do: 'expire', member, asset: { ...VOL, expiresAt: series.expiresAt } },
      ]),
    );
    expect(desk.balance('m99', 'expired', { ...VOL, expiresAt: series.expiresAt })).toBe(8);
    expect(desk.ledger.mostRounds).toBeLessThan(9);
  });
});

describe('ids', () => {
  it.each([0.5, NaN, -1, 1e21])('%d is not the id of a transaction', (id) => {
    const { desk } = deskWithPoints();
    for (const command of [
      { do: 'refund', of: id },
      { do: 'clawback', of: id },
      { do: 'reject', award: id },
      { do: 'release', award: id, series: END_2027 },
    ] as const) {
      expect(desk.refusal(command)).toBe('amount-out-of-range');
    }
  });

  it('an id of another book is not found', () => {
    const { desk, spent } = deskWithPoints();
    expect(desk.refusal({ do: 'refund', of: spent + 2 ** 40 })).toBe('transaction-not-found');
    expect(desk.refusal({ do: 'release', award: spent, series: END_2027 })).toBe('award-not-found');
    expect(desk.refusal({ do: 'return', hold: 'nobody' })).toBe('hold-not-found');
  });
});

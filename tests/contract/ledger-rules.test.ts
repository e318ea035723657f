/** The numbered rules of the ledger that need a store to be kept, on both. */
import { describe, expect, it } from 'vitest';
import { closeThrough } from '../../api/ledger/index.ts';
import type { Role } from '../../api/ledger/index.ts';
import { eachEngine } from '../support/database.ts';
import { execute, readBook } from '../support/stored-book.ts';
import type { StoredBook } from '../support/stored-book.ts';
import { budget, codeOf, credit, DAY, deskOn, spend, storeOn, tallyOf, unitOf } from './store-desk.ts';
import type { StoreDesk } from './store-desk.ts';

eachEngine((_name, open) => {
  it('rule 1: the database itself refuses to change or remove what was booked', async () => {
    const desk = await deskOn(open);
    await desk.post({ do: 'open', code: 'jinkang', name: '金康社区' });
    await desk.post([budget(100), credit('m', 50)], { tallies: [{ key: 'cap', add: 1 }] });
    await desk.post(holdOf('h', 5, desk.now + DAY));
    const before = await readBook(desk.engine, 1);
    const tables = [
      'books',
      'accounts',
      'assets',
      'transactions',
      'entries',
      'tally_entries',
      'keys',
      'holds',
    ];
    for (const table of tables) {
      const column = table === 'keys' || table === 'holds' ? 'book' : 'id';
      await expect(execute(desk.engine, `update ${table} set ${column} = ${column}`)).rejects.toThrow(
        `linli: ${table} is append-only`,
      );
      await expect(execute(desk.engine, `delete from ${table}`)).rejects.toThrow('is append-only');
    }
    expect(await readBook(desk.engine, 1)).toEqual(before);
  });

  it('rule 2: a position that this process has not met is loaded, never taken for zero', async () => {
    const desk = await deskOn(open);
    await desk.post([budget(100), credit('m', 50)]);
    const stranger = storeOn(desk.engine);
    const [outcome] = await stranger.commit(1, [unitOf([credit('m', 5), spend('m', 52)])], desk.now);
    expect(outcome && codeOf(outcome)).toBe('posted');
    expect(await desk.available('m')).toBe(3);
    expect(await desk.faults()).toEqual([]);
  });

  it('rule 2: every balance after chains in seq order through parallel load on few accounts', async () => {
    const desk = await deskOn(open, { batch: 32 });
    await desk.post([budget(100_000), credit('m', 1_000), credit('n', 1_000)]);
    const outcomes = await Promise.all(
      Array.from({ length: 300 }, (_, i) =>
        desk.commit(unitOf(i % 2 ? spend('m', 3) : [credit('n', 2), spend('n', 1)])),
      ),
    );
    expect(tallyOf(outcomes)).toEqual({ posted: 300 });
    expect(await desk.faults()).toEqual([]);
    expect([await desk.available('m'), await desk.available('n')]).toEqual([550, 1_150]);
  });

  it('rule 3: points cannot be spent twice, however many tills ask at once', async () => {
    const desk = await deskOn(open, { batch: 7 });
    await desk.post([budget(100), credit('m', 50)]);
    const outcomes = await Promise.all(Array.from({ length: 40 }, () => desk.commit(unitOf(spend('m', 8)))));
    expect(tallyOf(outcomes)).toEqual({ posted: 6, 'insufficient-points': 34 });
    expect(await desk.available('m')).toBe(2);
  });

  it('rule 5: parts of a hold and of a refund never exceed what is left, in one batch or in many', async () => {
    const desk = await deskOn(open);
    await desk.post([budget(100), credit('m', 50)]);
    await desk.post(holdOf('h', 20, desk.now + DAY));
    const capture = (points: number) =>
      desk.commit(unitOf({ do: 'capture', hold: 'h', points, final: false }));
    const captures = await Promise.all([8, 8, 8, 4].map(capture));
    expect(captures.map(codeOf)).toEqual(['posted', 'posted', 'hold-exceeded', 'posted']);
    const [first] = captures;
    const of = first?.status === 'posted' ? (first.answer.transactions[0] ?? 0) : 0;
    const refunds = await Promise.all(
      [5, 5, 3].map((points) => desk.commit(unitOf({ do: 'refund', of, points }))),
    );
    expect(refunds.map(codeOf)).toEqual(['posted', 'reversal-exceeded', 'posted']);
    expect(await desk.verdict({ do: 'refund', of })).toBe('reversal-exceeded');
    const { transactions } = await readBook(desk.engine, 1);
    expect(transactions.filter((t) => t.reverses === of)).toHaveLength(2);
    expect(transactions.filter((t) => t.holdId === 'h')).toHaveLength(4);
    expect(await desk.available('m')).toBe(38);
  });

  describe('rule 7: a closed month', () => {
    const june = closeThrough('hemeiyuan', { to: '2026-06' });

    it('rule 7: takes nothing for its place, while other places and other months go on', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(10));
      await desk.post([], { tallies: [june] });
      expect(await desk.verdict(budget(1))).toBe('month-closed');
      expect(await desk.verdict(budget(1), { place: 'jinkang' })).toBe('posted');
      desk.now += 20 * DAY;
      expect(await desk.verdict(budget(1))).toBe('posted');
      expect(await desk.verdict(budget(1), { effectiveAt: desk.now - 20 * DAY })).toBe('month-closed');
    });

    it('rule 7: takes nothing before the latest closed month either, until it is opened again', async () => {
      const desk = await deskOn(open);
      await desk.post(budget(10));
      await desk.post([], { tallies: [june] });
      const inMay = { effectiveAt: desk.now - 40 * DAY };
      expect(await desk.verdict(budget(1), inMay)).toBe('month-closed');
      expect(await desk.verdict(budget(1), { ...inMay, place: 'jinkang' })).toBe('posted');
      desk.now += 20 * DAY;
      await desk.post([], { tallies: [closeThrough('hemeiyuan', { from: '2026-06', to: '2026-05' })] });
      expect(await desk.verdict(budget(1), { effectiveAt: desk.now - 20 * DAY })).toBe('posted');
      expect(await desk.verdict(budget(1), { effectiveAt: desk.now - 60 * DAY })).toBe('month-closed');
      await desk.post([], { tallies: [closeThrough('hemeiyuan', { from: '2026-05' })] });
      expect(await desk.verdict(budget(1), { effectiveAt: desk.now - 60 * DAY })).toBe('posted');
    });

    it('rule 7: closes for what stands behind it in the same batch, and opens again', async () => {
      const desk = await deskOn(open);
      const closing = unitOf([], { place: 'office', tallies: [june] });
      const outcomes = await Promise.all([
        desk.commit(unitOf(budget(1))),
        desk.commit(closing),
        desk.commit(unitOf(budget(1))),
      ]);
      expect(outcomes.map(codeOf)).toEqual(['posted', 'posted', 'month-closed']);
      const opening = { place: 'office', tallies: [closeThrough('hemeiyuan', { from: '2026-06' })] };
      expect(await desk.verdict([], opening)).toBe('posted');
      expect(await desk.verdict(budget(1))).toBe('posted');
    });

    it('rule 7: is seen by a process that did not close it', async () => {
      const desk = await deskOn(open);
      const other = storeOn(desk.engine);
      await other.commit(1, [unitOf(budget(1))], desk.now);
      await desk.post([], { tallies: [june] });
      const [outcome] = await other.commit(1, [unitOf(budget(1))], desk.now);
      expect(outcome && codeOf(outcome)).toBe('month-closed');
    });

    it('rule 7: a late correction posts today and keeps the day it is about', async () => {
      const desk = await deskOn(open);
      const originalEffectiveAt = desk.now - 40 * DAY;
      await desk.post(budget(5), { originalEffectiveAt });
      const [t] = (await readBook(desk.engine, 1)).transactions;
      expect(t).toMatchObject({ originalEffectiveAt, effectiveAt: desk.now, bookedAt: desk.now });
    });
  });

  it('rule 9: what a fund has promised, owes and has backing for adds up after a busy day', async () => {
    const desk = await deskOn(open);
    await aBusyDay(desk);
    const stored = await readBook(desk.engine, 1);
    const fund = (role: Role): number => sumOf(stored, (owner, r) => owner === 'F' && r === role);
    const members = (...roles: Role[]): number => sumOf(stored, (_, r) => roles.includes(r));
    expect(fund('outside') + fund('unissued') + members('pending') + fund('issued')).toBe(0);
    expect(fund('owed')).toBe(-members('debt'));
    expect(fund('issued')).toBe(members('available', 'held', 'redeemed'));
    expect(-fund('payable')).toBe(fund('redeemed') * 100_000 - 1_000_000);
    expect(fund('owed')).toBeGreaterThan(0);
    expect(members('held', 'pending')).toBeGreaterThan(0);
  });
});

const OWED = { '*': { mode: 'owed', factor: 10_000 } } as const;

function holdOf(hold: string, points: number, endsAt: number) {
  const take = { points, unit: 'VOL' };
  return { do: 'hold', hold, member: 'm', redeemer: 'M', take, endsAt, terms: OWED } as const;
}

async function aBusyDay(desk: StoreDesk): Promise<void> {
  await desk.post(budget(1_000));
  const { transactions } = await desk.post([
    { do: 'award', member: 'n', fund: 'F', unit: 'VOL', amount: 24 },
    credit('m', 120),
    credit('n', 40),
  ]);
  await desk.post(holdOf('h', 30, desk.now + DAY));
  await desk.post({ do: 'capture', hold: 'h', points: 12, final: false });
  await desk.post([spend('m', 50), spend('n', 35)]);
  await desk.post({ do: 'clawback', of: transactions[2] ?? 0 });
  await desk.post({ do: 'pay', payer: 'F', payee: 'M', amountMicro: 1_000_000 });
}

/** The sum of the balances of accounts, over whatever assets they hold. */
function sumOf(
  { positions, transactions }: StoredBook,
  isMeant: (owner: string, role: Role) => boolean,
): number {
  const accounts = new Map(
    transactions.flatMap((t) => t.entries).map(({ account }) => [account.id, account]),
  );
  let sum = 0;
  for (const { account, balance } of positions) {
    const found = accounts.get(account);
    if (found && isMeant(found.owner, found.role)) sum += balance;
  }
  return sum;
}

import { expect, it } from 'vitest';
import { ChainedBalances } from './chained-balances.ts';
import { IdSet } from './id-set.ts';

const BASE = 7 * 2 ** 40;

it('says of many positions what was last set, and which of them have no row', () => {
  const balances = new ChainedBalances();
  const expected = new Map<string, [number, number]>();
  for (let n = 0; n < 60_000; n++) {
    const [account, asset] = [BASE + ((n * 7919) % 20_000), BASE + (n % 5)];
    balances.set(account, asset, n, BASE + n);
    expected.set(`${account}:${asset}`, [n, BASE + n]);
  }
  const [left = ''] = expected.keys();
  const wrong = [...expected].filter(([key, [balance, entry]]) => {
    const [account = 0, asset = 0] = key.split(':').map(Number);
    if (key === left) return balances.balance(account, asset) !== balance;
    const found = balances.match(account, asset);
    return found?.balance !== balance || found.entry !== entry;
  });
  expect(wrong).toEqual([]);
  expect([...balances.unmatched()].map(({ account, asset }) => `${account}:${asset}`)).toEqual([left]);
});

it('knows nothing of a position that was never set', () => {
  const balances = new ChainedBalances();
  balances.set(BASE + 1, BASE + 1, 5, BASE + 1);
  expect(balances.balance(BASE + 1, BASE + 2)).toBe(0);
  expect(balances.match(BASE + 2, BASE + 1)).toBeUndefined();
  expect(balances.match(0, 0)).toBeUndefined();
});

it('a set of ids has those that were added, wherever they lie', () => {
  const ids = new IdSet();
  const added = [BASE + 1, BASE + 8_191, BASE + 8_192, BASE + 5_000_000, 0, -3, 2 ** 53 - 1];
  for (const id of added) ids.add(id);
  for (const id of added) expect(ids.has(id)).toBe(true);
  for (const id of [BASE, BASE + 2, BASE + 8_193, 1, -2, 2 ** 53 - 2]) expect(ids.has(id)).toBe(false);
});

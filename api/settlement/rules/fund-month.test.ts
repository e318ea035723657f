import { expect, it } from 'vitest';
import { inFen } from './fen-month.ts';
import { fundMonthOf, type Item, type Moved, type Read, type Stand } from './fund-month.ts';

const [START, END] = [1_000, 2_000];
const NEVER = 9_999;
const SERIES = { asset: 1, expiresAt: NEVER };
const NONE = { asset: 0, expiresAt: 0 };
const stand = (role: string, balance: number, of: Partial<Stand> = {}): Stand => ({
  ...{ role, balance, counterparty: '', rateMicro: 10_000 },
  ...(role === 'issuer' || role === 'redeemed' ? SERIES : NONE),
  ...of,
});
const moved = (role: string, kind: string, amount: number, counterparty = ''): Moved => ({
  ...{ role, kind, amount, counterparty },
  ...(role === 'issuer' || role === 'redeemed' ? SERIES : NONE),
});
const item = (of: Partial<Item>): Item => ({
  ...{ number: '1', redeemer: 'shop', payee: 'shop', what: 'goods', points: 0, micro: 0 },
  ...of,
});
const monthOf = (read: Partial<Read>) =>
  fundMonthOf({ start: START, end: END, opening: [], closing: [], moved: [], items: [], ...read });

it('points that a posting of the product’s own kind gives are given, and what another takes back is taken back', () => {
  const month = monthOf({
    opening: [stand('unissued', 5_000), stand('outside', -5_000)],
    moved: [
      moved('unissued', 'post.purchase', -1_000),
      moved('issuer', 'post.purchase', -1_000),
      moved('unissued', 'post.purchase', 300),
      moved('issuer', 'post.purchase', 300),
    ],
    closing: [
      ...[stand('unissued', 4_300), stand('outside', -5_000), stand('issued', 700)],
      stand('issuer', -700),
    ],
  });
  expect(month.points).toMatchObject({ given: 1_000, takenBack: 300, closing: 700 });
  expect(month.budget).toMatchObject({ used: 1_000, returned: 300, closing: 4_300 });
});

const changed = () => {
  const [before, after] = [stand('payable', -40_000, { counterparty: 'shop' }), { counterparty: 'clearing' }];
  return monthOf({
    opening: [stand('issuer', -9_000), stand('redeemed', 1_000), before],
    moved: [
      moved('redeemed', 'capture', 4_000),
      moved('payable', 'capture', -40_000_000, 'clearing'),
      moved('redeemed', 'spend', 500),
    ],
    items: [
      item({ payee: 'clearing', points: 4_000, micro: 40_000_000 }),
      item({ number: '2', redeemer: 'market', payee: '', points: 500 }),
    ],
    closing: [
      ...[stand('issuer', -9_000), stand('redeemed', 5_500), before],
      stand('payable', -40_000_000, after),
    ],
  });
};

it('a shop that moved from direct to a clearing party has its points once, in the row that is cleared', () => {
  const rows = changed().parties.map(({ party, settles, points, acceptedMicro }) => [
    ...[party, settles, points, acceptedMicro],
  ]);
  expect(rows).toEqual([
    ['clearing', 'direct', 4_000, 40_000_000],
    ['market', 'none', 500, 0],
    ['shop', 'direct', 0, 0],
    ['shop', 'cleared', 4_000, 40_000_000],
  ]);
});

it('in whole fen each row adds up, and whom the fund owes add up to what it owes', () => {
  const halves = ['a', 'b'].map((counterparty) => stand('payable', -12_250, { counterparty }));
  const month = monthOf({
    moved: halves.map(({ counterparty }) => moved('payable', 'spend', -12_250, counterparty)),
    items: halves.map(({ counterparty }) =>
      item({ redeemer: counterparty, payee: counterparty, micro: 12_250 }),
    ),
    closing: halves,
  });
  const { owed, parties } = inFen(month);
  // 1.225 fen each: one fen is owed to each, and two together.
  expect(owed).toEqual({ opening: 0, accepted: 2, reversed: 0, paid: 0, closing: 2 });
  expect(parties.map(({ accepted, balance }) => [accepted, balance?.closing])).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

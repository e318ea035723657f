import { named, type RouteExample } from '../platform/index.ts';

const head = {
  id: '1099511628030',
  seq: 254,
  place: named.community,
  kind: 'post.thanks',
  effectiveAt: '2026-06-20T04:00:00.000Z',
  bookedAt: '2026-06-20T04:00:00.000Z',
  actor: 'key:01890a5d-ac96-774b-bcce-b302099a9010',
  hash: 'f7d1ae8226a1c7a9709594d6b94eba6fbe5567bcf0a319d868fa666bdd2a1b12',
};

const promise = { counterparty: '', kind: 'promise', unit: 'VOL', fund: named.fund };
const series = { ...promise, kind: 'series', expiresAt: '2026-12-31T16:00:00.000Z' };

const whole = {
  id: named.transaction,
  seq: 16,
  place: named.estate,
  kind: 'release',
  effectiveAt: '2025-12-14T05:00:00.000Z',
  bookedAt: '2025-12-14T05:00:00.000Z',
  actor: 'person:01890a5d-ac96-774b-bcce-b302099a9010',
  hash: '825082738d9dff4578ea17c891bf54612e3418c02c67dee6db8bc61e9973d25d',
  book: 1,
  unit: '01890a5d-ac96-774b-bcce-b302099a9011',
  source: 'api',
  reverses: '1099511627791',
  ruleVersion:
    '01890a5d-ac96-774b-bcce-b302099a9012:53d5d9c5bd8b1c35d4b8b4a2b5a1d2f3e4c5b6a79881726354453627180912af',
  entries: [
    {
      id: '1099511627819',
      owner: named.person,
      role: 'pending',
      ...promise,
      amount: '-30',
      balanceAfter: '6',
    },
    { id: '1099511627820', owner: named.fund, role: 'issued', ...promise, amount: '30', balanceAfter: '30' },
    { id: '1099511627821', owner: named.fund, role: 'issuer', ...series, amount: '-30', balanceAfter: '-30' },
    {
      id: '1099511627822',
      owner: named.person,
      role: 'available',
      ...series,
      amount: '30',
      balanceAfter: '30',
    },
  ],
  counters: [
    { key: `earned:VOL:${named.person}:2025-12-13`, amount: '-6', totalAfter: '30' },
    { key: 'settled:1099511627791', amount: '30', totalAfter: '30' },
  ],
};

const ended = { expiresAt: '2027-12-31T16:00:00.000Z', rateMicro: '100000', budgetReturns: true };

export const postEntries: RouteExample = {
  body: {
    place: named.community,
    kind: 'thanks',
    entries: [
      { owner: named.fund, role: 'unissued', unit: 'VOL', fund: named.fund, amount: '-20' },
      { owner: named.fund, role: 'issued', unit: 'VOL', fund: named.fund, amount: '20' },
      { owner: named.fund, role: 'issuer', unit: 'VOL', fund: named.fund, series: ended, amount: '-20' },
      { owner: named.person, role: 'available', unit: 'VOL', fund: named.fund, series: ended, amount: '20' },
    ],
  },
  answer: {
    unit: '01890a5d-ac96-774b-bcce-b302099a9010',
    transactions: ['1099511628030'],
    bookedAt: '2026-06-20T04:00:00.000Z',
  },
};

export const listTransactions: RouteExample = {
  params: { book: '1' },
  query: { limit: '20' },
  answer: { items: [head] },
};

export const oneTransaction: RouteExample = { params: { transaction: named.transaction }, answer: whole };

export const balances: RouteExample = {
  params: { book: '1', owner: named.person },
  query: { effectiveAt: '2026-05-31T23:59:59+08:00' },
  answer: {
    owner: named.person,
    balances: [
      {
        role: 'available',
        counterparty: '',
        kind: 'series',
        unit: 'VOL',
        fund: named.fund,
        expiresAt: '2027-12-31T16:00:00.000Z',
        rateMicro: '100000',
        balance: '36',
      },
      {
        role: 'available',
        counterparty: '',
        kind: 'series',
        unit: 'CON',
        fund: '01890a5d-ac96-774b-bcce-b302099a9010',
        expiresAt: '2027-05-31T16:00:00.000Z',
        rateMicro: '10000',
        balance: '3189',
      },
    ],
  },
};

export const statement: RouteExample = {
  params: { book: '1', owner: named.person },
  query: { limit: '20' },
  answer: {
    items: [
      {
        entry: '1099511628920',
        transaction: '1099511628030',
        kind: 'post.thanks',
        place: named.community,
        role: 'available',
        counterparty: '',
        unit: 'VOL',
        fund: named.fund,
        expiresAt: '2027-12-31T16:00:00.000Z',
        amount: '20',
        balanceAfter: '56',
        effectiveAt: '2026-06-20T04:00:00.000Z',
        bookedAt: '2026-06-20T04:00:00.000Z',
      },
    ],
  },
};

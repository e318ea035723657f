import { named, type RouteExample } from '../platform/index.ts';

const statement = { funderStatement: named.tiedStatement };
const row = { field: 'accepted', written: '结算中心', tie: false, pair: 1 };
const theirs = {
  ...{ ...row, id: '01890a5d-ac96-774b-bcce-b302099a9014', kind: 'missing-here', number: '', row: 2 },
  ...{ theirs: '3.60', zh: '我们没有', en: 'Not in the ledger' },
};
const ours = {
  ...{ ...row, id: '01890a5d-ac96-774b-bcce-b302099a9015', kind: 'missing-there', written: '' },
  ...{ number: 'DK-2605-0001', ours: '3.60', zh: '对方没有', en: 'Not in the statement' },
};

export const pairings: RouteExample = {
  params: statement,
  answer: {
    items: [
      {
        ...{ id: named.fundPairing, number: 1, theirs, ours: [ours] },
        sums: { ours: '3.60', theirs: '3.60', difference: '0.00' },
        ...{ made: { name: '周敏', at: '2026-07-02T01:00:00.000Z' }, maySplit: true },
      },
    ],
  },
};
export const pair: RouteExample = {
  params: statement,
  body: { theirs: named.openRowOfTheirs, ours: [named.openRowOfOurs] },
  answer: { id: '01890a5d-ac96-774b-bcce-b302099a9016' },
};
export const split: RouteExample = { params: { fundPairing: named.fundPairing } };

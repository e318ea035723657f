import { named, type RouteExample } from '../platform/index.ts';

const budget = {
  id: '01890a5d-ac96-774b-bcce-b302099a9010',
  fund: named.fund,
  amount: '20000',
  basis: '金康社区〔2026〕第 6 号会议纪要',
  state: 'waiting',
  requestedBy: 'person:01890a5d-ac96-774b-bcce-b302099a9011',
  at: '2026-06-20T04:00:00.000Z',
};

const fund = {
  id: named.fund,
  place: named.community,
  name: '金康社区志愿服务经费',
  unit: 'VOL',
  rateMicro: '100000',
  approved: '50000',
  unissued: '49758',
};

export const listFunds: RouteExample = { params: { place: named.community }, answer: { items: [fund] } };

export const budgetFile: RouteExample = { params: { fund: named.fund }, query: { format: 'csv' } };

export const listBudgets: RouteExample = {
  params: { fund: named.fund },
  query: { limit: '20' },
  answer: {
    items: [
      {
        ...budget,
        amount: '50000',
        basis: '金康社区〔演示〕第 1 号会议纪要',
        state: 'approved',
        approvedBy: 'person:01890a5d-ac96-774b-bcce-b302099a9012',
        transaction: '1099511627778',
        at: '2025-11-30T16:00:00.000Z',
      },
    ],
  },
};

export const askForBudget: RouteExample = {
  params: { fund: named.fund },
  body: { amount: '30000', basis: '金康社区〔2026〕第 7 号会议纪要' },
  answer: { ...budget, amount: '30000', basis: '金康社区〔2026〕第 7 号会议纪要' },
};

export const approveBudget: RouteExample = {
  params: { budget: named.budget },
  answer: {
    ...budget,
    id: named.budget,
    state: 'approved',
    approvedBy: 'person:01890a5d-ac96-774b-bcce-b302099a9012',
    transaction: '1099511628031',
  },
};

export const waitingBudgets: RouteExample = {
  params: { place: named.community },
  query: { limit: '20' },
  answer: { items: [{ ...budget, fundName: fund.name, unit: 'VOL', rateMicro: fund.rateMicro }] },
};

export const withdrawBudget: RouteExample = { params: { budget: named.budget } };

export const outlook: RouteExample = {
  params: { place: named.estate },
  answer: {
    items: [
      {
        ...{ id: named.fund, name: '金康社区志愿服务经费', unit: 'VOL' },
        ...{ approved: '50000', unissued: '1758', used: '242', lastsDays: 217 },
      },
    ],
  },
};

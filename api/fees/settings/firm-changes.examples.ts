import { named, type RouteExample } from '../../platform/index.ts';

const change = {
  ...{ id: named.firmChange, kind: 'accounts', name: '', state: 'waiting' },
  estate: { id: named.estate, name: '和美苑（演示）' },
  ...{ by: '沈会计', at: '2026-06-20T04:00:00.000Z', mine: false, alone: false, undoable: false },
  changes: [
    {
      what: { zh: '应收物业费', en: 'Fees owed' },
      before: { zh: '1122 应收账款—物业费', en: '1122 应收账款—物业费' },
      after: { zh: '1122.01 应收账款—物业费', en: '1122.01 应收账款—物业费' },
    },
  ],
};

export const listChanges: RouteExample = {
  params: { estate: named.estate },
  query: { limit: '20' },
  answer: { items: [change] },
};

export const approveChange: RouteExample = {
  params: { estate: named.estate, change: named.firmChange },
  answer: {
    ...change,
    state: 'approved',
    ended: { by: '周经理', at: '2026-06-20T05:00:00.000Z' },
    undoable: true,
  },
};

export const withdrawChange: RouteExample = {
  params: { estate: named.estate, change: named.firmChangeDeclined },
};

export const undoChange: RouteExample = {
  params: { estate: named.estate, change: named.firmChangeMade },
  answer: { waits: true },
};

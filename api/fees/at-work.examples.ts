import { named, type RouteExample } from '../platform/index.ts';

export const monthsAtWork: RouteExample = {
  query: { limit: '20', sort: 'estate' },
  answer: {
    items: [
      {
        estate: { id: named.estate, name: '和美苑（演示）' },
        month: '2026-06',
        bills: {
          ...{ count: 348, amount: '41184.36', paid: '0.00', offset: '1024.50' },
          ...{ over: '0.00', toPay: '40159.86' },
        },
        held: { count: 3, value: '91.00' },
        handedOver: { count: 26, value: '903.50' },
        posted: { count: 1, value: '30.00' },
        openBreaks: { count: 2, value: '18.01', difference: '18.01' },
        cutOffDay: '2026-06-25',
        lastDay: '2026-06-30',
        over: false,
        open: [{ month: '2026-06', bills: 348, held: 3, handedOver: 26, breaks: 2, over: false }],
        openMore: 0,
        importedAt: '2026-06-03T01:00:00.000Z',
        next: 'wait-for-residents',
      },
    ],
  },
};

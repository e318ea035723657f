import { named, type RouteExample } from '../platform/index.ts';

export const myTasks: RouteExample = {
  answer: {
    items: [
      {
        kind: 'rate-service',
        count: 3,
        more: false,
        since: '2026-06-13T13:30:00.000Z',
        place: { id: named.estate, name: '和美苑（演示）' },
      },
    ],
    placesLeftOut: 0,
  },
};

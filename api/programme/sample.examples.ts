import { named, type RouteExample } from '../platform/index.ts';

const asked = {
  params: { book: '1' },
  query: { month: '2026-05', seed: '2026-06-03', size: '25' },
} as const;

export const sample: RouteExample = {
  ...asked,
  answer: {
    ...{
      book: 1,
      month: '2026-05',
      seed: '2026-06-03',
      size: 25,
      from: { first: 120, last: 496, count: 377 },
    },
    items: [
      {
        ...{ transaction: named.transaction, seq: 141, kind: 'release', place: '和美苑（演示）' },
        ...{
          bookedAt: '2026-05-13T12:00:00.000Z',
          effectiveAt: '2026-05-13T12:00:00.000Z',
          actorName: '周*',
        },
        hash: '5b1f0c9f3f6d3a6d7c6a1b4d0e2c8f7a9b3d5e6f708192a3b4c5d6e7f8091a2b',
      },
    ],
    digest: '0b8f3c1d2e4f5a6b7c8d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d',
  },
};

export const sampleList: RouteExample = asked;

import { named, type RouteExample } from '../platform/index.ts';

export const showCode: RouteExample = {
  answer: {
    id: named.code,
    link: 'https://points.example.org/c/Jf3kU8vQxT5nR1wZb7yD2g',
    digits: named.digits,
    endsAt: '2026-06-20T04:01:00.000Z',
  },
};

export const codeState: RouteExample = { params: { code: named.code }, answer: { state: 'live' } };

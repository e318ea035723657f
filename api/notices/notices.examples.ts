import { named, type RouteExample } from '../platform/index.ts';
import { bodyOf, DEFAULTS, titleOf } from './rules/index.ts';

const released = {
  day: '2026-06-20',
  points: [{ unit: 'VOL', amount: 36 }],
  what: { zh: '志愿服务：人居环境', en: 'Volunteering: 人居环境' },
};
const ending = { day: '2026-06-30', points: [{ unit: 'CON', amount: 3189 }] };

export const myNotices: RouteExample = {
  query: { limit: '20' },
  answer: {
    items: [
      {
        id: named.notice,
        kind: 'award-released',
        title: titleOf('award-released'),
        text: bodyOf('award-released', released),
        transaction: named.transaction,
        at: '2026-06-20T04:00:00.000Z',
      },
      {
        id: '01890a5d-ac96-774b-bcce-b302099a9020',
        kind: 'expiry-30',
        title: titleOf('expiry-30'),
        text: bodyOf('expiry-30', ending),
        at: '2026-05-31T17:00:00.000Z',
        readAt: '2026-06-01T01:00:00.000Z',
      },
    ],
  },
};

export const unread: RouteExample = { answer: { unread: 1 } };

export const readNotices: RouteExample = { body: { upTo: named.notice } };

export const mySettings: RouteExample = { answer: { ...DEFAULTS, version: 0, provided: ['sms', 'desk'] } };

const chosen = { channel: 'desk', ways: { ...DEFAULTS.ways, 'award-released': 'message' } };

export const chooseSettings: RouteExample = {
  body: { ...chosen, version: 0 },
  answer: { ...chosen, version: 1, provided: ['sms', 'desk'] },
};

export const outbox: RouteExample = {
  params: { place: named.estate },
  query: { state: 'waiting' },
  answer: {
    items: [
      {
        id: named.delivery,
        version: 1,
        state: 'waiting',
        channel: 'desk',
        mayHaveCome: false,
        person: { id: named.person, name: '王*', tail: '0001', house: '3栋2单元0501' },
        title: titleOf('expiry-30'),
        text: bodyOf('expiry-30', ending),
        at: '2026-05-31T17:00:00.000Z',
      },
    ],
  },
};

export const told: RouteExample = { params: { delivery: named.delivery }, body: { version: 1 } };

export const codesToRead: RouteExample = {
  params: { place: named.estate },
  query: { limit: '20' },
  answer: {
    items: [
      {
        id: named.signInCode,
        number: '47',
        person: { id: named.person, name: '王*', tail: '0001', house: '3栋2单元0501' },
        sharedWith: [],
        endsAt: '2026-06-20T04:05:00.000Z',
      },
    ],
  },
};

export const readCode: RouteExample = {
  params: { signInCode: named.signInCode },
  answer: { digits: named.phoneCode },
};

export const outboxFile: RouteExample = {
  params: { place: named.estate },
  query: { format: 'csv', state: 'told' },
};

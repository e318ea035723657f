import { named, type RouteExample } from '../platform/index.ts';

const estate = { id: named.estate, name: '和美苑（演示）', community: '金康社区（演示）' };
const month = '2026-05';
const params = { estate: named.estate, month };
const ofPlace = { params: { place: named.street, month } };

const none = { takenBackOfEarlier: '0', refundedOfEarlier: '0', takenBackLater: '0', refundedLater: '0' };
const figures = {
  ...{ opening: '4120', issued: '1480', takenBack: '0', redeemed: '610', refunded: '20' },
  ...{ expired: '0', moved: '0', closing: '5010', ...none },
};
const served = { people: 41, services: 62, minutes: 7_340, voidedServices: 0, voidedMinutes: 0 };
const stand = {
  ...{ month, state: 'final', until: '2026-05-31T16:00:00.000Z', first: '2025-12', last: '2026-06' },
  ...{ earned: 212, served, units: [{ unit: 'VOL', ...figures }] },
};

export const boardEstates: RouteExample = { answer: { items: [estate] } };

export const boardMonths: RouteExample = {
  params: { estate: named.estate },
  answer: { ...estate, first: '2025-12', last: '2026-06' },
};

export const boardMonth: RouteExample = {
  params,
  answer: {
    estate,
    ...stand,
    payers: [{ unit: 'VOL', payer: 'fund', name: '金康社区志愿服务经费', count: 1, ...figures }],
    withheld: [],
    budgets: [
      {
        ...{ fund: '金康社区志愿服务经费', unit: 'VOL', payer: '金康社区（演示）', approved: '50000' },
        ...{ approvedInMonth: '0', waiting: '72', left: '43210' },
      },
    ],
    rules: [
      {
        ...{ kind: 'award', place: '金康社区（演示）', since: '2025-11-30T16:00:00.000Z', by: 'staff' },
        words: [
          { zh: '每小时：10 分', en: 'An hour: 10 points' },
          { zh: '每次活动：最多计 2 小时', en: 'An activity: counts for at most 2 h' },
        ],
      },
    ],
  },
};

export const boardAwards: RouteExample = {
  params,
  query: { limit: '20' },
  answer: {
    items: [{ name: '李*', type: '人居环境', day: '2026-05-30', points: '36', unit: 'VOL', voided: false }],
  },
};

export const report: RouteExample = {
  ...ofPlace,
  answer: {
    place: { id: named.street, name: '金明池街道（演示）', kind: 'street' },
    ...stand,
    elsewhere: [],
    kinds: [{ type: '人居环境', points: '640', ...served }],
    year: [{ month, earned: 212, served, units: [{ unit: 'VOL', ...figures }] }],
  },
};

export const reportEstates: RouteExample = {
  ...ofPlace,
  answer: {
    items: [
      { estate: { id: named.estate, name: '和美苑（演示）' }, earned: 212, served, units: stand.units },
    ],
  },
};

export const reportFile: RouteExample = ofPlace;

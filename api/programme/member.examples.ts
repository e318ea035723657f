import { named, type RouteExample } from '../platform/index.ts';
import { demoServiceRule } from './rules/index.ts';

export const myPoints: RouteExample = {
  answer: {
    units: [
      {
        unit: 'CON',
        available: '6189',
        pending: '0',
        held: '2000',
        toSettle: '0',
        heldFor: [
          {
            hold: '01890a5d-ac96-774b-bcce-b302099a9010',
            redeemer: '和美物业（演示）',
            until: '2026-07-31T16:00:00.000Z',
            amount: '2000',
          },
        ],
        ending: [
          { lastDay: '2027-05-31', amount: '3189' },
          { lastDay: '2027-12-31', amount: '3000' },
        ],
      },
      {
        unit: 'VOL',
        available: '36',
        pending: '56',
        held: '0',
        toSettle: '0',
        heldFor: [],
        ending: [{ lastDay: '2027-12-31', amount: '36' }],
      },
    ],
  },
};

export const myMovements: RouteExample = {
  query: { limit: '20' },
  answer: {
    items: [
      {
        transaction: '1099511628030',
        kind: 'post.thanks',
        place: '金康社区',
        bookedAt: '2026-06-20T04:00:00.000Z',
        effectiveAt: '2026-06-20T04:00:00.000Z',
        changes: [{ role: 'available', unit: 'VOL', amount: '20' }],
      },
      {
        transaction: '1099511628029',
        kind: 'credit',
        place: '和美积分超市（演示）',
        bookedAt: '2026-06-20T04:00:00.000Z',
        effectiveAt: '2026-06-20T04:00:00.000Z',
        changes: [{ role: 'available', unit: 'CON', amount: '3000' }],
      },
    ],
  },
};

export const why: RouteExample = {
  params: { transaction: named.transaction },
  answer: {
    transaction: named.transaction,
    kind: 'release',
    place: '和美苑（演示）',
    bookedAt: '2025-12-14T05:00:00.000Z',
    effectiveAt: '2025-12-14T05:00:00.000Z',
    reverses: '1099511627791',
    text: { zh: '志愿服务：人居环境', en: 'Volunteering: 人居环境' },
    steps: [
      { zh: '服务 2 小时（活动时长 2 小时）', en: 'Served 2 h of an activity of 2 h', value: '2' },
      { zh: '每小时 10 分', en: '10 points an hour', value: '20' },
      { zh: '周六 × 1.5', en: 'Saturday × 1.5', value: '30' },
      { zh: '评价“满意” × 1', en: 'Rated satisfied × 1', value: '30' },
    ],
    maker: 'person:01890a5d-ac96-774b-bcce-b302099a9010',
    makerName: '周*',
    checker: 'person:01890a5d-ac96-774b-bcce-b302099a9011',
    checkerName: '田*',
    ruleVersion: '01890a5d-ac96-774b-bcce-b302099a9012',
    rule: {
      place: '金康社区',
      kind: 'award',
      validFrom: '2025-11-30T16:00:00.000Z',
      reason: '和美苑演示方案',
      body: { ...demoServiceRule },
      isAsCited: true,
    },
    parties: [
      { id: named.fund, name: '金康社区志愿服务经费', kind: 'fund' },
      { id: named.person, kind: 'resident', name: '李*' },
    ],
  },
};

const resident = { estate: named.estate, resident: named.person };
export const residentPoints: RouteExample = { ...myPoints, params: resident };
export const residentMovements: RouteExample = { ...myMovements, params: resident };
export const residentWhy: RouteExample = { ...why, params: { ...resident, transaction: named.transaction } };

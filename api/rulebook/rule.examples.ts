import { demoServiceRule } from '../programme/index.ts';
import { named, type RouteExample } from '../platform/index.ts';
import { ruleLines } from './rules/rule-words.ts';

const body = demoServiceRule;
const changed = { ...body, pointsPerHour: 12 };

const version = {
  id: named.ruleVersion,
  place: named.community,
  placeName: '金康社区',
  kind: 'award',
  state: 'in-force',
  from: '2025-11-30T16:00:00.000Z',
  reason: '和美苑演示方案',
  publishedBy: 'person:01890a5d-ac96-774b-bcce-b302099a9011',
  publishedByName: '周*',
  publishedAt: '2025-11-30T16:00:00.000Z',
  body,
  lines: ruleLines(body),
};
const toCome = {
  ...version,
  id: named.comingRule,
  state: 'to-come',
  from: '2026-06-30T16:00:00.000Z',
  reason: '居民代表会议决定',
  basis: '金康社区〔2026〕第 9 号会议纪要',
  body: changed,
  lines: ruleLines(changed),
};
const before = { id: named.ruleVersion, placeName: '金康社区', from: version.from };
const changes = [
  {
    key: 'per-hour',
    name: { zh: '每小时', en: 'An hour' },
    before: { zh: '10 分', en: '10 points' },
    after: { zh: '12 分', en: '12 points' },
  },
];

export const rulesOfPlace: RouteExample = {
  params: { place: named.community },
  answer: {
    place: { id: named.community, name: '金康社区', kind: 'community' },
    items: [{ kind: 'award', inForce: version, next: toCome, template: body }],
  },
};

export const listVersions: RouteExample = {
  params: { place: named.community },
  query: { kind: 'award', limit: '20' },
  answer: { items: [toCome, version] },
};

export const versionFile: RouteExample = {
  params: { place: named.community },
  query: { kind: 'award', format: 'csv' },
};

export const publishVersion: RouteExample = {
  params: { place: named.community },
  body: { body: changed, from: '2026-09-01', reason: toCome.reason, basis: toCome.basis },
  answer: { ...toCome, from: '2026-08-31T16:00:00.000Z' },
};

export const readDraft: RouteExample = {
  params: { place: named.community },
  body: { body: changed },
  answer: { lines: ruleLines(changed), before, differences: changes },
};

export const oneVersion: RouteExample = { params: { ruleVersion: named.ruleVersion }, answer: version };

export const differences: RouteExample = {
  params: { ruleVersion: named.comingRule },
  answer: { before, differences: changes },
};

export const twoVersions: RouteExample = {
  params: { ruleVersion: named.comingRule, earlier: named.ruleVersion },
  answer: { before, differences: changes },
};

export const withdrawVersion: RouteExample = {
  params: { ruleVersion: named.comingRule },
  body: { reason: '日期写错了' },
  answer: {
    ...toCome,
    state: 'withdrawn',
    withdrawal: { by: version.publishedBy, at: '2026-06-20T04:00:00.000Z', reason: '日期写错了' },
  },
};

export const tryRule: RouteExample = {
  params: { place: named.community },
  body: { body: changed, month: '2026-05' },
  answer: {
    ...{ measure: 'points', count: 2, places: 8, ownRule: 0, booked: '60', presumed: 0 },
    ...{ before: '60', after: '72' },
    byType: [{ type: '人居环境', count: 2, before: '60', after: '72' }],
    people: { more: 1, less: 0, same: 0, top: [{ name: '王*', before: '60', after: '72' }] },
    funds: [
      {
        ...{ fund: named.fund, name: '金康社区志愿服务经费', unit: 'VOL', rateMicro: '100000' },
        ...{ unissued: '49758', before: '60', after: '72' },
      },
    ],
    units: [],
  },
};

export const trialProgress: RouteExample = { params: { place: named.community }, answer: { running: false } };

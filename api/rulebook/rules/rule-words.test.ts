import { describe, expect, it } from 'vitest';
import { demoOffsetRule } from '../../fees/rules/index.ts';
import { demoPurchaseRule, demoServiceRule } from '../../programme/rules/index.ts';
import type { RuleBody } from './rule-body.ts';
import { differencesOf } from './rule-difference.ts';
import { ruleLines } from './rule-words.ts';

const told = (body: RuleBody): string[] => ruleLines(body).map(({ name, text }) => `${name.zh} ${text.zh}`);

describe('a rule in words', () => {
  it('tells the demo rule of services as a committee would', () => {
    expect(told(demoServiceRule)).toEqual([
      '发哪种积分 志愿积分',
      '每小时 10 分',
      '每次活动 最多计 2 小时',
      '每人每天 最多 60 分',
      '每人每月 不限次数',
      '常来的人 不另加分',
      '中途离开 不到活动时长的 60%，不计时长和积分',
      '工作日 × 1',
      '周六、周日 × 1.5',
      '法定节假日 × 1.5',
      '调休上班的周末 × 1.5',
      '评为“非常满意” × 1.2',
      '评为“满意” × 1',
      '评为“基本满意” × 0.8',
      '评为“不满意” 不计分',
      '评为“非常不满意” 不计分',
      '哪些签到计分 扫码签到签退、现场点名',
      '零头 舍去',
      '积分到期 得分次年 12 月 31 日',
    ]);
  });

  it('tells what a purchase earns, and what points pay', () => {
    expect(told(demoPurchaseRule)).toEqual([
      '发哪种积分 消费积分',
      '消费 每满 1 元计 1 分，零头不计',
      '用积分付的部分 不再计分',
      '每人每天 最多 500 分',
      '积分到期 得分后第 12 个月的最后一天',
    ]);
    expect(told(demoOffsetRule)).toEqual([
      '可以抵的费用 物业服务费',
      '每分志愿积分 抵 0.1 元',
      '每分消费积分 抵 0.01 元',
      '起抵金额 不设门槛',
      '每项账单 最多抵 30%',
      '每户每月 最多抵 50 元',
      '截止 账单当月 25 日；物业改了账单、抵扣因此退回的，退回后 15 天内、关账以前可以再抵新账单',
      '谁可以抵 业主、家庭成员',
      '有欠费的 先缴清才能抵，买房以前的不算',
      '零头 舍去',
    ]);
  });
});

it('tells what a fee has of its own, and whose turn it is', () => {
  const rule: RuleBody = {
    ...demoOffsetRule,
    feeItems: ['物业服务费', '公摊水电'],
    ...{ arrears: 'oldest-first', itemOrder: 'as-listed' },
    items: {
      公摊水电: {
        ...{ minBillFen: 2_000, maxShare: '1', maxFenPerHouseholdMonth: 1_000 },
        ...{ worthMicro: { VOL: 50_000 }, from: '2026-06-01', until: '2026-12-31' },
      },
    },
  };
  expect(told(rule).slice(-4)).toEqual([
    '有欠费的 只能抵最早没缴清的那一项',
    '同一个月有几项 先抵物业服务费，再抵公摊水电',
    '“公摊水电”另有规定 每分志愿积分抵 0.05 元，满 20 元才能抵，最多抵 100%，每户每月最多抵 10 元，2026-06-01 起，到 2026-12-31 为止',
    '零头 舍去',
  ]);
});

describe('the difference between two versions', () => {
  const between = (before: RuleBody, after: RuleBody) =>
    differencesOf(ruleLines(before), ruleLines(after)).map(
      ({ name, before: was, after: is }) => `${name.zh}：${was?.zh ?? '—'} → ${is?.zh ?? '—'}`,
    );

  it('is nothing between a version and itself', () => {
    for (const rule of [demoServiceRule, demoPurchaseRule, demoOffsetRule])
      expect(between(rule, rule)).toEqual([]);
  });

  it('names each thing that changed, came or went', () => {
    const before = { ...demoServiceRule, typePointsPerHour: { 助老服务: 15 } };
    const after = {
      ...demoServiceRule,
      pointsPerHour: 12,
      typePointsPerHour: { 垃圾分类: 8 },
      maxServicesPerMonth: 8,
      frequency: { from: 5, factor: '1.2' },
    };
    expect(between(before, after)).toEqual([
      '每小时：10 分 → 12 分',
      '“垃圾分类”每小时：— → 8 分',
      '每人每月：不限次数 → 最多 8 次计分',
      '常来的人：不另加分 → 当月第 5 次起 × 1.2',
      '“助老服务”每小时：15 分 → —',
    ]);
  });

  // A field that no line tells would be a change that nobody sees.
  it.each([
    ['award', demoServiceRule, { maxPointsPerDay: 61 }],
    ['award', demoServiceRule, { maxMinutesPerActivity: 90 }],
    ['award', demoServiceRule, { minimumShare: '0.5' }],
    ['award', demoServiceRule, { dayFactors: { ...demoServiceRule.dayFactors, holiday: '2' } }],
    ['award', demoServiceRule, { gradeFactors: { ...demoServiceRule.gradeFactors, satisfied: '1.1' } }],
    ['award', demoServiceRule, { earningTrust: ['scan' as const] }],
    ['award', demoServiceRule, { rounding: 'half-up' as const }],
    ['award', demoServiceRule, { expiry: { never: true as const } }],
    ['award', demoServiceRule, { expiry: { bucket: 'year' as const, later: 1, graceMonths: 1 } }],
    ['award', demoServiceRule, { unit: 'CON' }],
    ['purchase', demoPurchaseRule, { points: 2 }],
    ['purchase', demoPurchaseRule, { perFen: 150 }],
    ['purchase', demoPurchaseRule, { maxPointsPerDay: 50 }],
    ['purchase', demoPurchaseRule, { expiry: { bucket: 'quarter' as const, later: 12 } }],
    ['offset', demoOffsetRule, { minBillFen: 5_000 }],
    ['offset', demoOffsetRule, { maxShare: '0.5' }],
    ['offset', demoOffsetRule, { maxFenPerHouseholdMonth: 6_000 }],
    ['offset', demoOffsetRule, { cutOffDay: 20 }],
    ['offset', demoOffsetRule, { relations: ['owner'] }],
    ['offset', demoOffsetRule, { refusesArrears: false }],
    ['offset', demoOffsetRule, { worthMicro: { VOL: 100_000 } }],
    ['offset', demoOffsetRule, { feeItems: ['物业服务费', '车位费'] }],
    ['offset', demoOffsetRule, { rounding: 'half-up' as const }],
    ['offset', demoOffsetRule, { arrears: 'oldest-first' as const }],
    ['offset', demoOffsetRule, { itemOrder: 'as-listed' as const }],
    ['offset', demoOffsetRule, { items: { 物业服务费: { maxShare: '0.5' } } }],
    ['offset', demoOffsetRule, { items: { 物业服务费: { until: '2026-12-31' } } }],
  ])('of a rule of kind %s shows what changed alone', (_, rule, change) => {
    expect(between(rule, { ...rule, ...change } as RuleBody)).toHaveLength(1);
  });
});

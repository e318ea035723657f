import { describe, expect, it } from 'vitest';
import { demoOffsetRule, offsetRuleSchema, type OffsetRule } from '../../fees/index.ts';
import { awardRuleSchema } from '../../programme/index.ts';
import {
  demoPurchaseRule,
  demoServiceRule,
  type PurchaseAwardRule,
  type ServiceAwardRule,
} from '../../programme/rules/index.ts';
import { ruleWords } from './rule-words.ts';

const zh = (...of: Parameters<typeof ruleWords>[0][]) => of.map((rule) => ruleWords(rule).map((w) => w.zh));

it('the rules of the demo programme read as they would be posted', () => {
  expect(zh(demoServiceRule, demoPurchaseRule, demoOffsetRule)).toEqual([
    [
      '发哪种积分：志愿积分',
      '每小时：10 分',
      '每次活动：最多计 2 小时',
      '每人每天：最多 60 分',
      '每人每月：不限次数',
      '常来的人：不另加分',
      '中途离开：不到活动时长的 60%，不计时长和积分',
      '工作日：× 1；周六、周日：× 1.5；法定节假日：× 1.5；调休上班的周末：× 1.5',
      '评为“非常满意”：× 1.2；评为“满意”：× 1；评为“基本满意”：× 0.8；评为“不满意”：不计分；评为“非常不满意”：不计分',
      '哪些签到计分：扫码签到签退、现场点名',
      '零头：舍去',
      '积分到期：得分次年 12 月 31 日',
    ],
    [
      '发哪种积分：消费积分',
      '消费：每满 1 元计 1 分，零头不计',
      '用积分付的部分：不再计分',
      '每人每天：最多 500 分',
      '积分到期：得分后第 12 个月的最后一天',
    ],
    [
      '可以抵的费用：物业服务费',
      '每分志愿积分：抵 0.1 元；每分消费积分：抵 0.01 元',
      '起抵金额：不设门槛',
      '每项账单：最多抵 30%',
      '每户每月：最多抵 50 元',
      '截止：账单当月 25 日；物业改了账单、抵扣因此退回的，退回后 15 天内、关账以前可以再抵新账单',
      '谁可以抵：业主、家庭成员',
      '有欠费的：先缴清才能抵，买房以前的不算',
      '零头：舍去',
    ],
  ]);
});

/** For each field of a kind, another value; the types and the schema below keep the list whole. */
type Others<Rule> = Required<Omit<Rule, 'kind'>>;
const otherService: Others<ServiceAwardRule> = {
  unit: 'CON',
  pointsPerHour: 12,
  typePointsPerHour: { 助老服务: 15 },
  maxMinutesPerActivity: 90,
  maxPointsPerDay: 61,
  maxServicesPerMonth: 8,
  frequency: { from: 5, factor: '1.2' },
  minimumShare: '0.5',
  dayFactors: { ...demoServiceRule.dayFactors, 'make-up': '1' },
  gradeFactors: { ...demoServiceRule.gradeFactors, satisfied: '1.1' },
  earningTrust: ['scan'],
  rounding: 'half-up',
  expiry: { bucket: 'year', later: 1, graceMonths: 1 },
};
const otherPurchase: Others<PurchaseAwardRule> = {
  unit: 'VOL',
  points: 2,
  perFen: 150,
  maxPointsPerDay: 50,
  expiry: { never: true },
};
const otherOffset: Others<OffsetRule> = {
  feeItems: ['物业服务费', '车位费'],
  minBillFen: 5_000,
  maxShare: '0.5',
  rounding: 'half-up',
  maxFenPerHouseholdMonth: 6_000,
  cutOffDay: 20,
  relations: ['owner'],
  refusesArrears: false,
  arrears: 'oldest-first',
  itemOrder: 'as-listed',
  items: { 物业服务费: { maxShare: '0.5' } },
  worthMicro: { VOL: 100_000 },
};

const [award, purchase] = awardRuleSchema.options;
const kinds = [
  { rule: demoServiceRule, others: otherService, schema: award },
  { rule: demoPurchaseRule, others: otherPurchase, schema: purchase },
  { rule: demoOffsetRule, others: otherOffset, schema: offsetRuleSchema },
];

describe.each(kinds)('of a rule of kind $rule.kind', ({ rule, others, schema }) => {
  it('every field that can be written is known here', () => {
    const fields = Object.keys(schema.shape).filter((field) => field !== 'kind');
    expect(Object.keys(others).sort()).toEqual(fields.sort());
  });

  it.each(Object.entries(others))('another %s is another sentence, in both languages', (field, value) => {
    const [was, is] = [ruleWords(rule), ruleWords({ ...rule, [field]: value })];
    for (const language of ['zh', 'en'] as const)
      expect(is.map((words) => words[language])).not.toEqual(was.map((words) => words[language]));
  });
});

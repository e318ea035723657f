import { expect, it } from 'vitest';
import { demoOffsetRule } from '../../fees/index.ts';
import { demoPurchaseRule, demoServiceRule } from '../../programme/rules/index.ts';
import { ruleWords } from './rule-words.ts';

const nameOf = (unit: string) =>
  unit === 'VOL' ? { zh: '志愿积分', en: 'points' } : { zh: '消费积分', en: 'points' };
const zh = (...of: Parameters<typeof ruleWords>[0][]) =>
  of.map((rule) => ruleWords(rule, nameOf).map((w) => w.zh));

it('the rules of the demo programme read as they would be posted', () => {
  expect(zh(demoServiceRule, demoPurchaseRule, demoOffsetRule)).toEqual([
    [
      '志愿服务每小时得志愿积分 10 分，每次最多计 2 小时，每人每天最多 60 分',
      '工作日 × 1，周末 × 1.5，节假日 × 1.5',
      '评价“非常满意” × 1.2，“满意” × 1，“基本满意” × 0.8，“不满意” × 0，“非常不满意” × 0',
      '在场不到活动时长的 60%，不计时长和积分；扫码签到签退、现场点名的时长才计积分',
      '积分到得分次年的年底为止',
    ],
    [
      '在签约商户每消费满 1 元得消费积分 1 分，每人每天最多 500 分；用积分付的部分不再得分',
      '积分到得分后第 12 个月的月底为止',
    ],
    [
      '积分可以抵物业服务费，每张账单最多抵 30%，每户每月最多 50 元',
      '志愿积分 1 分抵 0.1 元，消费积分 1 分抵 0.01 元',
      '业主、家庭成员可以抵，每月 25 日截止，有往期欠费的不能抵',
    ],
  ]);
});

it.each([
  [{ bucket: 'month', later: 0 } as const, '积分到得分当期的月底为止'],
  [{ never: true } as const, '积分长期有效'],
])('an end of %j', (expiry, words) => {
  expect(ruleWords({ ...demoServiceRule, expiry }, nameOf).at(-1)?.zh).toBe(words);
});

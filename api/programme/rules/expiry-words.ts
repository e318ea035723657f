/** When points end, as a rule or a unit says it. */
import type { Expiry } from './award-rule.ts';

export function expiryWords(expiry: Expiry): [string, string] {
  if ('never' in expiry) return ['不到期', 'never'];
  const { bucket, later, graceMonths } = expiry;
  const [zh, en] = endOfBucket(bucket, later);
  return graceMonths === undefined
    ? [zh, en]
    : [
        `${zh}；到期后才发的，多留到发放后第 ${graceMonths} 个月底`,
        `${en}; given after that, ${graceMonths} months after they are given`,
      ];
}

function endOfBucket(bucket: 'month' | 'quarter' | 'year', later: number): [string, string] {
  if (bucket === 'year') {
    const zh = later === 0 ? '得分当年' : later === 1 ? '得分次年' : `得分后第 ${later} 年`;
    return [`${zh} 12 月 31 日`, `on 31 December ${later === 0 ? 'of that year' : `${later} years later`}`];
  }
  const [unit, word] = bucket === 'month' ? ['个月', 'month'] : ['个季度', 'quarter'];
  if (later === 0) return [`得分当${bucket === 'month' ? '月' : '季'}最后一天`, `at the end of that ${word}`];
  return [`得分后第 ${later} ${unit}的最后一天`, `at the end of the ${word} + ${later}`];
}

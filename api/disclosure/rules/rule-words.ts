/** What a rule says, in sentences that a resident reads on the notice board. Every number comes from the rule itself. */
import type { OffsetRule } from '../../fees/index.ts';
import { formatYuan } from '../../platform/money/index.ts';
import { gradeNames, GRADES, trustNames, type AwardRule, type Expiry } from '../../programme/rules/index.ts';

export type Words = { zh: string; en: string };
export type NameOfUnit = (unit: string) => Words;

const MICRO_PER_FEN = 10_000;

export function ruleWords(rule: AwardRule | OffsetRule, nameOf: NameOfUnit): Words[] {
  if (rule.kind === 'award') return awardWords(rule, nameOf);
  return rule.kind === 'purchase' ? purchaseWords(rule, nameOf) : offsetWords(rule, nameOf);
}

function awardWords(rule: Extract<AwardRule, { kind: 'award' }>, nameOf: NameOfUnit): Words[] {
  const unit = nameOf(rule.unit);
  const { workday, weekend, holiday } = rule.dayFactors;
  const grades = GRADES.map((grade) => ({ ...gradeNames[grade], factor: rule.gradeFactors[grade] }));
  const trusts = rule.earningTrust.map((trust) => trustNames[trust]);
  return [
    {
      zh: `志愿服务每小时得${unit.zh} ${rule.pointsPerHour} 分，每次最多计 ${hours(rule.maxMinutesPerActivity)} 小时，每人每天最多 ${rule.maxPointsPerDay} 分`,
      en: `${unit.en}: ${rule.pointsPerHour} an hour, at most ${hours(rule.maxMinutesPerActivity)} hours a time and ${rule.maxPointsPerDay} points a day`,
    },
    {
      zh: `工作日 × ${workday}，周末 × ${weekend}，节假日 × ${holiday}`,
      en: `Workdays × ${workday}, weekends × ${weekend}, holidays × ${holiday}`,
    },
    {
      zh: `评价${grades.map(({ zh, factor }) => `“${zh}” × ${factor}`).join('，')}`,
      en: grades.map(({ en, factor }) => `rated ${en} × ${factor}`).join(', '),
    },
    {
      zh: `在场不到活动时长的 ${percent(rule.minimumShare)}%，不计时长和积分；${trusts.map(({ zh }) => zh).join('、')}的时长才计积分`,
      en: `Less than ${percent(rule.minimumShare)} % of the activity counts for nothing; points come only by ${trusts.map(({ en }) => en).join(' or ')}`,
    },
    endWords(rule.expiry),
  ];
}

function purchaseWords(rule: Extract<AwardRule, { kind: 'purchase' }>, nameOf: NameOfUnit): Words[] {
  const unit = nameOf(rule.unit);
  const yuan = plainYuan(rule.perFen);
  return [
    {
      zh: `在签约商户每消费满 ${yuan} 元得${unit.zh} ${rule.points} 分，每人每天最多 ${rule.maxPointsPerDay} 分；用积分付的部分不再得分`,
      en: `${unit.en}: ${rule.points} for each whole ${yuan} yuan spent at the shops that take part, at most ${rule.maxPointsPerDay} a day; what is paid with points earns none`,
    },
    endWords(rule.expiry),
  ];
}

const RELATIONS: Readonly<Record<string, Words>> = {
  owner: { zh: '业主', en: 'owners' },
  family: { zh: '家庭成员', en: 'their families' },
  tenant: { zh: '租户', en: 'tenants' },
};

function offsetWords(rule: OffsetRule, nameOf: NameOfUnit): Words[] {
  const who = rule.relations.map((relation) => RELATIONS[relation] ?? { zh: relation, en: relation });
  const worth = Object.entries(rule.worthMicro).map(([unit, micro]) => {
    return { ...nameOf(unit), yuan: String(micro / MICRO_PER_FEN / 100) };
  });
  const arrears = rule.refusesArrears
    ? { zh: '，有往期欠费的不能抵', en: ', and nothing is owed from before' }
    : { zh: '', en: '' };
  const most = plainYuan(rule.maxFenPerHouseholdMonth);
  return [
    {
      zh: `积分可以抵${rule.feeItems.join('、')}，每张账单最多抵 ${percent(rule.maxShare)}%，每户每月最多 ${most} 元`,
      en: `Points offset ${rule.feeItems.join(', ')}: at most ${percent(rule.maxShare)} % of a bill and ${most} yuan a household a month`,
    },
    {
      zh: worth.map(({ zh, yuan }) => `${zh} 1 分抵 ${yuan} 元`).join('，'),
      en: worth.map(({ en, yuan }) => `${en} count ${yuan} yuan each`).join(', '),
    },
    {
      zh: `${who.map(({ zh }) => zh).join('、')}可以抵，每月 ${rule.cutOffDay} 日截止${arrears.zh}`,
      en: `For ${who.map(({ en }) => en).join(' and ')}, until the ${rule.cutOffDay}th of the month${arrears.en}`,
    },
  ];
}

const BUCKETS = {
  month: { end: '月底', next: '次月', counted: '个月', en: 'month' },
  quarter: { end: '季度末', next: '下个季度', counted: '个季度', en: 'quarter' },
  year: { end: '年底', next: '次年', counted: '年', en: 'year' },
} as const;

function endWords(expiry: Expiry): Words {
  if ('never' in expiry) return { zh: '积分长期有效', en: 'The points never end' };
  const { bucket, later } = expiry;
  const { end, next, counted, en } = BUCKETS[bucket];
  if (later === 0)
    return { zh: `积分到得分当期的${end}为止`, en: `The points end with the ${en} they are of` };
  const when = later === 1 ? `得分${next}` : `得分后第 ${later} ${counted}`;
  return {
    zh: `积分到${when}的${end}为止`,
    en: `The points end with the ${en}, ${later} ${later === 1 ? en : `${en}s`} after they are earned`,
  };
}

function hours(minutes: number): string {
  return String(Math.round((minutes / 60) * 100) / 100);
}

/** '0.6' as 60, without a float's tail. */
function percent(share: string): string {
  return String(Math.round(Number(share) * 10_000) / 100);
}

function plainYuan(fen: number): string {
  return formatYuan(fen).replace(/\.00$/, '');
}

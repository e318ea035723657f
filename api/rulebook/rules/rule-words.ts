/**
 * A rule as somebody reads it who has never seen a program: one line for each thing that it decides, each with a name.
 *
 * Protects: two versions differ exactly where a line of theirs differs, so whatever a version says has its line.
 */
import { AGAIN_DAYS, type ItemPart, type OffsetRule } from '../../fees/rules/index.ts';
import { Exact, formatYuan, type Rounding } from '../../platform/money/index.ts';
import {
  DAY_KINDS,
  expiryWords,
  gradeNames,
  GRADES,
  trustNames,
  TRUSTS,
  unitWords,
  type DayKind,
  type Expiry,
  type PurchaseAwardRule,
  type ServiceAwardRule,
} from '../../programme/rules/index.ts';
import type { RuleBody } from './rule-body.ts';

export type Words = { zh: string; en: string };
type UnitNamed = typeof unitWords;
/** `key` is the same for the same matter in every version of a kind. */
export type RuleLine = { key: string; name: Words; text: Words };

export function ruleLines(body: RuleBody, unitNamed = unitWords): RuleLine[] {
  switch (body.kind) {
    case 'award':
      return serviceLines(body, unitNamed);
    case 'purchase':
      return purchaseLines(body, unitNamed);
    case 'offset':
      return offsetLines(body, unitNamed);
  }
}

function line(key: string, name: [string, string], text: [string, string] | Words): RuleLine {
  const words = Array.isArray(text) ? { zh: text[0], en: text[1] } : text;
  return { key, name: { zh: name[0], en: name[1] }, text: words };
}

const dayNames: Readonly<Record<DayKind, [string, string]>> = {
  workday: ['工作日', 'On a working day'],
  weekend: ['周六、周日', 'On a weekend'],
  holiday: ['法定节假日', 'On a public holiday'],
  'make-up': ['调休上班的周末', 'On a weekend on which offices work'],
};

const times = (factor: string): [string, string] =>
  new Exact(factor).isZero() ? ['不计分', 'earns nothing'] : [`× ${factor}`, `× ${factor}`];
const percentOf = (share: string): string => new Exact(share).times(100).toFixed();
const hoursOf = (minutes: number): string =>
  new Exact(minutes).dividedBy(60).toDecimalPlaces(2, Exact.ROUND_DOWN).toFixed();
/** `0.30 元` of 30 fen; whole yuan without decimals. */
const yuanOf = (fen: number): string => formatYuan(fen).replace(/\.00$/, '');

function serviceLines(rule: ServiceAwardRule, unitNamed: UnitNamed): RuleLine[] {
  const { pointsPerHour: perHour, maxPointsPerDay: perDay, frequency, maxServicesPerMonth: most } = rule;
  const activity = hoursOf(rule.maxMinutesPerActivity);
  const share = percentOf(rule.minimumShare);
  const trusts = TRUSTS.filter((trust) => rule.earningTrust.includes(trust)).map(
    (trust) => trustNames[trust],
  );
  return [
    unitLine(unitNamed(rule.unit)),
    line('per-hour', ['每小时', 'An hour'], [`${perHour} 分`, `${perHour} points`]),
    ...Object.entries(rule.typePointsPerHour ?? {}).map(([type, points]) =>
      line(`type:${type}`, [`“${type}”每小时`, `An hour of “${type}”`], [`${points} 分`, `${points} points`]),
    ),
    line(
      'per-activity',
      ['每次活动', 'An activity'],
      [`最多计 ${activity} 小时`, `counts for at most ${activity} h`],
    ),
    line('per-day', ['每人每天', 'A person a day'], [`最多 ${perDay} 分`, `at most ${perDay} points`]),
    line(
      'per-month',
      ['每人每月', 'A person a month'],
      most === undefined
        ? ['不限次数', 'any number of services']
        : [`最多 ${most} 次计分`, `at most ${most} services earn`],
    ),
    line(
      'frequency',
      ['常来的人', 'Who serves often'],
      frequency === undefined
        ? ['不另加分', 'earns the same']
        : [
            `当月第 ${frequency.from} 次起 × ${frequency.factor}`,
            `from service ${frequency.from} of a month on × ${frequency.factor}`,
          ],
    ),
    line(
      'share',
      ['中途离开', 'Who leaves early'],
      [`不到活动时长的 ${share}%，不计时长和积分`, `under ${share} % of the activity: no hours, no points`],
    ),
    ...DAY_KINDS.map((kind) => line(`day:${kind}`, dayNames[kind], times(rule.dayFactors[kind]))),
    ...GRADES.map((grade) => {
      const { zh, en } = gradeNames[grade];
      return line(`grade:${grade}`, [`评为“${zh}”`, `Rated ${en}`], times(rule.gradeFactors[grade]));
    }),
    line('trust', ['哪些签到计分', 'Hours that earn'], {
      zh: trusts.map(({ zh }) => zh).join('、'),
      en: trusts.map(({ en }) => en).join(', '),
    }),
    roundingLine(rule.rounding),
    expiryLine(rule.expiry),
  ];
}

function purchaseLines(rule: PurchaseAwardRule, unitNamed: UnitNamed): RuleLine[] {
  const { points, maxPointsPerDay: perDay } = rule;
  const per = yuanOf(rule.perFen);
  return [
    unitLine(unitNamed(rule.unit)),
    line(
      'rate',
      ['消费', 'Spending'],
      [`每满 ${per} 元计 ${points} 分，零头不计`, `${points} for each whole ${per} yuan`],
    ),
    line('with-points', ['用积分付的部分', 'What is paid with points'], ['不再计分', 'earns nothing']),
    line('per-day', ['每人每天', 'A person a day'], [`最多 ${perDay} 分`, `at most ${perDay} points`]),
    expiryLine(rule.expiry),
  ];
}

const relationNames: Readonly<Record<string, Words>> = {
  owner: { zh: '业主', en: 'the owner' },
  family: { zh: '家庭成员', en: 'family' },
  tenant: { zh: '租户', en: 'tenants' },
};

function offsetLines(rule: OffsetRule, unitNamed: UnitNamed): RuleLine[] {
  const share = percentOf(rule.maxShare);
  const cap = yuanOf(rule.maxFenPerHouseholdMonth);
  const relations = rule.relations.map(
    (relation) => relationNames[relation] ?? { zh: relation, en: relation },
  );
  const least = rule.minBillFen === undefined ? undefined : yuanOf(rule.minBillFen);
  return [
    line('items', ['可以抵的费用', 'Fees that points pay'], {
      zh: rule.feeItems.join('、'),
      en: rule.feeItems.join(', '),
    }),
    ...Object.entries(rule.worthMicro).map(([unit, micro]) => {
      const { zh, en } = unitNamed(unit);
      const yuan = new Exact(micro).dividedBy(1_000_000).toFixed();
      return line(`worth:${unit}`, [`每分${zh}`, `One of the ${en}`], [`抵 ${yuan} 元`, `pays ${yuan} yuan`]);
    }),
    line(
      'threshold',
      ['起抵金额', 'From'],
      least === undefined
        ? ['不设门槛', 'any amount on']
        : [`这一项满 ${least} 元才能抵`, `a bill line of ${least} yuan on`],
    ),
    line('share', ['每项账单', 'A bill line'], [`最多抵 ${share}%`, `at most ${share} %`]),
    line('cap', ['每户每月', 'A household a month'], [`最多抵 ${cap} 元`, `at most ${cap} yuan`]),
    line(
      'cut-off',
      ['截止', 'Until'],
      [
        `账单当月 ${rule.cutOffDay} 日；物业改了账单、抵扣因此退回的，退回后 ${AGAIN_DAYS} 天内、关账以前可以再抵新账单`,
        `day ${rule.cutOffDay} of the bill's month; where the firm changed the bill and the offset came back for that, ${AGAIN_DAYS} days after, until the month is closed`,
      ],
    ),
    line('relations', ['谁可以抵', 'Who may'], {
      zh: relations.map(({ zh }) => zh).join('、'),
      en: relations.map(({ en }) => en).join(', '),
    }),
    line('arrears', ['有欠费的', 'With arrears'], arrearsText(rule)),
    ...(rule.itemOrder === undefined ? [] : [orderLine(rule.feeItems)]),
    ...Object.entries(rule.items ?? {}).map(([item, part]) =>
      line(`item:${item}`, [`“${item}”另有规定`, `Of “${item}”`], partText(part, unitNamed)),
    ),
    roundingLine(rule.rounding),
  ];
}

function arrearsText({ refusesArrears, arrears }: OffsetRule): [string, string] {
  if (arrears === 'oldest-first') {
    return ['只能抵最早没缴清的那一项', 'only the oldest line that is unpaid'];
  }
  return refusesArrears
    ? [
        '先缴清才能抵，买房以前的不算',
        'only after they are paid; those from before the house was bought do not count',
      ]
    : ['也可以抵', 'possible too'];
}

function orderLine(items: readonly string[]): RuleLine {
  const text: [string, string] = [`先抵${items.join('，再抵')}`, `in this order: ${items.join(', ')}`];
  return line('item-order', ['同一个月有几项', 'Several lines of a month'], text);
}

/** All that one item has otherwise, in one line. */
function partText(part: ItemPart, unitNamed: UnitNamed): Words {
  const { minBillFen, maxShare, maxFenPerHouseholdMonth: cap, worthMicro = {}, from, until } = part;
  const said: [string, string][] = [
    ...Object.entries(worthMicro).map(([unit, micro]): [string, string] => {
      const { zh, en } = unitNamed(unit);
      const yuan = new Exact(micro).dividedBy(1_000_000).toFixed();
      return [`每分${zh}抵 ${yuan} 元`, `one of the ${en} pays ${yuan} yuan`];
    }),
    ...(minBillFen === undefined ? [] : [perYuan('满', '元才能抵', 'from', minBillFen)]),
    ...(maxShare === undefined
      ? []
      : [[`最多抵 ${percentOf(maxShare)}%`, `at most ${percentOf(maxShare)} %`] as [string, string]]),
    ...(cap === undefined ? [] : [perYuan('每户每月最多抵', '元', 'a household a month at most', cap)]),
    ...(from === undefined ? [] : [[`${from} 起`, `from ${from} on`] as [string, string]]),
    ...(until === undefined ? [] : [[`到 ${until} 为止`, `until ${until}`] as [string, string]]),
  ];
  return {
    zh: said.length === 0 ? '和其他一样' : said.map(([zh]) => zh).join('，'),
    en: said.length === 0 ? 'as the rest' : said.map(([, en]) => en).join(', '),
  };
}

function perYuan(before: string, after: string, en: string, fen: number): [string, string] {
  return [`${before} ${yuanOf(fen)} ${after}`, `${en} ${yuanOf(fen)} yuan`];
}

function unitLine(name: Words): RuleLine {
  return line('unit', ['发哪种积分', 'Gives'], name);
}

const roundings: Readonly<Record<Rounding, [string, string]>> = {
  down: ['舍去', 'dropped'],
  up: ['进一', 'rounded up'],
  'half-up': ['四舍五入', 'rounded half up'],
  'half-even': ['四舍六入五成双', 'rounded half to even'],
};

function roundingLine(rounding: Rounding): RuleLine {
  return line('rounding', ['零头', 'Fractions'], roundings[rounding]);
}

function expiryLine(expiry: Expiry): RuleLine {
  return line('expiry', ['积分到期', 'Points end'], expiryWords(expiry));
}

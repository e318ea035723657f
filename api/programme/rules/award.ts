/**
 * Points for a service: time × day × rating, each step shown to the one who earned them. The rule is data, the time
 * comes from the attendance, and nothing here knows the present moment: an award can be worked out again years later.
 */
import { dayOf, weekdayOf, type Day, type Instant } from '../calendar.ts';
import { coversDay, dayKind, holidayOn, type DayKind, type HolidayTable } from '../calendar-holidays.ts';
import { Exact, round } from '../../platform/money/index.ts';
import type { Grade, ServiceAwardRule, Step, TallyDemand, Trust } from './award-rule.ts';
import { withinDay } from './daily-cap.ts';

export type Service = {
  /** A random id, never a name. */
  member: string;
  /** What was done, as the record calls it; only a rule with points by type asks. */
  type?: string;
  /** Which of the member's services of that month it is, the first being 1; only a rule about frequency asks. */
  nthInMonth?: number;
  /** The activity as it was planned. Its first day decides about weekends, holidays and the daily cap. */
  startsAt: Instant;
  endsAt: Instant;
  /** Whole minutes of presence within the activity. */
  servedMinutes: number;
  trust: Trust;
  /** Left out while the service waits for its rating. */
  grade?: Grade;
  /** Nobody has rated it yet: the grade is the best it can get, and the steps say so. */
  isGradePresumed?: boolean;
  /** What the member has earned of this unit that day before this award. */
  earnedThatDay?: number;
};

export type Award = {
  points: number;
  /** Minutes for the service record. Capping, a bad rating or a grade of trust that earns nothing do not shorten them. */
  recordedMinutes: number;
  day: Day;
  steps: Step[];
  tallies: TallyDemand[];
};

const MINUTE_MS = 60_000;

/** The grade with the highest factor: what an award that waits for its rating reserves. */
export function bestGrade(rule: ServiceAwardRule): Grade {
  const [best] = Object.entries(rule.gradeFactors).sort(([, a], [, b]) => Number(b) - Number(a));
  return (best?.[0] ?? 'satisfied') as Grade;
}

export const gradeNames: Readonly<Record<Grade, { zh: string; en: string }>> = {
  'very-satisfied': { zh: '非常满意', en: 'very satisfied' },
  satisfied: { zh: '满意', en: 'satisfied' },
  'fairly-satisfied': { zh: '基本满意', en: 'fairly satisfied' },
  dissatisfied: { zh: '不满意', en: 'dissatisfied' },
  'very-dissatisfied': { zh: '非常不满意', en: 'very dissatisfied' },
};

export const trustNames: Readonly<Record<Trust, { zh: string; en: string }>> = {
  scan: { zh: '扫码签到签退', en: 'scanning in and out' },
  'roll-call': { zh: '现场点名', en: "the leader's roll call" },
  paper: { zh: '纸质签到表', en: 'a paper sheet' },
  typed: { zh: '工作人员补录', en: 'what staff typed in' },
};

/** The award for one service, or one of 0 points whose steps say why. */
export function awardService(rule: ServiceAwardRule, service: Service, holidays: HolidayTable): Award {
  const day = dayOf(service.startsAt);
  const plannedMinutes = Math.floor((service.endsAt - service.startsAt) / MINUTE_MS);
  const served = service.servedMinutes;
  const steps: Step[] = [
    {
      zh: `服务 ${durationZh(served)}（活动时长 ${durationZh(plannedMinutes)}）`,
      en: `Served ${durationEn(served)} of an activity of ${durationEn(plannedMinutes)}`,
      value: hours(served),
    },
  ];
  if (plannedMinutes <= 0 || new Exact(plannedMinutes).times(rule.minimumShare).greaterThan(served)) {
    const percent = new Exact(rule.minimumShare).times(100).toFixed();
    steps.push({
      zh: `不到活动时长的 ${percent}%，不计时长和积分`,
      en: `Less than ${percent} % of the activity: no hours and no points`,
      value: '0',
    });
    return { points: 0, recordedMinutes: 0, day, steps, tallies: [] };
  }
  if (!rule.earningTrust.includes(service.trust)) {
    const how = trustNames[service.trust];
    steps.push({
      zh: `时长来自${how.zh}，按规则只记时长、不计积分`,
      en: `The hours come from ${how.en}: they are recorded but earn no points`,
      value: '0',
    });
    return { points: 0, recordedMinutes: served, day, steps, tallies: [] };
  }
  const { nthInMonth = 1 } = service;
  const { maxServicesPerMonth: most = Infinity } = rule;
  if (nthInMonth > most) {
    steps.push({
      zh: `本月第 ${nthInMonth} 次服务，按规则每月最多 ${most} 次计分：只记时长，不计积分`,
      en: `Service ${nthInMonth} of the month; at most ${most} earn: the hours are recorded but earn no points`,
      value: '0',
    });
    return { points: 0, recordedMinutes: served, day, steps, tallies: [] };
  }
  const points = pointsOf(rule, service, day, holidays, steps);
  const capped = withinDay(
    { unit: rule.unit, member: service.member, day, points },
    { max: rule.maxPointsPerDay, earned: service.earnedThatDay ?? 0 },
  );
  steps.push(...capped.steps);
  return { points: capped.points, recordedMinutes: served, day, steps, tallies: capped.tallies };
}

function pointsOf(
  rule: ServiceAwardRule,
  service: Service,
  day: Day,
  holidays: HolidayTable,
  steps: Step[],
): number {
  const counted = Math.min(service.servedMinutes, rule.maxMinutesPerActivity);
  if (counted < service.servedMinutes) {
    steps.push({
      zh: `每次活动最多计 ${durationZh(counted)}`,
      en: `At most ${durationEn(counted)} count for an activity`,
      value: hours(counted),
    });
  }
  // Minutes are divided by 60 only at the end: 20 minutes three times must not lose a point to a third.
  const ofType = pointsOfType(rule, service.type);
  const perHour = ofType ?? rule.pointsPerHour;
  let product = new Exact(counted).times(perHour);
  const shown = (): string => product.dividedBy(60).toDecimalPlaces(4, Exact.ROUND_DOWN).toFixed();
  steps.push({
    zh: `${ofType === undefined ? '' : `“${service.type}”`}每小时 ${perHour} 分`,
    en: `${perHour} points an hour${ofType === undefined ? '' : ` of “${service.type}”`}`,
    value: shown(),
  });
  const kind = dayKind(day, holidays);
  const dayFactor = new Exact(rule.dayFactors[kind]);
  product = product.times(dayFactor);
  if (!dayFactor.equals(1) || !coversDay(day, holidays)) {
    steps.push({ ...dayWords(day, kind, holidays, dayFactor.toFixed()), value: shown() });
  }
  const { frequency } = rule;
  if (frequency !== undefined && (service.nthInMonth ?? 1) >= frequency.from) {
    product = product.times(frequency.factor);
    steps.push({
      zh: `本月第 ${service.nthInMonth} 次服务 × ${frequency.factor}`,
      en: `Service ${service.nthInMonth} of the month × ${frequency.factor}`,
      value: shown(),
    });
  }
  if (service.grade) {
    const gradeFactor = new Exact(rule.gradeFactors[service.grade]);
    const name = gradeNames[service.grade];
    product = product.times(gradeFactor);
    const [zh, en] = service.isGradePresumed ? ['如果评为', 'If rated'] : ['评价', 'Rated'];
    steps.push({
      zh: `${zh}“${name.zh}” × ${gradeFactor.toFixed()}`,
      en: `${en} ${name.en} × ${gradeFactor.toFixed()}`,
      value: shown(),
    });
  }
  const exact = product.dividedBy(60);
  const points = round(exact, rule.rounding);
  if (!exact.equals(points)) {
    steps.push({ zh: `取整为 ${points} 分`, en: `Rounded to ${points} points`, value: String(points) });
  }
  return points;
}

function pointsOfType({ typePointsPerHour: types }: ServiceAwardRule, type = ''): number | undefined {
  return types !== undefined && Object.hasOwn(types, type) ? types[type] : undefined;
}

const WEEKDAYS = [
  { zh: '周一', en: 'Monday' },
  { zh: '周二', en: 'Tuesday' },
  { zh: '周三', en: 'Wednesday' },
  { zh: '周四', en: 'Thursday' },
  { zh: '周五', en: 'Friday' },
  { zh: '周六', en: 'Saturday' },
  { zh: '周日', en: 'Sunday' },
] as const;

function dayWords(day: Day, kind: DayKind, table: HolidayTable, factor: string): { zh: string; en: string } {
  const weekday = WEEKDAYS[weekdayOf(day) - 1] ?? { zh: '', en: '' };
  const holiday = holidayOn(day, table);
  const zh = holiday ? `${holiday.zh}假期` : `${weekday.zh}${kind === 'make-up' ? '（调休上班）' : ''}`;
  const en = holiday ? holiday.en : `${weekday.en}${kind === 'make-up' ? ' (offices work)' : ''}`;
  if (coversDay(day, table)) return { zh: `${zh} × ${factor}`, en: `${en} × ${factor}` };
  // Said openly, so that a holiday entered too late is noticed by those it concerns.
  return {
    zh: `${zh} × ${factor}（当年的节假日安排还没有录入，只按周末计算）`,
    en: `${en} × ${factor} (the holidays of that year have not been entered; only weekends count)`,
  };
}

function hours(minutes: number): string {
  return new Exact(minutes).dividedBy(60).toDecimalPlaces(2, Exact.ROUND_DOWN).toFixed();
}

function durationZh(minutes: number): string {
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (whole === 0) return `${rest} 分钟`;
  return rest === 0 ? `${whole} 小时` : `${whole} 小时 ${rest} 分钟`;
}

function durationEn(minutes: number): string {
  const whole = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (whole === 0) return `${rest} min`;
  return rest === 0 ? `${whole} h` : `${whole} h ${rest} min`;
}

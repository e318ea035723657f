import type { InferRequestType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { grades, trusts } from '$lib/volunteering/words.ts';
import { plainNumber } from '$lib/yuan.ts';
import { offsetValues, readOffset } from './offset-form.ts';
import { percentText, yuanText } from './rule-numbers.ts';
import { Reader, roundings, ticks, type Errors, type Values } from './rule-reader.ts';

type Drafts = ReturnType<typeof api>['v1']['places'][':place']['rule-drafts'];
/** A rule of any kind, as the API takes it. */
export type RuleBody = InferRequestType<Drafts['$post']>['json']['body'];
export type RuleKind = RuleBody['kind'];
type Award = Extract<RuleBody, { kind: 'award' }>;
type Purchase = Extract<RuleBody, { kind: 'purchase' }>;
type Expiry = Award['expiry'];

export type { Errors, Values } from './rule-reader.ts';

export const days = ['workday', 'weekend', 'holiday', 'make-up'] as const;

export function isRuleKind(text: string | null): text is RuleKind {
  return text === 'award' || text === 'purchase' || text === 'offset';
}

/** What the form shows of a rule. */
export function valuesOf(body: RuleBody): Values {
  if (body.kind === 'award') return awardValues(body);
  return body.kind === 'purchase' ? purchaseValues(body) : offsetValues(body);
}

function awardValues(body: Award): Values {
  const { dayFactors, gradeFactors, typePointsPerHour = {}, frequency, maxServicesPerMonth } = body;
  return {
    unit: body.unit,
    perHour: String(body.pointsPerHour),
    types: Object.entries(typePointsPerHour)
      .map(([type, points]) => `${type} ${points}`)
      .join('\n'),
    perActivity: hoursText(body.maxMinutesPerActivity),
    perDay: String(body.maxPointsPerDay),
    perMonth: maxServicesPerMonth === undefined ? '' : String(maxServicesPerMonth),
    frequencyFrom: frequency === undefined ? '' : String(frequency.from),
    frequencyFactor: frequency?.factor ?? '',
    share: percentText(body.minimumShare),
    ...Object.fromEntries(days.map((day) => [`day.${day}`, dayFactors[day]])),
    ...Object.fromEntries(grades.map((grade) => [`grade.${grade}`, gradeFactors[grade]])),
    ...ticks('trust', body.earningTrust),
    rounding: body.rounding,
    ...expiryValues(body.expiry),
  };
}

function purchaseValues(body: Purchase): Values {
  return {
    unit: body.unit,
    per: yuanText(body.perFen),
    points: String(body.points),
    perDay: String(body.maxPointsPerDay),
    ...expiryValues(body.expiry),
  };
}

export function expiryValues(expiry: Expiry): Values {
  if ('never' in expiry) return { expiry: 'never', later: '', grace: '' };
  const { bucket, later, graceMonths } = expiry;
  return {
    expiry: bucket,
    later: String(later),
    grace: graceMonths === undefined ? '' : String(graceMonths),
  };
}

/** A rule out of what was typed, or what is wrong beside each field. */
export function readRule(kind: RuleKind, values: Values): { body: RuleBody } | { errors: Errors } {
  const read = new Reader(values);
  const body =
    kind === 'award' ? readAward(read) : kind === 'purchase' ? readPurchase(read) : readOffset(read);
  return Object.keys(read.errors).length > 0 ? { errors: read.errors } : { body };
}

function readAward(read: Reader): Award {
  const maxServicesPerMonth = read.optional('perMonth', 1, 1_000);
  const typePointsPerHour = readTypes(read);
  const from = read.optional('frequencyFrom', 2, 1_000);
  const frequency = from === undefined ? undefined : { from, factor: read.factor('frequencyFactor') };
  const factorsOf = <const Name extends string>(kind: string, names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, read.factor(`${kind}.${name}`)])) as Record<Name, string>;
  return {
    kind: 'award',
    unit: read.unit('VOL'),
    pointsPerHour: read.whole('perHour', 0, 100_000),
    ...(typePointsPerHour && { typePointsPerHour }),
    maxMinutesPerActivity: readMinutes(read),
    maxPointsPerDay: read.whole('perDay', 1, 1_000_000_000),
    ...(maxServicesPerMonth !== undefined && { maxServicesPerMonth }),
    ...(frequency && { frequency }),
    minimumShare: read.share('share'),
    dayFactors: factorsOf('day', days),
    gradeFactors: factorsOf('grade', grades),
    earningTrust: read.ticked('trust', trusts),
    rounding: read.one('rounding', roundings),
    expiry: readExpiry(read),
  };
}

/** One type a line, its points an hour last: `助老服务 15`. */
function readTypes(read: Reader): Record<string, number> | undefined {
  const found: Record<string, number> = {};
  for (const line of read.lines('types')) {
    const [, type = '', points = ''] = /^(.{1,40}?)[\s:：]+(\d{1,6})$/u.exec(line.normalize('NFKC')) ?? [];
    if (type === '' || Number(points) > 100_000 || Object.hasOwn(found, type)) {
      read.errors['types'] = m.rules_wrong_type({ line });
    } else found[type] = Number(points);
  }
  if (Object.keys(found).length > 50) read.errors['types'] = m.rules_wrong_types();
  return Object.keys(found).length === 0 ? undefined : found;
}

function readMinutes(read: Reader): number {
  const text = plainNumber(read.text('perActivity'));
  const minutes = /^\d{1,2}(?:\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 60) : 0;
  if (minutes < 1 || minutes > 1_440) read.errors['perActivity'] = m.rules_wrong_hours();
  return minutes;
}

/** The calendar of a kind of points, in the fields of a rule's. */
export function readCalendar(values: Values): { expiry: Expiry } | { errors: Errors } {
  const read = new Reader(values);
  const expiry = readExpiry(read);
  return Object.keys(read.errors).length > 0 ? { errors: read.errors } : { expiry };
}

/** Hours with as few decimals as lead back to the same minutes; two always do. */
function hoursText(minutes: number): string {
  const texts = [0, 1, 2].map((decimals) => (minutes / 60).toFixed(decimals));
  return texts.find((text) => Math.round(Number(text) * 60) === minutes) ?? String(minutes / 60);
}

function readExpiry(read: Reader): Expiry {
  const bucket = read.one('expiry', ['year', 'quarter', 'month', 'never']);
  if (bucket === 'never') return { never: true };
  const graceMonths = read.optional('grace', 0, 24);
  return { bucket, later: read.whole('later', 0, 120), ...(graceMonths !== undefined && { graceMonths }) };
}

function readPurchase(read: Reader): Purchase {
  return {
    kind: 'purchase',
    unit: read.unit('CON'),
    points: read.whole('points', 1, 100_000),
    perFen: read.yuan('per'),
    maxPointsPerDay: read.whole('perDay', 1, 1_000_000_000),
    expiry: readExpiry(read),
  };
}

import type { InferRequestType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { grades, trusts } from '$lib/volunteering/words.ts';
import { fenOf, plainNumber } from '$lib/yuan.ts';
import { microOf, microText, percentText, shareOf, yuanText } from './rule-numbers.ts';

type Drafts = ReturnType<typeof api>['v1']['places'][':place']['rule-drafts'];
/** A rule of any kind, as the API takes it. */
export type RuleBody = InferRequestType<Drafts['$post']>['json']['body'];
export type RuleKind = RuleBody['kind'];
type Award = Extract<RuleBody, { kind: 'award' }>;
type Purchase = Extract<RuleBody, { kind: 'purchase' }>;
type Offset = Extract<RuleBody, { kind: 'offset' }>;
type Expiry = Award['expiry'];

/** The fields of the form by name, as they are typed. */
export type Values = Record<string, string>;
export type Errors = Record<string, string>;

export const days = ['workday', 'weekend', 'holiday', 'make-up'] as const;
export const relations = ['owner', 'family', 'tenant'] as const;
const roundings = ['down', 'half-up', 'up', 'half-even'] as const;

export function isRuleKind(text: string | null): text is RuleKind {
  return text === 'award' || text === 'purchase' || text === 'offset';
}

/** What the form shows of a rule. */
export function valuesOf(body: RuleBody): Values {
  if (body.kind === 'award') return awardValues(body);
  return body.kind === 'purchase' ? purchaseValues(body) : offsetValues(body);
}

const ticks = (name: string, ticked: readonly string[]): Values =>
  Object.fromEntries(ticked.map((value) => [`${name}.${value}`, 'yes']));

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

function offsetValues(body: Offset): Values {
  return {
    items: body.feeItems.join('\n'),
    ...Object.fromEntries(
      Object.entries(body.worthMicro).map(([unit, micro]) => [`worth.${unit}`, microText(micro)]),
    ),
    threshold: body.minBillFen === undefined ? '' : yuanText(body.minBillFen),
    share: percentText(body.maxShare),
    cap: yuanText(body.maxFenPerHouseholdMonth),
    cutOff: String(body.cutOffDay),
    ...ticks('relation', body.relations),
    arrears: body.refusesArrears ? 'yes' : '',
    rounding: body.rounding,
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

class Reader {
  readonly errors: Errors = {};
  readonly #values: Values;

  constructor(values: Values) {
    this.#values = values;
  }

  text(name: string): string {
    return (this.#values[name] ?? '').trim();
  }

  whole(name: string, least: number, most: number): number {
    const text = plainNumber(this.text(name));
    const value = Number(text);
    if (/^\d{1,12}$/.test(text) && value >= least && value <= most) return value;
    this.errors[name] = m.rules_wrong_whole({ least, most });
    return least;
  }

  optional(name: string, least: number, most: number): number | undefined {
    return this.text(name) === '' ? undefined : this.whole(name, least, most);
  }

  factor(name: string): string {
    const text = plainNumber(this.text(name));
    if (/^(?:0|[1-9]\d?)(?:\.\d{1,4})?$/.test(text)) return text;
    this.errors[name] = m.rules_wrong_factor();
    return '1';
  }

  share(name: string): string {
    const share = shareOf(plainNumber(this.text(name)).replace(/%$/, ''));
    if (share === undefined) this.errors[name] = m.rules_wrong_percent();
    return share ?? '1';
  }

  yuan(name: string): number {
    const fen = fenOf(plainNumber(this.text(name)));
    if (fen === undefined || fen < 1 || fen > 100_000_000) this.errors[name] = m.rules_wrong_yuan();
    return fen ?? 1;
  }

  ticked<const Value extends string>(name: string, among: readonly Value[]): Value[] {
    const found = among.filter((value) => this.text(`${name}.${value}`) !== '');
    if (found.length === 0) this.errors[name] = m.rules_wrong_none();
    return found;
  }

  one<const Value extends string>(name: string, among: readonly [Value, ...Value[]]): Value {
    const text = this.text(name);
    return among.find((value) => value === text) ?? among[0];
  }

  /** By its code; the API knows which there are. */
  unit(usual: string): string {
    const code = this.text('unit');
    return /^[A-Z][A-Z0-9]{1,11}$/.test(code) ? code : usual;
  }

  /** What stands behind a prefix in the names of the fields. */
  namesAfter(prefix: string): string[] {
    return Object.keys(this.#values)
      .filter((name) => name.startsWith(prefix))
      .map((name) => name.slice(prefix.length));
  }

  lines(name: string): string[] {
    return this.text(name)
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '');
  }
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

function readOffset(read: Reader): Offset {
  const feeItems = [...new Set(read.lines('items'))];
  if (feeItems.length === 0 || feeItems.length > 50 || feeItems.some((item) => item.length > 40)) {
    read.errors['items'] = m.rules_wrong_items();
  }
  const worthMicro: Record<string, number> = {};
  for (const unit of read.namesAfter('worth.')) {
    const text = plainNumber(read.text(`worth.${unit}`));
    if (text === '') continue;
    const micro = microOf(text);
    if (micro === undefined) read.errors[`worth.${unit}`] = m.rules_wrong_worth();
    else worthMicro[unit] = micro;
  }
  if (Object.keys(worthMicro).length === 0) read.errors['worth.VOL'] ??= m.rules_wrong_none();
  return {
    kind: 'offset',
    feeItems,
    ...(read.text('threshold') !== '' && { minBillFen: read.yuan('threshold') }),
    maxShare: read.share('share'),
    rounding: read.one('rounding', roundings),
    maxFenPerHouseholdMonth: read.yuan('cap'),
    cutOffDay: read.whole('cutOff', 1, 28),
    relations: read.ticked('relation', relations),
    refusesArrears: read.text('arrears') !== '',
    worthMicro,
  };
}

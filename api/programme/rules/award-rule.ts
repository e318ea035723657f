/**
 * What an award rule says, as data. A programme keeps it as the JSON body of a dated, versioned rule; nothing that a
 * programme may want to change is written in code. A new way of awarding is a new `kind` or a new optional field.
 *
 * Fractions are decimal texts ('1.5'), so that JSON cannot bend them; points are whole steps of their unit.
 */
import { bucketOf, NEVER, type Bucket, type Instant } from '../calendar.ts';
import type { DayKind } from '../calendar-holidays.ts';
import type { Rounding } from '../../platform/money/index.ts';

/** How an hour came to be known, the most trusted first: scanned in and out, leader's roll call, paper, typed by staff. */
export type Trust = 'scan' | 'roll-call' | 'paper' | 'typed';
export const TRUSTS = ['scan', 'roll-call', 'paper', 'typed'] as const satisfies readonly Trust[];

/** 非常满意 / 满意 / 基本满意 / 不满意 / 非常不满意 */
export type Grade =
  | 'very-satisfied'
  | 'satisfied'
  | 'fairly-satisfied'
  | 'dissatisfied'
  | 'very-dissatisfied';
export const GRADES = [
  'very-satisfied',
  'satisfied',
  'fairly-satisfied',
  'dissatisfied',
  'very-dissatisfied',
] as const satisfies readonly Grade[];

/**
 * When the points of an award end: with a bucket (`later` buckets after the one they were earned in), or never. Those that
 * are given after that have ended at once, unless there is a grace: then they end `graceMonths` months after the month
 * in which they are given.
 */
export type Expiry = { bucket: Bucket; later: number; graceMonths?: number | undefined } | { never: true };

export type ServiceAwardRule = {
  kind: 'award';
  unit: string;
  pointsPerHour: number;
  /** Points an hour of the types of service that are worth more, or less, than the rest; by the type's name. */
  typePointsPerHour?: Readonly<Record<string, number>> | undefined;
  maxMinutesPerActivity: number;
  maxPointsPerDay: number;
  /** Beyond so many services of one month a member's hours are recorded and earn nothing. */
  maxServicesPerMonth?: number | undefined;
  /** Who serves often: from the `from`-th service of a month on, times `factor`. */
  frequency?: { from: number; factor: string } | undefined;
  /** Who stays for less than this share of the activity earns neither hours nor points. */
  minimumShare: string;
  dayFactors: Readonly<Record<DayKind, string>>;
  gradeFactors: Readonly<Record<Grade, string>>;
  earningTrust: readonly Trust[];
  rounding: Rounding;
  expiry: Expiry;
};

/** `points` for each whole `perFen` of the net amount. */
export type PurchaseAwardRule = {
  kind: 'purchase';
  unit: string;
  points: number;
  perFen: number;
  maxPointsPerDay: number;
  expiry: Expiry;
};

export type AwardRule = ServiceAwardRule | PurchaseAwardRule;

/** One line of "why did I get this". `value` is what stands after the step, as a decimal text. */
export type Step = { zh: string; en: string; value: string };

/** A cap that the ledger checks and moves together with the posting: `add` must not lift the tally above `max`. */
export type TallyDemand = { key: string; add: number; max: number; was?: number };

/** The first instant at which points earned at `earnedAt`, and given at `givenAt`, can no longer be spent. */
export function expiryOf(expiry: Expiry, earnedAt: Instant, givenAt: Instant): Instant {
  if ('never' in expiry) return NEVER;
  const { end } = bucketOf(earnedAt, expiry.bucket, expiry.later);
  if (end > givenAt || expiry.graceMonths === undefined) return end;
  return bucketOf(givenAt, 'month', expiry.graceMonths).end;
}

/** A service record as kept, and the rule's award for it under a grade. */
import { and, count, eq, gte, inArray, lt, ne } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { tallyTotals } from '../ledger/index.ts';
import {
  awardService,
  dayOf,
  earnedKey,
  monthOf,
  periodOfMonth,
  publicHolidays,
  type Award,
  type Grade,
  type ServiceAwardRule,
  type Trust,
} from '../programme/index.ts';
import { servedMinutes as minutesWithin, type Span } from './rules/attendance.ts';

export type Service = NonNullable<Awaited<ReturnType<typeof findService>>>;
/** What an award is computed from. */
export type Attendance = {
  member: string;
  /** Its type, as the record calls it. */
  type: string;
  startsAt: number;
  endsAt: number;
  attendedFrom: number;
  attendedTo: number;
  trust: Trust;
};

export async function findService(engine: Engine, id: string) {
  const { services } = engine.tables;
  const [row] = await engine.db.select().from(services).where(eq(services.id, id));
  return row;
}

export function servedMinutes({ startsAt, endsAt, attendedFrom, attendedTo }: Attendance): number {
  return minutesWithin({ from: startsAt, to: endsAt }, { from: attendedFrom, to: attendedTo });
}

/** When a member was where, whatever it earned. Only what was recorded by mistake, and voided, stands in nobody's way. */
export async function presencesOf({ db, tables }: Engine, member: string): Promise<Span[]> {
  const { services: t } = tables;
  return db
    .select({ from: t.attendedFrom, to: t.attendedTo })
    .from(t)
    .where(and(eq(t.member, member), ne(t.state, 'voided')));
}

/** Counts what was done to a member's service records: whoever records one saw all that were there before. */
export function presencesKey(member: string): string {
  return `presences:${member}`;
}

/**
 * Which of its month a service of this member is, counting those before it that earn: whoever records one saw all that
 * were there before, by the count of their records. `before`: the service itself, once it is recorded.
 */
export async function nthInMonth(
  { db, tables: { services: t } }: Engine,
  { member, startsAt, before }: { member: string; startsAt: number; before?: string },
): Promise<number> {
  const { start, end } = periodOfMonth(monthOf(startsAt));
  const [row] = await db
    .select({ count: count() })
    .from(t)
    .where(
      and(
        eq(t.member, member),
        before === undefined ? undefined : lt(t.id, before),
        inArray(t.state, ['waiting', 'released']),
        gte(t.startsAt, start),
        lt(t.startsAt, end),
      ),
    );
  return (row?.count ?? 0) + 1;
}

/**
 * `reserved`: points that the same service has already counted towards the day's cap. `counted`: what stood there when
 * the award was worked out.
 */
export async function awardFor(
  engine: Engine,
  input: {
    book: number;
    rule: ServiceAwardRule;
    attendance: Attendance;
    grade: Grade;
    isGradePresumed?: boolean;
    reserved: number;
    /** The service itself, once it is recorded. */
    recorded?: string;
  },
): Promise<Award & { counted: number }> {
  const { book, rule, attendance, grade, isGradePresumed = false, reserved } = input;
  const key = earnedKey(rule.unit, attendance.member, dayOf(attendance.startsAt));
  const earned = (await tallyTotals(engine, { book, keys: [key] })).get(key) ?? 0;
  const { member, type, startsAt, endsAt, trust } = attendance;
  const of = { member, type, startsAt, endsAt, trust, grade, servedMinutes: servedMinutes(attendance) };
  const isCounted = rule.frequency !== undefined || rule.maxServicesPerMonth !== undefined;
  const before = input.recorded === undefined ? {} : { before: input.recorded };
  const nth = isCounted ? await nthInMonth(engine, { member, startsAt, ...before }) : 1;
  const service = { ...of, nthInMonth: nth };
  const judged = { ...service, isGradePresumed, earnedThatDay: earned - reserved };
  const award = awardService(rule, judged, publicHolidays);
  return { ...award, counted: earned };
}

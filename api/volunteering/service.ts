/** A service record as kept, and the rule's award for it under a grade. */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { tallyTotals } from '../ledger/index.ts';
import {
  awardService,
  dayOf,
  earnedKey,
  publicHolidays,
  type Award,
  type Grade,
  type ServiceAwardRule,
  type Trust,
} from '../programme/index.ts';

export type Service = NonNullable<Awaited<ReturnType<typeof findService>>>;
/** What an award is computed from. */
export type Attendance = {
  member: string;
  startsAt: number;
  endsAt: number;
  attendedFrom: number;
  attendedTo: number;
  trust: Trust;
};

const MINUTE_MS = 60_000;

export async function findService(engine: Engine, id: string) {
  const { services } = engine.tables;
  const [row] = await engine.db.select().from(services).where(eq(services.id, id));
  return row;
}

/** Whole minutes of presence within the activity: coming early or staying late does not count. */
export function servedMinutes({ startsAt, endsAt, attendedFrom, attendedTo }: Attendance): number {
  const within = Math.min(endsAt, attendedTo) - Math.max(startsAt, attendedFrom);
  return Math.max(0, Math.floor(within / MINUTE_MS));
}

/** The grade with the highest factor: what an award that waits for its rating reserves. */
export function bestGrade(rule: ServiceAwardRule): Grade {
  const [best] = Object.entries(rule.gradeFactors).sort(([, a], [, b]) => Number(b) - Number(a));
  return (best?.[0] ?? 'satisfied') as Grade;
}

/** `reserved`: points that the same service has already counted towards the day's cap. */
export async function awardFor(
  engine: Engine,
  input: { book: number; rule: ServiceAwardRule; attendance: Attendance; grade: Grade; reserved: number },
): Promise<Award> {
  const { book, rule, attendance, grade, reserved } = input;
  const key = earnedKey(rule.unit, attendance.member, dayOf(attendance.startsAt));
  const earned = (await tallyTotals(engine, { book, keys: [key] })).get(key) ?? 0;
  const { member, startsAt, endsAt, trust } = attendance;
  const service = { member, startsAt, endsAt, trust, grade, servedMinutes: servedMinutes(attendance) };
  return awardService(rule, { ...service, earnedThatDay: earned - reserved }, publicHolidays);
}

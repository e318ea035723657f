/**
 * The services of a month under a rule: in the order in which they were recorded, each with what the day and the month
 * of its member had left. Nothing is read and nothing is kept; the same services give the same points for ever.
 */
import type { Steps } from '../../platform/files/index.ts';
import {
  awardService,
  bestGrade,
  dayOf,
  earnedKey,
  monthOf,
  type Grade,
  type HolidayTable,
  type Instant,
  type ServiceAwardRule,
  type Trust,
} from '../../programme/rules/index.ts';

export type TriedService = {
  id: string;
  member: string;
  type: string;
  startsAt: Instant;
  endsAt: Instant;
  servedMinutes: number;
  trust: Trust;
  /** Left out while it waits (the best is presumed), and of one that earned nothing and was never rated. */
  grade?: Grade;
  isWaiting: boolean;
};

/** What is presumed of a service that nobody rated because it earned nothing then. */
const NEVER_RATED: Grade = 'satisfied';

/** Awards between two steps: some milliseconds of exact decimals. */
const SERVICES_A_STEP = 200;

/** Points by service. `ruleOf`: the rule that decides about a service; none decides nothing, and gives nothing. */
export function* tryServices(
  services: readonly TriedService[],
  ruleOf: (service: TriedService) => ServiceAwardRule | undefined,
  holidays: HolidayTable,
): Steps<Map<string, number>> {
  const points = new Map<string, number>();
  const earned = new Map<string, number>();
  const served = new Map<string, number>();
  let count = 0;
  for (const service of [...services].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (++count % SERVICES_A_STEP === 0) yield;
    const rule = ruleOf(service);
    if (rule === undefined) continue;
    const { member, startsAt } = service;
    const day = earnedKey(rule.unit, member, dayOf(startsAt));
    const month = `${member} ${monthOf(startsAt)}`;
    const nthInMonth = (served.get(month) ?? 0) + 1;
    const grade = service.grade ?? (service.isWaiting ? bestGrade(rule) : NEVER_RATED);
    const asked = { ...service, grade, nthInMonth, earnedThatDay: earned.get(day) ?? 0 };
    const award = awardService(rule, asked, holidays);
    points.set(service.id, award.points);
    if (award.points === 0) continue;
    earned.set(day, (earned.get(day) ?? 0) + award.points);
    served.set(month, nthInMonth);
  }
  return points;
}

/**
 * Protects: a daily cap gives what is left of the day instead of refusing the whole award. Where two awards meet, the
 * ledger's tally holds the line, and the later one is worked out again from what the first has left.
 */
import type { Day } from '../calendar.ts';
import type { Step, TallyDemand } from './award-rule.ts';

export type Earning = { unit: string; member: string; day: Day; points: number };
/** `earned` is what the member's tally of that day and unit stood at when the award was worked out. */
export type DailyCap = { max: number; earned: number };
export type Capped = { points: number; steps: Step[]; tallies: TallyDemand[] };

/** Where the points of one member, unit and day are counted. */
export function earnedKey(unit: string, member: string, day: Day): string {
  return `earned:${unit}:${member}:${day}`;
}

export function withinDay({ unit, member, day, points }: Earning, { max, earned }: DailyCap): Capped {
  const left = Math.max(0, max - earned);
  const given = Math.min(points, left);
  // Given none, the answer still rests on what was earned before: something taken back meanwhile leaves room again.
  const tallies = points > 0 ? [{ key: earnedKey(unit, member, day), add: given, max, was: earned }] : [];
  if (given === points) return { points, steps: [], tallies };
  const step: Step = {
    zh: `每天最多 ${max} 分，${day} 已得 ${earned} 分，这次计 ${given} 分`,
    en: `At most ${max} points a day; ${earned} already earned on ${day}, so ${given} count`,
    value: String(given),
  };
  return { points: given, steps: [step], tallies };
}

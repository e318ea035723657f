/**
 * A basket: what its lines cost together, and against which limits they count.
 *
 * Protects: one basket is of one shop and one kind of points, sums are exact, and a limit of a month, a quarter or a
 * year is that of Shanghai's calendar.
 */
import { dayOf, monthOf, quarterOf, yearOf, type Instant } from '../../programme/rules/index.ts';

export const PERIODS = ['day', 'month', 'quarter', 'year'] as const;
export type Period = (typeof PERIODS)[number];

/** `2026-06-14`, `2026-06`, `2026-Q2` or `2026`. */
export function periodAt(at: Instant, period: Period): string {
  if (period === 'day') return dayOf(at);
  if (period === 'month') return monthOf(at);
  return period === 'quarter' ? quarterOf(at) : String(yearOf(at));
}

/** Where pieces of a goods count that a member, or a household, takes in a period. */
export function limitKey(
  { goods, whose }: { goods: string; whose: string },
  { at, period }: { at: Instant; period: Period },
): string {
  return `limit:${goods}:${whose}:${periodAt(at, period)}`;
}

export type Line = { points: number; yuanFen: number; quantity: number };

export function sumOf(lines: readonly Line[]): { points: number; yuanFen: number } {
  const of = (one: (line: Line) => number) => lines.reduce((sum, line) => sum + one(line) * line.quantity, 0);
  return { points: of(({ points }) => points), yuanFen: of(({ yuanFen }) => yuanFen) };
}

/** 鸡蛋 × 2、洗衣液: as it stands on a slip and in a statement, cut where it would be longer than `most`. */
export function wordsOf(lines: readonly { name: string; quantity: number }[], most: number): string {
  const words = lines
    .map(({ name, quantity }) => (quantity === 1 ? name : `${name} × ${quantity}`))
    .join('、');
  return words.length <= most ? words : `${words.slice(0, most - 1)}…`;
}

/** Several moves of one counter are one: a unit moves each of its counters once. */
export function merged<T extends { key: string; add: number }>(tallies: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const tally of tallies) {
    const known = found.get(tally.key);
    found.set(tally.key, known ? { ...known, add: known.add + tally.add } : tally);
  }
  return [...found.values()];
}

/**
 * Of pairs that fit equally well, those that are the only way in which everybody who takes part finds a partner. A row
 * that could be of two offsets is of the second when the first is the only one that another row could be of. Pure.
 *
 * Whoever has a single partner is given that one, again and again; where all who hang together find theirs so, there was no
 * other way. Where somebody is left over, or they go round in a circle, all of them are a tie.
 */
import { Lists } from './lists.ts';
import type { Pair } from './pair-by-score.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

type Side = OurOffset | PostedRow;

export function theOnlyWay(candidates: readonly Pair[]): { pairs: Pair[]; ties: Pair[] } {
  const around = new Lists<Side, Pair>();
  for (const pair of candidates) {
    around.add(pair.offset, pair);
    around.add(pair.row, pair);
  }
  const result = { pairs: [] as Pair[], ties: [] as Pair[] };
  const seen = new Set<Side>();
  for (const { offset } of candidates) {
    if (seen.has(offset)) continue;
    const together = hangingTogether(offset, around);
    for (const each of together) seen.add(each);
    const given = stripped(together, around);
    const isWhole = given.length * 2 === together.size;
    const all = isWhole ? given : [...together].flatMap((each) => (isOffset(each) ? around.get(each) : []));
    for (const pair of all) (isWhole ? result.pairs : result.ties).push(pair);
  }
  return result;
}

function hangingTogether(start: Side, around: Lists<Side, Pair>): Set<Side> {
  const together = new Set<Side>([start]);
  // A set is walked in the order of what is added to it, also of what is added on the way.
  for (const each of together) {
    for (const { offset, row } of around.get(each)) together.add(offset).add(row);
  }
  return together;
}

function stripped(together: ReadonlySet<Side>, around: Lists<Side, Pair>): Pair[] {
  const left = new Map<Side, number>();
  for (const each of together) left.set(each, around.get(each).length);
  const single = [...together].filter((each) => left.get(each) === 1);
  const taken = new Set<Side>();
  const pairs: Pair[] = [];
  for (const each of single) {
    if (taken.has(each)) continue;
    const pair = around.get(each).find(({ offset, row }) => !taken.has(offset) && !taken.has(row));
    if (!pair) continue;
    pairs.push(pair);
    taken.add(pair.offset).add(pair.row);
    for (const side of [pair.offset, pair.row]) {
      for (const { offset, row } of around.get(side)) {
        const other = side === offset ? row : offset;
        const count = (left.get(other) ?? 0) - 1;
        left.set(other, count);
        if (count === 1 && !taken.has(other)) single.push(other);
      }
    }
  }
  return pairs;
}

function isOffset(side: Side): side is OurOffset {
  return 'valueFen' in side;
}

/**
 * How a value is made of points. Money ends at the fen, and a point may be worth a part of one (200 points a yuan): of
 * such a unit points are taken in groups that come to whole fen, two at a time.
 *
 * Protects: what is taken of each unit is whole fen; who comes first gives all that still lets that be; an odd point stays
 * where it is and is in no other point's way; to ask for what was reached takes the same points again.
 */
import { MICRO_PER_FEN, type Amount } from './amount.ts';

/** Points of a unit and what each of them is worth, in micro-yuan: above 0, the same for all of the unit. */
export type Worthy = { unit: string; available: Amount; worthMicro: Amount };

/** How many of these points come to whole fen. */
export function pointsInWholeFen(worthMicro: Amount): number {
  let [a, b] = [MICRO_PER_FEN, worthMicro % MICRO_PER_FEN];
  while (b > 0) [a, b] = [b, a % b];
  return MICRO_PER_FEN / a;
}

type OfUnit = {
  group: number;
  /** What may still be taken, a multiple of the group at first. */
  usable: number;
  /** Missing to a group that was begun; its whole worth is set aside already. */
  begun: number;
};

/** The points to take of each, in the order given, towards `valueMicro`; they may come to less, never to more. */
export function pointsTowards(valueMicro: Amount, holdings: readonly Worthy[]): Amount[] {
  const units = new Map<string, OfUnit>();
  for (const { unit, available, worthMicro } of holdings) {
    const of = units.get(unit) ?? { group: pointsInWholeFen(worthMicro), usable: 0, begun: 0 };
    units.set(unit, {
      ...of,
      usable: Math.min(of.usable + available, wholeGroups(valueMicro, worthMicro, of)),
    });
  }
  for (const of of units.values()) of.usable -= of.usable % of.group;
  let left = valueMicro;
  return holdings.map(({ unit, available, worthMicro }) => {
    const of = units.get(unit)!;
    const points = Math.min(available, of.usable, of.begun + wholeGroups(left, worthMicro, of));
    const further = Math.max(0, Math.ceil((points - of.begun) / of.group)) * of.group;
    left -= further * worthMicro;
    of.begun += further - points;
    of.usable -= points;
    return points;
  });
}

/** The points of whole groups that a value has room for. */
function wholeGroups(valueMicro: Amount, worthMicro: Amount, { group }: OfUnit): number {
  return Math.floor(valueMicro / (group * worthMicro)) * group;
}

/**
 * What becomes of houses and posts when one human who was registered twice becomes one. Pure.
 *
 * Protects: nobody loses a day in a house or a post that either of the two had, and nobody has a house twice on a day.
 * What the keeper has stays as it is; the duplicate's rows fill what is left.
 */

/** `until` is the first day without it, null while it goes on. */
export type Stay = { id: string; house: string; since: string; until: string | null };
/** Instants; `validTo` is exclusive, null while it goes on. */
export type Post = { id: string; role: string; place: string; validFrom: number; validTo: number | null };

export type ResidencyPlan = {
  /** Of the duplicate, now the keeper's, from and until these days. */
  moved: { id: string; since: string; until: string | null }[];
  /** The later part of a row whose middle the keeper had already: a row of its own, like `of`. */
  added: { of: string; since: string; until: string | null }[];
  /** Every day of it is the keeper's already. */
  collapsed: string[];
};
export type RolePlan = {
  moved: string[];
  /** The keeper holds the same: moves as well, and ends at `validTo`. */
  ended: { id: string; validTo: number }[];
};

export function planResidencies(keeper: readonly Stay[], duplicate: readonly Stay[]): ResidencyPlan {
  const plan: ResidencyPlan = { moved: [], added: [], collapsed: [] };
  const taken = new Map<string, Days[]>();
  const takenOf = (house: string) => taken.get(house) ?? taken.set(house, []).get(house)!;
  for (const stay of keeper) takenOf(stay.house).push(stay);
  for (const stay of duplicate) {
    const days = takenOf(stay.house);
    const [first, ...later] = without(stay, days);
    // One that ended on the day it began covers no day; it is history all the same.
    if (first === undefined && !isEmpty(stay)) plan.collapsed.push(stay.id);
    else plan.moved.push({ id: stay.id, since: stay.since, until: stay.until, ...first });
    plan.added.push(...later.map((piece) => ({ of: stay.id, ...piece })));
    days.push(...(first ? [first, ...later] : []));
  }
  return plan;
}

type Days = Pick<Stay, 'since' | 'until'>;

const isEmpty = ({ since, until }: Days) => until !== null && until <= since;

/** The days of a stay that none of these have, in order. */
function without(stay: Days, taken: readonly Days[]): Days[] {
  let pieces: Days[] = isEmpty(stay) ? [] : [{ since: stay.since, until: stay.until }];
  for (const other of taken) {
    if (isEmpty(other)) continue;
    pieces = pieces.flatMap(({ since, until }) => [
      { since, until: earlier(until, other.since) },
      ...(other.until === null ? [] : [{ since: later(since, other.until), until }]),
    ]);
    pieces = pieces.filter((piece) => !isEmpty(piece));
  }
  return pieces.toSorted((a, b) => (a.since < b.since ? -1 : 1));
}

function earlier(until: string | null, day: string): string {
  return until !== null && until < day ? until : day;
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** A post runs once at a place: where both run without an end, the keeper's goes on. */
export function planRoles(keeper: readonly Post[], duplicate: readonly Post[], now: number): RolePlan {
  const plan: RolePlan = { moved: [], ended: [] };
  for (const post of duplicate) {
    const same = keeper.find(
      ({ role, place, validTo }) => role === post.role && place === post.place && validTo === null,
    );
    if (post.validTo !== null || !same) plan.moved.push(post.id);
    // Not before the keeper's begins: nobody is without a post for a while that one of the two had.
    else plan.ended.push({ id: post.id, validTo: Math.max(now, same.validFrom, post.validFrom) });
  }
  return plan;
}

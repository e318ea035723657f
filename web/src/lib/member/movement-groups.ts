import { m } from '$lib/paraglide/messages.js';

/** What people look for in their statement; the API knows which kinds of transactions each means. */
export const movementGroups = ['got', 'used', 'back', 'ended'] as const;
type MovementGroup = (typeof movementGroups)[number];

const names: Record<MovementGroup, () => string> = {
  got: m.me_find_got,
  used: m.me_find_used,
  back: m.me_find_back,
  ended: m.me_find_ended,
};

export function groupName(group: MovementGroup): string {
  return names[group]();
}

const shanghaiMs = 8 * 3_600_000;

/** The month in which it was booked, `2026-06`. */
function monthBooked({ bookedAt }: { bookedAt: string }): string {
  return new Date(Date.parse(bookedAt) + shanghaiMs).toISOString().slice(0, 7);
}

/** Movements as they come, under the month of each. */
export function byMonth<Movement extends { bookedAt: string }>(
  movements: readonly Movement[],
): { month: string; movements: Movement[] }[] {
  const groups: { month: string; movements: Movement[] }[] = [];
  for (const movement of movements) {
    const month = monthBooked(movement);
    const last = groups.at(-1);
    if (last?.month === month) last.movements.push(movement);
    else groups.push({ month, movements: [movement] });
  }
  return groups;
}

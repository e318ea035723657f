/**
 * A later list that finds something else about an offset puts a new break in the place of the one before. Protects: whoever
 * sees to it, the month that it was carried to, and since when it is open go on with it; its thread names the one before,
 * and is read on from there. What was asked for was about the other difference, and is asked for anew.
 */
import type { Engine } from '../../db/index.ts';
import type { BreakRow } from '../resolve-break.ts';

export type Before = Pick<BreakRow, 'id' | 'owner' | 'carriedTo' | 'createdAt'>;

/** What a break takes over from those in whose place it is, the oldest first; `now` where there are none. */
export function takenOver(before: readonly Before[], now: number): Omit<Before, 'id'> {
  return {
    owner: before.find(({ owner }) => owner !== null)?.owner ?? null,
    carriedTo:
      before
        .flatMap(({ carriedTo }) => carriedTo ?? [])
        .sort()
        .at(-1) ?? null,
    createdAt: Math.min(now, ...before.map(({ createdAt }) => createdAt)),
  };
}

/** The lines of its thread that name them. */
export function followLines(
  of: { breakId: string; before: readonly Before[]; now: number },
  ids: () => string,
): Engine['tables']['breakEvents']['$inferInsert'][] {
  const { breakId, before, now } = of;
  return before.map(({ id }) => ({
    ...{ id: ids(), version: 1, breakId, kind: 'follows' as const, actor: 'system', comment: '' },
    ...{ subject: id, createdAt: now },
  }));
}

import { m } from '$lib/paraglide/messages.js';
import type { Break } from './break.ts';

const words: Partial<Record<Break['undo'], () => string>> = {
  'moved-points': m.breaks_no_undo_moved,
  'somebody-else': m.breaks_no_undo_somebody,
  'another-day': m.breaks_no_undo_day,
  'by-list': m.breaks_no_undo_list,
  'month-closed': m.breaks_no_undo_month,
  'offset-moved': m.breaks_no_undo_offset,
};

/** Why what was done about a break stays; '' where nothing was done, a list did it, or its write-off is taken back otherwise. */
export function noUndoWords({
  undo,
  state,
  carriedTo,
  settledBy,
  reversal,
}: Pick<Break, 'undo' | 'state' | 'carriedTo' | 'settledBy' | 'reversal'>): string {
  if (settledBy || reversal) return '';
  const wasDone = state === 'resolved' || carriedTo !== undefined;
  return wasDone ? (words[undo]?.() ?? '') : '';
}

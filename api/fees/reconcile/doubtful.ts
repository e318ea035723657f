/**
 * Rows without a number that fit an offset in everything, and might all the same be the mistyped row of another one that
 * has none: then it is not for a machine to say which of the two was posted. Pure.
 */
import { Lists } from './lists.ts';
import type { Pair } from './pair-by-score.ts';
import { sameItem, type OurOffset, type PostedRow } from './reconciliation.ts';
import { likenessKeys, scoreOf } from './score.ts';

/** `open`: offsets that nothing was found for. Of each doubtful row those that it might be of. */
export function doubtful(pairs: readonly Pair[], open: readonly OurOffset[]): Map<PostedRow, OurOffset[]> {
  const waiting = new Lists<string, OurOffset>();
  for (const offset of open) {
    const { house, period, valueFen } = offset;
    waiting.add(`h|${house}`, offset);
    for (const key of likenessKeys(house)) waiting.add(`${key}|${period}|${valueFen}`, offset);
  }
  const rivals = new Map<PostedRow, OurOffset[]>();
  for (const { offset: found, row } of pairs) {
    const others = new Set(waiting.get(`h|${row.house}`));
    for (const key of likenessKeys(row.house)) {
      for (const each of waiting.get(`${key}|${row.period}|${row.amountFen}`)) others.add(each);
    }
    const possible = [...others].filter((each) => each !== found && mightBe(each, row));
    if (possible.length > 0) rivals.set(row, possible);
  }
  return rivals;
}

/**
 * Firms write back the day of an offset or of its hand-over. To doubt, either will do. An item is chosen and not typed: a
 * row that names its own is not the mistyped one of another.
 */
function mightBe(offset: OurOffset, row: PostedRow): boolean {
  if (!sameItem(offset, row)) return false;
  return scoreOf(offset, row, true, [offset.offsetOn, offset.exportedOn]) !== undefined;
}

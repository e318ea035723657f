/**
 * Protects: what is found without our number is booked by a machine only where the row says that it is about points, names
 * no other voucher, and fits in everything. A firm numbers over all of its estates: another number in our format is most
 * likely another estate's offset on a house of the same name. Pure.
 */
import { Lists } from './lists.ts';
import type { Pair } from './pair-by-score.ts';
import { differencesOf, type OurOffset } from './reconciliation.ts';
import type { OffsetsByNumber } from './under-numbers.ts';

/** As the list's reader writes every number that it knows for one (`files/offset-number.ts`). */
const IN_OUR_FORMAT = /^[A-Z]{2}-\d{4}-[B-HJ-NP-Z]?\d{4,6}$/;

/**
 * Of pairs that were found by score those that a person has to confirm. An offset of the same house, month and value that
 * has no row of its own may be meant as well: whoever left the number out may have taken the wrong item too.
 */
export function unsurePairs(pairs: readonly Pair[], { ours, byNumber }: Compared): ReadonlySet<Pair> {
  const unsure = new Set(pairs.filter((pair) => isUnsure(pair, ours)));
  const exact = pairs.filter((pair) => !unsure.has(pair) && isExact(pair));
  // Of a whole district few houses have such a pair.
  const houses = new Set(exact.map(({ offset }) => offset.house));
  const settled = new Set(exact.map(({ offset }) => offset));
  for (const pair of byNumber) if (houses.has(pair.offset.house) && isExact(pair)) settled.add(pair.offset);
  const open = new Lists<string, OurOffset>();
  for (const offset of ours.offsets)
    if (houses.has(offset.house) && !settled.has(offset)) open.add(lineOf(offset), offset);
  for (const pair of exact) if (open.get(lineOf(pair.offset)).length > 0) unsure.add(pair);
  return unsure;
}

type Compared = { ours: OffsetsByNumber; byNumber: readonly Pair[] };

/** What is returned may name no amount. */
function isExact({ offset, row }: Pair): boolean {
  const isBare = row.state === 'returned' && row.amountFen === 0;
  return differencesOf(offset, row).every((kind) => isBare && kind === 'amount');
}

function lineOf({ house, period, valueFen }: OurOffset): string {
  return `${house}|${period}|${valueFen}`;
}

/** Of a pair that was found by score. What is a break anyhow is for a person, who sees how it was found. */
function isUnsure(pair: Pair, ours: Pick<OffsetsByNumber, 'get'>): boolean {
  const { offset, row } = pair;
  const differences = differencesOf(offset, row);
  // Points go back for a returned row at once, so that all of it has to fit.
  if (row.state === 'returned' && differences.length > 0) return true;
  if (row.offsetNumber === offset.number || differences.some((kind) => kind !== 'late')) return false;
  return row.isUnsaid === true || (row.state === 'returned' && isForeign(pair, ours));
}

/**
 * Whether the row names a voucher that is none of the offsets compared. One of ours on another house is a slip of the pen:
 * it was left over because that offset has its row.
 */
export function isForeign({ row }: Pair, ours: Pick<OffsetsByNumber, 'get'>): boolean {
  return !ours.get(row.offsetNumber) && IN_OUR_FORMAT.test(row.offsetNumber);
}

/**
 * Protects: what is found without our number is booked by a machine only where the row says that it is about points, names
 * no other voucher, and fits in everything. A firm numbers over all of its estates: another number in our format is most
 * likely another estate's offset on a house of the same name. Pure.
 */
import type { Pair } from './pair-by-score.ts';
import { differencesOf } from './reconciliation.ts';
import type { OffsetsByNumber } from './under-numbers.ts';

/** As the list's reader writes every number that it knows for one (`files/offset-number.ts`). */
const IN_OUR_FORMAT = /^[A-Z]{2}-\d{4}-[B-HJ-NP-Z]?\d{4,6}$/;

/** Of a pair that was found by score. What is a break anyhow is for a person, who sees how it was found. */
export function isUnsure(pair: Pair, ours: Pick<OffsetsByNumber, 'get'>): boolean {
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

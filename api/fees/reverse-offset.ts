/**
 * 冲回: an offset that the firm had posted, and takes back, is reversed by its own entries: the points return under their own
 * dates, the funds owe it no more, its bill and its cap are free for a new offset. The document keeps its number.
 */
import { offsetUnique } from './confirm-offset.ts';
import { offsetPartKey, type OffsetPart } from './offset-parts.ts';
import type { Offset } from './offsets.ts';
import { offsetCapKey } from './rules/offset.ts';

/** The parts of a unit that take a posted offset back: from each member's own transaction. */
export function reversing(offset: Offset, parts: readonly OffsetPart[]) {
  const settled = parts.length === 0 ? [offset] : parts;
  const of = settled.map(({ settledTransaction }) => {
    if (settledTransaction === null) throw new Error(`offset ${offset.id} is posted by no transaction`);
    return settledTransaction;
  });
  return {
    place: offset.estate,
    commands: of.map((transaction) => ({ do: 'refund' as const, of: transaction })),
    tallies: [
      {
        key: offsetCapKey(offset.house, offset.period, offset.householdSince),
        ...{ add: -offset.valueFen, min: 0 },
      },
      ...parts.map(({ hold, valueFen }) => ({
        ...{ key: offsetPartKey(offset.member, hold), add: -valueFen, min: 0 },
      })),
    ],
    uniques: [{ key: offsetUnique(offset.bill), release: true }],
    rows: [
      {
        ...{ update: 'offsets', id: offset.id, version: offset.version },
        set: { state: 'reversed', reversed_transaction: { planned: 'transaction' as const } },
      },
      ...parts.map(({ id, version }, nth) => ({
        ...{ update: 'offset_parts', id, version },
        set: { reversed_transaction: { planned: 'transaction' as const, nth } },
      })),
    ],
  };
}

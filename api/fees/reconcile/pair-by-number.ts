/**
 * The first pass: the voucher's number. A number may be typed wrong or used twice, so a row that agrees with its
 * offset in neither house nor amount is left for the second pass before it is believed, and so is one that fits in
 * everything an offset which has no such row.
 */
import {
  agrees,
  differencesOf,
  sameHouse,
  sameItem,
  type Match,
  type OurOffset,
  type PostedRow,
} from './reconciliation.ts';
import { UnderNumbers, type OffsetsByNumber } from './under-numbers.ts';
import { areAlike } from './score.ts';

export type NumberPairing = {
  /** Of a row that was returned in part (`back`) the amount is what is left of it. */
  pairs: Match[];
  /** Posted again under a number that is posted already. */
  duplicates: { offset: OurOffset; row: PostedRow }[];
  /** Several rows under one number, and none fits better than another: a person must choose. */
  unclear: { offset: OurOffset; rows: PostedRow[] }[];
  returned: { offset: OurOffset; row: PostedRow }[];
  /** The bill line was paid in money under our number. */
  paidFirst: { offset: OurOffset; row: PostedRow }[];
  offsetsLeft: OurOffset[];
  /** Posted or returned rows for the second pass. */
  rowsLeft: PostedRow[];
  /** Rows whose amount is no points posted: returned again, a part returned, or money for the whole bill. */
  setAside: PostedRow[];
};

export function pairByNumber(ours: OffsetsByNumber, rows: readonly PostedRow[]): NumberPairing {
  const result: NumberPairing = {
    pairs: [],
    duplicates: [],
    unclear: [],
    returned: [],
    paidFirst: [],
    offsetsLeft: [],
    rowsLeft: [],
    setAside: [],
  };
  const under = new UnderNumbers(ours, rows);
  for (const row of under.nobodys) if (row.state !== 'paid-otherwise') result.rowsLeft.push(row);
  const isAnothers = anothers(ours.offsets, under);
  for (const [at, offset] of ours.offsets.entries()) {
    const only = under.onlyRowOf(at);
    if (only?.state === 'posted' && sameHouse(offset, only)) {
      pairOrSetAside(offset, only, result);
      continue;
    }
    const group: PostedRow[] = [];
    for (const row of under.rowsOf(at)) {
      // Points go back at once for a row that returns them, so that its number alone does not do.
      const fits =
        row.state === 'paid-otherwise' ||
        sameHouse(offset, row) ||
        (row.state === 'posted' && row.amountFen === offset.valueFen && !isAnothers(offset, row));
      (fits ? group : result.rowsLeft).push(row);
    }
    pairGroup(offset, group, result);
  }
  return result;
}

/** Whether a row under an offset's number is, but for the number, the row that another offset lacks. */
function anothers(offsets: readonly OurOffset[], under: UnderNumbers) {
  const lacking = new Set<string>();
  for (const [at, offset] of offsets.entries()) {
    const only = under.onlyRowOf(at);
    if (only ? agrees(offset, only) : under.rowsOf(at).some((row) => agrees(offset, row))) continue;
    lacking.add(`${offset.house}|${offset.period}|${offset.valueFen}`);
  }
  return (offset: OurOffset, row: PostedRow): boolean =>
    row.house !== offset.house &&
    lacking.has(`${row.house}|${row.period}|${row.amountFen}`) &&
    !areAlike(row.house, offset.house);
}

function pairGroup(offset: OurOffset, group: readonly PostedRow[], result: NumberPairing): void {
  const { standing, cancelled, returned, parts, payments } = sortOut(group);
  const received = payments.reduce((sum, { amountFen }) => sum + amountFen, 0);
  for (const row of cancelled) result.setAside.push(row);
  const [best, ...others] = bestFirst(offset, standing);
  const leftFen = best && others.length === 0 ? leftOf(best, parts) : undefined;
  if (best && leftFen !== undefined) {
    result.pairs.push({ offset, row: { ...best, amountFen: leftFen }, back: [...parts], by: 'number' });
    for (const row of parts) result.setAside.push(row);
  } else if (best) {
    const rival = others.find((row) => fit(offset, row) === fit(offset, best) && !isSame(row, best));
    if (rival || returned.length > cancelled.length) {
      result.unclear.push({ offset, rows: [best, ...others, ...returned] });
      return;
    }
    pairOrSetAside(offset, best, result);
    for (const row of others) {
      if (sameHouse(offset, row)) result.duplicates.push({ offset, row });
      else result.rowsLeft.push(row);
    }
  } else if (returned[0]) result.returned.push({ offset, row: returned[0] });
  else if (payments[0] && received > 0) result.paidFirst.push({ offset, row: payments[0] });
  else result.offsetsLeft.push(offset);
}

function pairOrSetAside(offset: OurOffset, row: PostedRow, result: NumberPairing): void {
  if (isWholeBill(offset, row)) {
    result.paidFirst.push({ offset, row });
    result.setAside.push(row);
  } else result.pairs.push({ offset, row, by: 'number' });
}

type Sorted = Record<'standing' | 'cancelled' | 'returned' | 'parts' | 'payments', readonly PostedRow[]>;

/** A returned row takes back one posted row of its amount, the first of them. */
function sortOut(group: readonly PostedRow[]): Sorted {
  const payments = byRow(group.filter((row) => row.state === 'paid-otherwise')).sort(
    (a, b) => Number(a.amountFen < 0) - Number(b.amountFen < 0),
  );
  const returned = byRow(group.filter((row) => row.state === 'returned'));
  const takenBack = new Map<number, number>();
  for (const { amountFen } of returned) takenBack.set(amountFen, (takenBack.get(amountFen) ?? 0) + 1);
  const standing: PostedRow[] = [];
  const cancelled: PostedRow[] = [];
  for (const row of byRow(group.filter((each) => each.state === 'posted'))) {
    const open = takenBack.get(row.amountFen) ?? 0;
    if (open > 0) takenBack.set(row.amountFen, open - 1);
    (open > 0 ? cancelled : standing).push(row);
  }
  const parts = returned.filter(({ amountFen }) => {
    const open = takenBack.get(amountFen) ?? 0;
    takenBack.set(amountFen, open - 1);
    return open > 0;
  });
  return { standing, cancelled, returned, parts, payments };
}

/** What rows leave of a posted one that they take back in part; undefined where they do not. */
function leftOf({ amountFen }: PostedRow, parts: readonly PostedRow[]): number | undefined {
  const leftFen = parts.reduce((fen, part) => fen - part.amountFen, amountFen);
  const isPart = parts.length > 0 && leftFen > 0 && parts.every((part) => part.amountFen > 0);
  return isPart ? leftFen : undefined;
}

/** The whole bill received under our number is money, whatever its column says: the offset found no room. */
function isWholeBill(offset: OurOffset, row: PostedRow): boolean {
  return (
    row.amountFen === offset.bill.amountFen && row.amountFen !== offset.valueFen && sameHouse(offset, row)
  );
}

function byRow(rows: readonly PostedRow[]): PostedRow[] {
  return [...rows].sort((a, b) => a.rowNumber - b.rowNumber);
}

function bestFirst(offset: OurOffset, rows: readonly PostedRow[]): readonly PostedRow[] {
  if (rows.length < 2) return rows;
  return [...rows].sort((a, b) => fit(offset, a) - fit(offset, b) || a.rowNumber - b.rowNumber);
}

/** The number of differences: the fewer the better. */
function fit(offset: OurOffset, row: PostedRow): number {
  return differencesOf(offset, row).length;
}

/** Rows that say the same: whichever is taken, the other is the duplicate. */
function isSame(one: PostedRow, other: PostedRow): boolean {
  const isLine = one.house === other.house && one.period === other.period && sameItem(one, other);
  return isLine && one.amountFen === other.amountFen;
}

/**
 * The first pass: the voucher's number. A number may be typed wrong or used twice, so a row that agrees with its
 * offset in neither house nor amount is left for the second pass before it is believed, and so is one that fits in
 * everything an offset which has no such row.
 */
import { differencesOf, sameHouse, sameItem, type OurOffset, type PostedRow } from './reconciliation.ts';
import { areAlike } from './score.ts';

export type NumberPairing = {
  /** Of a row that was returned in part (`back`) the amount is what is left of it. */
  pairs: { offset: OurOffset; row: PostedRow; back?: PostedRow[] }[];
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

export function pairByNumber(offsets: readonly OurOffset[], rows: readonly PostedRow[]): NumberPairing {
  const ours = offsetsByNumber(offsets);
  const groups = new Map<string, PostedRow[]>();
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
  for (const row of rows) {
    if (!ours.has(row.offsetNumber)) {
      if (row.state !== 'paid-otherwise') result.rowsLeft.push(row);
      continue;
    }
    const group = groups.get(row.offsetNumber);
    if (group) group.push(row);
    else groups.set(row.offsetNumber, [row]);
  }
  const isAnothers = anothers(offsets, groups);
  for (const offset of offsets) {
    const group: PostedRow[] = [];
    for (const row of groups.get(offset.number) ?? []) {
      // Points go back at once for a row that returns them, so that its number alone does not do.
      const isLike = row.state === 'posted' && row.amountFen === offset.valueFen && !isAnothers(offset, row);
      const fits = row.state === 'paid-otherwise' || sameHouse(offset, row) || isLike;
      (fits ? group : result.rowsLeft).push(row);
    }
    pairGroup(offset, group, result);
  }
  return result;
}

export function offsetsByNumber(offsets: readonly OurOffset[]): ReadonlyMap<string, OurOffset> {
  const ours = new Map(offsets.map((offset) => [offset.number, offset]));
  if (ours.size !== offsets.length) throw new RangeError('two offsets carry the same number');
  return ours;
}

/** Whether a row under an offset's number is, but for the number, the row that another offset lacks. */
function anothers(offsets: readonly OurOffset[], groups: ReadonlyMap<string, readonly PostedRow[]>) {
  const lacking = new Set<string>();
  for (const offset of offsets) {
    const own = groups.get(offset.number) ?? [];
    if (own.some((row) => fit(offset, row) === 0)) continue;
    lacking.add(`${offset.house}|${offset.period}|${offset.valueFen}`);
  }
  return (offset: OurOffset, row: PostedRow): boolean =>
    row.house !== offset.house &&
    lacking.has(`${row.house}|${row.period}|${row.amountFen}`) &&
    !areAlike(row.house, offset.house);
}

function pairGroup(offset: OurOffset, group: readonly PostedRow[], result: NumberPairing): void {
  const { standing, cancelled, returned, parts, payments } = sortOut(group);
  for (const row of cancelled) result.setAside.push(row);
  const [best, ...others] = bestFirst(offset, standing);
  const leftFen = best && others.length === 0 ? leftOf(best, parts) : undefined;
  if (best && leftFen !== undefined) {
    result.pairs.push({ offset, row: { ...best, amountFen: leftFen }, back: parts });
    for (const row of parts) result.setAside.push(row);
  } else if (best) {
    const rival = others.find((row) => fit(offset, row) === fit(offset, best) && !isSame(row, best));
    if (rival || returned.length > cancelled.length) {
      result.unclear.push({ offset, rows: [best, ...others, ...returned] });
      return;
    }
    if (isWholeBill(offset, best)) {
      result.paidFirst.push({ offset, row: best });
      result.setAside.push(best);
    } else result.pairs.push({ offset, row: best });
    for (const row of others) {
      if (sameHouse(offset, row)) result.duplicates.push({ offset, row });
      else result.rowsLeft.push(row);
    }
  } else if (returned[0]) result.returned.push({ offset, row: returned[0] });
  else if (payments[0]) result.paidFirst.push({ offset, row: payments[0] });
  else result.offsetsLeft.push(offset);
}

/** A returned row takes back one posted row of its amount, the first of them. */
function sortOut(group: readonly PostedRow[]) {
  const payments = byRow(group.filter((row) => row.state === 'paid-otherwise'));
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

function bestFirst(offset: OurOffset, rows: readonly PostedRow[]): PostedRow[] {
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

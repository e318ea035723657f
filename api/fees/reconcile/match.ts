/**
 * Our offsets against the firm's posted list: by number, then by score, then what is left is named and explained.
 *
 * Protects: every offset ends in exactly one match or break or is not yet due, and every posted row that the list does
 * not take back itself ends in one match or break; the breaks add up to the difference of the totals; the order of the
 * lists changes nothing.
 */
import * as breaks from './breaks.ts';
import { Lists } from './lists.ts';
import { withZeros } from './lost-zeros.ts';
import { onlyBefore, paymentsIn, type Received } from './payments.ts';
import { pairByNumber } from './pair-by-number.ts';
import { pairByScore } from './pair-by-score.ts';
import { isForeign, unsurePairs } from './unsure.ts';
import { sayTheSame } from './say-the-same.ts';
import { OffsetsByNumber } from './under-numbers.ts';
import type { Day } from '../../programme/rules/index.ts';
import {
  lastDayOf,
  postableFrom,
  sameItem,
  samePeriod,
  type Break,
  type Match,
  type OurOffset,
  type PostedRow,
  type Reconciliation,
} from './reconciliation.ts';

export type Beside = {
  /** Where the list that is compared is not the whole of it. */
  drawnUpOn?: Day | null;
  /** All of the estate, which has more than are offset. */
  houses?: ReadonlySet<string>;
  /** Money that earlier lists had for bills, and that this one need not have again. */
  paidBefore?: readonly PostedRow[];
};

export function reconcile(
  offsets: readonly OurOffset[],
  list: readonly PostedRow[],
  { drawnUpOn = lastDayOf(list), houses, paidBefore = [] }: Beside = {},
): Reconciliation {
  const read = withZeros(offsets, list, houses).map((row) => withoutDayAhead(row, drawnUpOn));
  const rows = read.filter(({ state }) => state !== 'waiting');
  const ours = new OffsetsByNumber(offsets);
  const numbered = pairByNumber(ours, rows);
  const scored = pairByScore(numbered.offsetsLeft, numbered.rowsLeft);
  const byNumber = numbered.pairs.concat(numbered.returned.map((pair) => ({ ...pair, by: 'number' })));
  const unsure = unsurePairs(scored.pairs, { ours, byNumber });
  const paired = numbered.pairs;
  for (const pair of scored.pairs) if (!unsure.has(pair)) paired.push({ ...pair, by: 'score' });
  const settled = new Set<OurOffset | PostedRow>([...scored.tiedOffsets.keys(), ...scored.tiedRows.keys()]);
  for (const { offset, row } of scored.pairs) settled.add(offset).add(row);
  const offsetsLeft = numbered.offsetsLeft.filter((offset) => !settled.has(offset));
  const same = sayTheSame(
    paired,
    numbered.rowsLeft.filter((row) => !settled.has(row)),
    ours,
  );
  const { pairs } = same;
  const found: Break[] = [
    ...numbered.duplicates.concat(same.duplicates).map(({ offset, row }) => breaks.duplicate(offset, row)),
    ...numbered.unclear.concat(same.unclear).map((each) => breaks.unclear(each.offset, each.rows)),
    ...numbered.returned.map(({ offset, row }) => breaks.returned(offset, row)),
    ...numbered.paidFirst.map(({ offset, row }) => breaks.paidFirst(offset, [row], row.amountFen)),
    ...[...scored.tiedOffsets].map(([offset, candidates]) => breaks.missingThere(offset, candidates)),
    ...[...scored.tiedRows].map(([row, candidates]) => breaks.missingHere(row, candidates)),
    ...[...unsure].flatMap(({ offset, row }) => [
      breaks.missingThere(offset, [row]),
      breaks.missingHere(row, [offset]),
    ]),
  ];

  const last = believeNumbers(ours, new Set(offsetsLeft), same.rowsLeft);
  // One by one: a spread of a whole district's rows does not fit on the stack.
  for (const pair of last.pairs) pairs.push(pair);
  for (const each of last.breaks) found.push(each);
  const received = paymentsIn([...rows, ...onlyBefore(paidBefore, rows)]);
  const waits = waitingFor(read, ours);
  const notYetDue: OurOffset[] = [];
  for (const offset of offsetsLeft) {
    if (last.settled.has(offset)) continue;
    const wrong = leftOver(offset, { received: received(offset), drawnUpOn, isWaiting: waits(offset) });
    if (wrong) found.push(wrong);
    else notYetDue.push(offset);
  }

  const matches: Match[] = [];
  for (const pair of pairs) {
    const difference = breaks.pairBreak(pair, {
      receivedFen: received(pair.offset).fen,
      isForeign: pair.by === 'score' && isForeign(pair, ours),
    });
    if (difference) found.push(difference);
    else matches.push(pair);
  }
  return {
    matches: matches.sort((a, b) => compare(a.offset.number, b.offset.number)),
    breaks: found.sort(inOrder),
    notYetDue: notYetDue.sort((a, b) => compare(a.number, b.number)),
    drawnUpOn,
    totals: totalsOf({ offsets, notYetDue, rows, setAside: numbered.setAside, matches }),
  };
}

/** A day after the list was drawn up is mistyped, and says nothing. */
function withoutDayAhead(row: PostedRow, drawnUpOn: Day | null): PostedRow {
  const isAhead = drawnUpOn !== null && row.postedOn !== null && row.postedOn > drawnUpOn;
  return isAhead ? { ...row, postedOn: null } : row;
}

/** Rows that fit nothing better are believed to mean the offset whose number they carry, wrong as the rest may be. */
function believeNumbers(ours: OffsetsByNumber, open: ReadonlySet<OurOffset>, rows: readonly PostedRow[]) {
  const claims = new Map<OurOffset, PostedRow[]>();
  const result = { pairs: [] as Match[], breaks: [] as Break[], settled: new Set<OurOffset>() };
  for (const row of [...rows].sort((a, b) => a.rowNumber - b.rowNumber)) {
    const offset = ours.get(row.offsetNumber);
    if (!offset) result.breaks.push(breaks.missingHere(row));
    else if (!open.has(offset)) result.breaks.push(breaks.duplicate(offset, row));
    else {
      const claiming = claims.get(offset);
      if (claiming) claiming.push(row);
      else claims.set(offset, [row]);
    }
  }
  for (const [offset, claiming] of claims) {
    const [row, ...others] = claiming;
    if (row && others.length === 0) result.pairs.push({ offset, row, by: 'number' });
    else result.breaks.push(breaks.unclear(offset, claiming));
    result.settled.add(offset);
  }
  return result;
}

/** Why the firm has not posted an offset, as far as the bills and its list tell; undefined while it is not yet due. */
function leftOver(
  offset: OurOffset,
  { received, drawnUpOn, isWaiting }: { received: Received; drawnUpOn: Day | null; isWaiting: boolean },
): Break | undefined {
  // What the list has of it is in the bills as well, or will be.
  const fen = Math.max(received.fen, offset.bill.paidFen ?? 0);
  if (fen > 0 && fen > offset.bill.amountFen - offset.valueFen)
    return breaks.paidFirst(offset, received.fen > 0 ? received.rows : [], fen);
  if (offset.bill.issue > offset.billIssue) return breaks.reissued(offset);
  if (isWaiting && !offset.bill.cancelled) return undefined;
  const isEarly =
    drawnUpOn !== null && (offset.exportedOn > drawnUpOn || postableFrom(offset) > drawnUpOn.slice(0, 7));
  return isEarly && !offset.bill.cancelled ? undefined : breaks.missingThere(offset);
}

/** Whether a row says that the firm has not decided about an offset: by its number, or else by its line and value. */
function waitingFor(rows: readonly PostedRow[], ours: OffsetsByNumber) {
  const numbers = new Set<string>();
  const lines = new Lists<string, PostedRow>();
  for (const row of rows) {
    if (row.state !== 'waiting') continue;
    numbers.add(row.offsetNumber);
    if (row.house !== '' && !ours.get(row.offsetNumber)) lines.add(`${row.house}|${row.amountFen}`, row);
  }
  return (offset: OurOffset): boolean =>
    numbers.has(offset.number) ||
    lines
      .get(`${offset.house}|${offset.valueFen}`)
      .some((row) => samePeriod(offset, row) && sameItem(offset, row));
}

type Compared = {
  offsets: readonly OurOffset[];
  notYetDue: readonly OurOffset[];
  rows: readonly PostedRow[];
  setAside: readonly PostedRow[];
  matches: readonly Match[];
};

function totalsOf(compared: Compared): Reconciliation['totals'] {
  const { offsets, notYetDue, rows, setAside, matches } = compared;
  const amount = ({ amountFen }: PostedRow): number => amountFen;
  const value = ({ valueFen }: OurOffset): number => valueFen;
  const posted = sum(rows, (row) => (row.state === 'posted' ? row.amountFen : 0));
  const theirsFen = posted - sum(setAside, amount);
  const oursFen = sum(offsets, value) - sum(notYetDue, value);
  const matchedFen = sum(matches, ({ row }) => row.amountFen);
  return { oursFen, theirsFen, matchedFen, differenceFen: theirsFen - oursFen };
}

function sum<Of>(all: readonly Of[], amountOf: (one: Of) => number): number {
  let total = 0;
  for (const one of all) total += amountOf(one);
  return total;
}

/** Breaks with a number first, in its order; then the rows that have none, as the list has them. */
function inOrder(a: Break, b: Break): number {
  if (!a.offset !== !b.offset) return a.offset ? -1 : 1;
  const byNumber = compare(a.offset?.number ?? '', b.offset?.number ?? '');
  return byNumber || (a.rows[0]?.rowNumber ?? 0) - (b.rows[0]?.rowNumber ?? 0) || compare(a.kind, b.kind);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

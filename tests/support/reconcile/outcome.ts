/** What a comparison found, without the things themselves, and how well that agrees with the key. */
import type { BreakKind, Reconciliation } from '../../../api/fees/reconcile/reconciliation.ts';
import type { ListKey } from './planted-list.ts';

/** Offsets by number, rows by their number in the file. */
export type Outcome = {
  matches: [offset: string, row: number][];
  breaks: { kinds: BreakKind[]; offset: string | null; rows: number[] }[];
  notYetDue: string[];
};

export function outcomeOf({ matches, breaks, notYetDue }: Reconciliation): Outcome {
  return {
    matches: matches.map(({ offset, row }) => [offset.number, row.rowNumber]),
    breaks: breaks.map(({ kind, also, offset, rows }) => ({
      kinds: [kind, ...also],
      offset: offset?.number ?? null,
      rows: rows.map(({ rowNumber }) => rowNumber),
    })),
    notYetDue: notYetDue.map(({ number }) => number),
  };
}

/** Counts, so that estates add up. */
export type Score = {
  /** What a machine books by itself, matches and returns, and how much of it is true with nothing wrong about it. */
  acted: number;
  right: number;
  /**
   * Offsets that the list has a row of, however spoilt, ties included; and those that were joined with one of their own:
   * by a match where nothing is wrong, else by a break that names both.
   */
  pairs: number;
  found: number;
  planted: number;
  typed: number;
  /** Each in a few words, the first of them. */
  faults: string[];
};

export const NOTHING: Score = { acted: 0, right: 0, pairs: 0, found: 0, planted: 0, typed: 0, faults: [] };
const FAULTS = 40;

export function add(one: Score, other: Score): Score {
  return {
    acted: one.acted + other.acted,
    right: one.right + other.right,
    pairs: one.pairs + other.pairs,
    found: one.found + other.found,
    planted: one.planted + other.planted,
    typed: one.typed + other.typed,
    faults: [...one.faults, ...other.faults].slice(0, FAULTS),
  };
}

export function scoreOf(outcome: Outcome, key: ListKey, firstRow: number): Score {
  const rowAt = (rowNumber: number) => key.rows[rowNumber - firstRow];
  const own = new Set(key.rows.flatMap(({ offset }) => offset ?? []));
  const isRight = new Set(key.rows.flatMap(({ offset, wrong }) => (wrong === null && offset) || []));
  const faults: string[] = [];
  const joined = new Set<string>();
  let [acted, right] = [0, 0];
  const act = (offset: string, row: number, wrong: readonly (BreakKind | null)[]): void => {
    acted += 1;
    const truth = rowAt(row);
    // Of a row that was posted twice either may be the one that counts.
    if (truth?.offset === offset && wrong.includes(truth.wrong)) right += 1;
    else
      faults.push(
        `${offset} acted on row ${row}, which is ${truth?.offset ?? 'nobody’s'} ${truth?.wrong ?? ''}`,
      );
  };
  for (const [offset, row] of outcome.matches) {
    act(offset, row, [null, 'duplicate']);
    if (rowAt(row)?.offset === offset) joined.add(offset);
  }
  const breaksOf = new Map<string, Outcome['breaks']>();
  for (const each of outcome.breaks) {
    const [row] = each.rows;
    for (const subject of [each.offset, ...each.rows.map(String)]) {
      if (subject !== null) breaksOf.set(subject, [...(breaksOf.get(subject) ?? []), each]);
    }
    if (each.offset === null || row === undefined) continue;
    if (each.kinds.includes('returned')) act(each.offset, row, ['returned']);
    // What is right but for its number is told with both.
    const isWrong = !isRight.has(each.offset) || each.kinds.includes('wrong-number');
    if (rowAt(row)?.offset === each.offset && isWrong) joined.add(each.offset);
  }
  let typed = 0;
  for (const { kind, offset, row } of key.planted) {
    const rowNumber = row === null ? undefined : row + firstRow;
    const about = breaksOf.get(offset ?? String(rowNumber)) ?? [];
    // Money without a number may be told by the line that it pays, and needs no row to be named.
    const isTold = about.some(
      ({ kinds, rows }) => kinds.includes(kind) && (rowNumber === undefined || rows.includes(rowNumber)),
    );
    if (isTold) typed += 1;
    else
      faults.push(
        `${kind} of ${offset ?? `row ${rowNumber}`} is told as ${about.map(({ kinds }) => kinds).join(' ') || 'nothing'}`,
      );
  }
  const [pairs, found] = [own.size, [...own].filter((offset) => joined.has(offset)).length];
  return { acted, right, pairs, found, planted: key.planted.length, typed, faults };
}

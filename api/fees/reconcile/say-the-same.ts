/**
 * Rows left over whose number is nobody's, or of an offset on another house, and that say in everything what the row of a
 * paired offset says: posted once more, or taken back. Pure.
 */
import { Lists } from './lists.ts';
import type { Pair } from './pair-by-score.ts';
import { differencesOf, sameItem, type Match, type OurOffset, type PostedRow } from './reconciliation.ts';

export type Repeated = {
  pairs: Match[];
  duplicates: Pair[];
  /** Posted, and returned by a row that may mean it: for a person to say. */
  unclear: { offset: OurOffset; rows: PostedRow[] }[];
  rowsLeft: PostedRow[];
};

export function sayTheSame(
  pairs: readonly Match[],
  rows: readonly PostedRow[],
  ours: ReadonlyMap<string, OurOffset>,
): Repeated {
  const wanted = new Set(rows.map(lineOf));
  const known = new Lists<string, Match>();
  for (const pair of pairs) {
    const line = lineOf(pair.row);
    const says = wanted.has(line) && pair.row.state === 'posted' && pair.row.house !== '';
    if (says && differencesOf(pair.offset, pair.row).length === 0) known.add(line, pair);
  }
  const takenBack = new Lists<Match, PostedRow>();
  const result: Repeated = { pairs: [], duplicates: [], unclear: [], rowsLeft: [] };
  for (const row of rows) {
    const isOurs = ours.get(row.offsetNumber)?.house === row.house;
    const same = isOurs ? [] : known.get(lineOf(row)).filter(({ offset }) => sameItem(offset, row));
    const [pair, other] = same;
    if (!pair || other) result.rowsLeft.push(row);
    else if (row.state === 'returned') takenBack.add(pair, row);
    else result.duplicates.push({ offset: pair.offset, row });
  }
  for (const pair of pairs) {
    const back = takenBack.get(pair);
    if (back.length === 0) result.pairs.push(pair);
    else {
      const several = [pair.row, ...back].sort((a, b) => a.rowNumber - b.rowNumber);
      result.unclear.push({ offset: pair.offset, rows: several });
    }
  }
  return result;
}

function lineOf({ house, period, amountFen }: PostedRow): string {
  return `${house}|${period}|${amountFen}`;
}

/**
 * Rows left over whose number is nobody's, or of an offset on another house, and that say in everything what the row of a
 * paired offset says: posted once more, or taken back. Pure.
 */
import { Lists } from './lists.ts';
import type { OffsetsByNumber } from './under-numbers.ts';
import type { Pair } from './pair-by-score.ts';
import { agrees, sameItem, type Match, type OurOffset, type PostedRow } from './reconciliation.ts';

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
  ours: Pick<OffsetsByNumber, 'get'>,
): Repeated {
  const wanted = new Set(rows.map(lineOf));
  // A line is a new text for each pair of a district; the house alone rules most of them out.
  const houses = new Set(rows.map(({ house }) => house).filter((house) => house !== ''));
  const known = new Lists<string, Match>();
  for (const pair of pairs) {
    if (!houses.has(pair.row.house) || pair.row.state !== 'posted') continue;
    const line = lineOf(pair.row);
    if (wanted.has(line) && agrees(pair.offset, pair.row)) known.add(line, pair);
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
      // The posted one first, wherever it stands: it is the one that may be accepted.
      const several = [...back].sort((a, b) => a.rowNumber - b.rowNumber);
      result.unclear.push({ offset: pair.offset, rows: [pair.row, ...several] });
    }
  }
  return result;
}

function lineOf({ house, period, amountFen }: PostedRow): string {
  return `${house}|${period}|${amountFen}`;
}

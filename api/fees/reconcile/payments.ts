/**
 * What a list says was received in money for the bill line of an offset: its cash and WeChat rows, less what was given back
 * of them. Pure.
 */
import { Lists } from './lists.ts';
import { samePeriod, sameItem, type OurOffset, type PostedRow } from './reconciliation.ts';

export type Received = {
  /** In the order of the list, what was given back last. */
  rows: readonly PostedRow[];
  fen: number;
};

const NOTHING: Received = { rows: [], fen: 0 };

export function paymentsIn(list: readonly PostedRow[]): (offset: OurOffset) => Received {
  const rows = list.filter(({ state }) => state === 'paid-otherwise');
  const byHouse = new Lists<string, PostedRow>();
  const byNumber = new Lists<string, PostedRow>();
  for (const row of rows) {
    if (row.house !== '') byHouse.add(row.house, row);
    if (row.offsetNumber !== '') byNumber.add(row.offsetNumber, row);
  }
  return (offset) => {
    const own = byNumber.get(offset.number);
    const ofHouse = byHouse.get(offset.house);
    if (own.length + ofHouse.length === 0) return NOTHING;
    const ofLine = ofHouse.filter(
      (row) => !own.includes(row) && samePeriod(offset, row) && sameItem(offset, row),
    );
    return receivedBy([...own, ...ofLine], offset);
  };
}

/** Of the payments of earlier lists those that this one does not have again. */
export function onlyBefore(earlier: readonly PostedRow[], rows: readonly PostedRow[]): PostedRow[] {
  if (earlier.length === 0) return [];
  const again = new Map<string, number>();
  for (const row of rows) again.set(contentOf(row), (again.get(contentOf(row)) ?? 0) + 1);
  return earlier.filter((row) => {
    const left = again.get(contentOf(row)) ?? 0;
    again.set(contentOf(row), left - 1);
    return left <= 0;
  });
}

function contentOf({ offsetNumber, house, item, period, amountFen, postedOn, state }: PostedRow): string {
  return JSON.stringify([offsetNumber, house, item, period, amountFen, postedOn, state]);
}

/**
 * Rows that name the line add up. One that names no item or no period may be of another line as well, so that of these no
 * two count together.
 */
function receivedBy(rows: readonly PostedRow[], offset: OurOffset): Received {
  const isNamed = ({ offsetNumber, item, period }: PostedRow) =>
    offsetNumber === offset.number || (item !== '' && period !== '');
  const named = rows.filter(isNamed).reduce((sum, { amountFen }) => sum + amountFen, 0);
  const unnamed = standing(rows.filter((row) => !isNamed(row)));
  const fen = Math.max(named, 0, ...unnamed.map(({ amountFen }) => amountFen));
  return {
    rows: [...rows].sort(
      (a, b) => Number(a.amountFen < 0) - Number(b.amountFen < 0) || a.rowNumber - b.rowNumber,
    ),
    fen,
  };
}

/** Without what was given back again in the same amount. */
function standing(rows: readonly PostedRow[]): PostedRow[] {
  const back = new Map<number, number>();
  for (const { amountFen } of rows) if (amountFen < 0) back.set(-amountFen, (back.get(-amountFen) ?? 0) + 1);
  return rows.filter(({ amountFen }) => {
    const open = back.get(amountFen) ?? 0;
    back.set(amountFen, open - 1);
    return amountFen > 0 && open <= 0;
  });
}

/**
 * 0501 and 501 are two houses, but a list kept in Excel as numbers has no 0501. Where no room of a list begins with a zero,
 * and dozens of them are houses of ours but for the zero, the whole column has lost its zeros. Pure.
 */
import { Lists } from './lists.ts';
import type { OurOffset, PostedRow } from './reconciliation.ts';

/** Fewer may be so many mistakes, and are named as what they are. */
const AT_LEAST = 12;

/**
 * The rows with the houses that they mean; the same rows where no zeros are lost. What is a house of the estate as it is
 * written (`roster`) may be meant so, offset or not.
 */
export function withZeros(
  offsets: readonly OurOffset[],
  rows: readonly PostedRow[],
  roster: ReadonlySet<string> = new Set(),
): readonly PostedRow[] {
  if (rows.some(({ house }) => BEGINS_WITH_ZERO.test(house))) return rows;
  const houses = new Set(offsets.map(({ house }) => house));
  const shortened = new Lists<string, string>();
  for (const house of houses) if (BEGINS_WITH_ZERO.test(house)) shortened.add(withoutZeros(house), house);
  let restored = 0;
  const read = rows.map((row) => {
    if (houses.has(row.house) || roster.has(row.house)) return row;
    const [house, other] = shortened.get(row.house);
    if (house === undefined || other !== undefined) return row;
    restored += 1;
    return { ...row, house };
  });
  return restored >= AT_LEAST ? read : rows;
}

/** Of the room, which is the last part. */
const BEGINS_WITH_ZERO = /(?:^|-)0+(?=[^-]+$)/;

function withoutZeros(house: string): string {
  const end = house.lastIndexOf('-') + 1;
  return house.slice(0, end) + house.slice(end).replace(/^0+(?=.)/, '');
}

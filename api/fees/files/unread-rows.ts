/** What rows that cannot be read name all the same: an estate, an offset, or else a house. */
import { houseCode } from '../../places/index.ts';
import type { RejectedRow, TableFile } from '../../platform/files/index.ts';
import { offsetNumbers } from './offset-number.ts';
import { estateOf, postedListReader, readHouse, type WrittenAs } from './posted-list.ts';

export type UnreadRow = {
  readonly rejected: RejectedRow;
  readonly estate: string;
  readonly numbers: readonly string[];
  /** As `3-2-0501`; '' where the row names none, or an offset. */
  readonly house: string;
};
export type UnreadRows = { readonly numbers: ReadonlySet<string>; readonly houses: ReadonlySet<string> };

export function unreadRows(table: TableFile, rejected: readonly RejectedRow[], as?: WrittenAs): UnreadRow[] {
  const reader = rejected.length === 0 ? undefined : postedListReader(table, as);
  return rejected.map((each) => {
    if (!reader) return { rejected: each, estate: '', numbers: [], house: '' };
    reader.turnTo(each.rowNumber - 1);
    const numbers = offsetNumbers(`${reader.text('number')} ${reader.text('remark')}`);
    const house = readHouse(reader, reader.text('room'), []);
    const isNamed = numbers.length > 0 || house === undefined;
    const estate = estateOf(reader, house);
    return { rejected: each, estate, numbers, house: isNamed ? '' : houseCode(house) };
  });
}

export function namedIn(rows: readonly UnreadRow[]): UnreadRows {
  const houses = rows.flatMap(({ house }) => (house === '' ? [] : [house]));
  return { numbers: new Set(rows.flatMap(({ numbers }) => numbers)), houses: new Set(houses) };
}

/**
 * A fund's month beside its funder's statement. Protects: nothing is guessed. A row is found by its number, or by being the
 * only one on either side that says the same; of several that do, a person says which.
 */
import { compareItems, type OurItem } from './compare-items.ts';
import { compareParties, type OurParty } from './compare-parties.ts';
import type { Compared, TheirRow } from './difference.ts';

export function compare(
  ours: { parties: readonly OurParty[]; items: readonly OurItem[] },
  theirs: readonly TheirRow[],
  of: {
    month: string;
    /** Numbers of ours that this month has not. */
    elsewhere: ReadonlySet<string>;
  },
): Compared {
  const found: Compared = { matched: 0, differences: [] };
  // In a list of documents, rows without a number are documents, too.
  const isList = theirs.some(({ number }) => number !== '');
  const isItem = ({ number, closing, opening, paid }: TheirRow) =>
    number !== '' || (closing === null && opening === null && paid === null && isList);
  compareItems(found, ours.items, theirs.filter(isItem), of);
  compareParties(
    found,
    ours.parties,
    theirs.filter((row) => !isItem(row)),
    of.month,
  );
  return found;
}

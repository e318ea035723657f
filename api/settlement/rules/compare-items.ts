/**
 * Rows of the funder's for single documents. Protects: a number means the document of the party that the row names; of
 * several that say the same a person says which.
 */
import { add, addOurs, isSameFen, signedFen, type Compared, type TheirRow } from './difference.ts';
import { grouped } from './grouped.ts';

/** `micro` and `points` are below zero for what was given back. */
export type OurItem = {
  number: string;
  redeemer: string;
  /** Whom the fund owes for it; '' where nothing is owed. */
  payee: string;
  points: number;
  micro: number;
};
type Of = { month: string; elsewhere: ReadonlySet<string> };

/** What the row says of its document: accepted, or below zero where it was given back. */
function fenIn({ accepted, reversed }: TheirRow): number {
  return (accepted ?? 0) - (reversed ?? 0);
}

export function compareItems(
  found: Compared,
  ours: readonly OurItem[],
  theirs: readonly TheirRow[],
  { month, elsewhere }: Of,
): void {
  if (theirs.length === 0) return;
  const byNumber = grouped(ours, (item) => keyOf(item.number, item.micro));
  const theirsBy = grouped(theirs, saysAll);
  const seen = new Set<OurItem>();
  const loose: TheirRow[] = [];
  const named = new Set<string>();
  for (const row of theirs) {
    const key = keyOf(row.number, fenIn(row));
    if (row.number === '') {
      loose.push(row);
      continue;
    }
    const meant = meantBy(row, byNumber.get(key) ?? []);
    const chosen = chosenOf(row, meant, { seen, said: theirsBy.get(saysAll(row))?.length ?? 0 });
    const again = `${key} ${row.party}`;
    if (meant.length === 0) missingHere(found, row, { isAgain: named.has(again), elsewhere });
    else if (chosen === 'duplicate')
      add(found, row, { kind: 'duplicate', field: 'accepted', theirs: fenIn(row) });
    else if (chosen === 'tie')
      add(found, row, { kind: 'missing-here', field: 'accepted', theirs: fenIn(row), tie: true });
    else {
      seen.add(chosen);
      compareItem(found, chosen, row, month);
    }
    named.add(again);
  }
  const left = ours.filter((item) => !seen.has(item));
  // Nobody owes anything for goods that the shop had from the fund.
  for (const item of pairLoose(found, left, loose, month))
    if (item.micro !== 0)
      addOurs(found, {
        ...{ kind: 'missing-there', party: item.redeemer, number: item.number },
        ours: signedFen(item.micro),
      });
}

const saysAll = (row: TheirRow) => `${row.number} ${row.party} ${fenIn(row)}`;

/** Whoever took the points may be named, or whom the fund pays for it. */
function isOf({ redeemer, payee }: OurItem, party: string): boolean {
  return party !== '' && (redeemer === party || payee === party);
}

/** Two estates number their offsets alike: whoever also says which party means that one's, and nobody else's. */
function meantBy({ party }: TheirRow, items: readonly OurItem[]): readonly OurItem[] {
  return party === '' ? items : items.filter((item) => isOf(item, party));
}

/** Of several of one number the one that says the same; of several of those all, where as many rows say it. */
function chosenOf(
  row: TheirRow,
  meant: readonly OurItem[],
  { seen, said }: { seen: ReadonlySet<OurItem>; said: number },
): OurItem | 'duplicate' | 'tie' {
  const unseen = meant.filter((item) => !seen.has(item));
  const [only] = unseen;
  if (!only) return 'duplicate';
  if (meant.length === 1) return only;
  const same = meant.filter(({ micro }) => isSameFen(micro, fenIn(row)));
  const next = same.find((item) => !seen.has(item));
  if (next && (same.length === 1 || same.length === said)) return next;
  return same.length > 0 && !next ? 'duplicate' : 'tie';
}

/** What was given back has the number of what it was given for. */
function keyOf(number: string, amount: number): string {
  return `${amount < 0 ? '-' : '+'}${number}`;
}

function compareItem(found: Compared, item: OurItem, row: TheirRow, month: string): void {
  const before = found.differences.length;
  const party = isOf(item, row.party) ? row.party : item.redeemer;
  const both = { ours: signedFen(item.micro), theirs: fenIn(row), party };
  if (row.period !== '' && row.period !== month)
    add(found, row, { kind: 'wrong-period', field: 'accepted', ...both });
  // Its number is found, and its words name nobody of the month.
  if (row.party === '' && row.partyText !== '')
    add(found, row, { kind: 'wrong-party', field: null, ...both });
  if (!isSameFen(item.micro, fenIn(row))) add(found, row, { kind: 'amount', field: 'accepted', ...both });
  if (row.points !== null && Math.abs(row.points) !== Math.abs(item.points))
    add(found, row, { kind: 'amount', field: 'points', party, ours: item.points, theirs: row.points });
  if (found.differences.length === before) found.matched += 1;
}

function missingHere(
  found: Compared,
  row: TheirRow,
  { isAgain, elsewhere }: { isAgain: boolean; elsewhere: ReadonlySet<string> },
): void {
  const theirs = fenIn(row);
  const kind = isAgain ? 'duplicate' : elsewhere.has(row.number) ? 'wrong-period' : 'missing-here';
  add(found, row, { kind, field: 'accepted', theirs });
}

/** Rows without a number: one of theirs and one of ours that say the same, and nobody else does. */
function pairLoose(
  found: Compared,
  ours: readonly OurItem[],
  theirs: readonly TheirRow[],
  month: string,
): OurItem[] {
  const saysTheirs = (row: TheirRow) => `${row.party} ${fenIn(row)}`;
  const there = grouped(theirs, saysTheirs);
  const here = grouped(
    ours.flatMap((item) =>
      [...new Set([item.redeemer, item.payee])].map((party) => ({
        item,
        key: `${party} ${signedFen(item.micro)}`,
      })),
    ),
    ({ key }) => key,
  );
  const paired = new Set<OurItem>();
  for (const row of theirs) {
    const candidates = row.party === '' ? [] : (here.get(saysTheirs(row)) ?? []);
    const [only, another] = candidates;
    if (only && !another && !paired.has(only.item) && there.get(saysTheirs(row))?.length === 1) {
      paired.add(only.item);
      compareItem(found, only.item, row, month);
    } else
      add(found, row, {
        ...{ kind: 'missing-here', field: 'accepted', theirs: fenIn(row) },
        tie: candidates.length > 0,
      });
  }
  return ours.filter((item) => !paired.has(item));
}

/**
 * A fund's month beside its funder's statement. Protects: nothing is guessed. A row is found by its number, or by being the
 * only one on either side that says the same; of several that do, a person says which.
 */
import { MICRO_PER_FEN } from '../../platform/money/index.ts';
import { grouped } from './grouped.ts';

export const DIFFERENCES = ['missing-there', 'missing-here', 'amount', 'wrong-period', 'duplicate'] as const;
export type DifferenceKind = (typeof DIFFERENCES)[number];
export const FIELDS = ['opening', 'points', 'accepted', 'reversed', 'paid', 'closing'] as const;
export type Field = (typeof FIELDS)[number];

/** A row of the funder's, as read: of one document where it has a number, else of a party's whole month. Null: not said. */
export type TheirRow = {
  rowNumber: number;
  /** Whom the row means; '' where its words name nobody of the month, or more than one. */
  party: string;
  partyText: string;
  number: string;
  /** 'YYYY-MM'; '' where the row does not say. */
  period: string;
} & Readonly<Record<Field, number | null>>;
/** Money in micro-yuan; undefined where the ledger has no such balance. */
export type OurParty = { party: string } & Readonly<Record<Field, number | undefined>>;
/** `micro` and `points` are below zero for what was given back. */
export type OurItem = { number: string; party: string; points: number; micro: number };

export type Difference = {
  kind: DifferenceKind;
  /** Of which figure; null where a whole row has no other. */
  field: Field | null;
  party: string;
  partyText: string;
  number: string;
  rowNumber: number | null;
  /** In fen, or in points where `field` is `points`. */
  ours: number | null;
  theirs: number | null;
  /** More than one row of ours says the same: a person says which is meant. */
  tie: boolean;
};
export type Compared = { matched: number; differences: Difference[] };

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
  const isItem = ({ number, closing, opening, paid }: TheirRow) =>
    number !== '' || (closing === null && opening === null && paid === null && isOneOf(theirs));
  compareItems(found, ours.items, theirs.filter(isItem), of);
  compareParties(
    found,
    ours.parties,
    theirs.filter((row) => !isItem(row)),
    of.month,
  );
  return found;
}

/** A list of documents: rows without a number in it are documents, too. */
function isOneOf(theirs: readonly TheirRow[]): boolean {
  return theirs.some(({ number }) => number !== '');
}

/** In fen; what is less than a fen stays with us until it is one. */
export function fenOf(micro: number): number {
  return Math.floor(micro / MICRO_PER_FEN);
}

/** Two amounts are the same where less than a fen lies between them: only fen are ever paid. */
function isSameFen(micro: number, fen: number): boolean {
  return Math.abs(fen * MICRO_PER_FEN - micro) < MICRO_PER_FEN;
}

/** What the row says of its document: accepted, or below zero where it was given back. */
function fenIn({ accepted, reversed }: TheirRow): number {
  return (accepted ?? 0) - (reversed ?? 0);
}

function compareItems(
  found: Compared,
  ours: readonly OurItem[],
  theirs: readonly TheirRow[],
  { month, elsewhere }: { month: string; elsewhere: ReadonlySet<string> },
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
    if (meant.length === 0) missingHere(found, row, { isAgain: named.has(key), elsewhere });
    else if (chosen === 'duplicate')
      add(found, row, { kind: 'duplicate', field: 'accepted', theirs: fenIn(row) });
    else if (chosen === 'tie')
      add(found, row, { kind: 'missing-here', field: 'accepted', theirs: fenIn(row), tie: true });
    else {
      seen.add(chosen);
      compareItem(found, chosen, row, month);
    }
    named.add(key);
  }
  const left = ours.filter((item) => !seen.has(item));
  const unpaired = pairLoose(found, left, loose, month);
  for (const { number, party, micro } of unpaired)
    addOurs(found, { kind: 'missing-there', party, number, ours: signedFen(micro) });
}

const saysAll = (row: TheirRow) => `${row.number} ${row.party} ${fenIn(row)}`;

/** Two estates number their offsets alike: whoever also says which party means that one's. */
function meantBy({ party }: TheirRow, items: readonly OurItem[]): readonly OurItem[] {
  const own = items.filter((item) => item.party === party);
  return own.length > 0 ? own : items;
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
  if (row.period !== '' && row.period !== month)
    add(found, row, { kind: 'wrong-period', field: 'accepted', ...both(item, row), party: item.party });
  const differs = { kind: 'amount' as const, party: item.party };
  if (!isSameFen(item.micro, fenIn(row)))
    add(found, row, { ...differs, field: 'accepted', ...both(item, row) });
  if (row.points !== null && Math.abs(row.points) !== Math.abs(item.points))
    add(found, row, { ...differs, field: 'points', ours: item.points, theirs: row.points });
  if (found.differences.length === before) found.matched += 1;
}

function both(item: OurItem, row: TheirRow) {
  return { ours: signedFen(item.micro), theirs: fenIn(row) };
}

function signedFen(micro: number): number {
  return micro < 0 ? 0 - fenOf(0 - micro) : fenOf(micro);
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
  const saysOurs = ({ party, micro }: OurItem) => `${party} ${signedFen(micro)}`;
  const saysTheirs = (row: TheirRow) => `${row.party} ${fenIn(row)}`;
  const [here, there] = [grouped(ours, saysOurs), grouped(theirs, saysTheirs)];
  const paired = new Set<OurItem>();
  for (const row of theirs) {
    const candidates = row.party === '' ? [] : (here.get(saysTheirs(row)) ?? []);
    const [only, another] = candidates;
    if (only && !another && there.get(saysTheirs(row))?.length === 1) {
      paired.add(only);
      compareItem(found, only, row, month);
    } else
      add(found, row, {
        ...{ kind: 'missing-here', field: 'accepted', theirs: fenIn(row) },
        tie: candidates.length > 0,
      });
  }
  return ours.filter((item) => !paired.has(item));
}

function compareParties(
  found: Compared,
  ours: readonly OurParty[],
  theirs: readonly TheirRow[],
  month: string,
): void {
  if (theirs.length === 0) return;
  const known = new Map(ours.map((one) => [one.party, one]));
  const seen = new Set<string>();
  for (const row of theirs) {
    const party = known.get(row.party);
    const name = row.party === '' ? row.partyText : row.party;
    const sum = row.closing ?? row.accepted;
    const field = row.closing === null ? ('accepted' as const) : ('closing' as const);
    if (seen.has(name)) add(found, row, { kind: 'duplicate', field, theirs: sum });
    else if (row.period !== '' && row.period !== month)
      add(found, row, { kind: 'wrong-period', field, theirs: sum });
    else if (party) compareParty(found, party, row);
    else add(found, row, { kind: 'missing-here', field, theirs: sum });
    seen.add(name);
  }
  // A clearing party and those behind it say the same twice: whoever names one of the two kinds has said all of it.
  const namesPayees = theirs.some(({ party }) => known.get(party)?.closing !== undefined);
  for (const party of ours) {
    const isSaid = seen.has(party.party) || (party.closing !== undefined) !== namesPayees;
    if (isSaid || FIELDS.every((field) => (party[field] ?? 0) === 0)) continue;
    const sum = fenOf(party.closing ?? party.accepted ?? 0);
    const field = party.closing === undefined ? ('accepted' as const) : ('closing' as const);
    addOurs(found, { kind: 'missing-there', party: party.party, number: '', ours: sum, field });
  }
}

function compareParty(found: Compared, party: OurParty, row: TheirRow): void {
  const before = found.differences.length;
  for (const field of FIELDS) {
    const [ours, theirs] = [party[field], row[field]];
    if (ours === undefined || theirs === null) continue;
    const isSame = field === 'points' ? ours === theirs : isSameFen(ours, theirs);
    const shown = field === 'points' ? ours : fenOf(ours);
    if (!isSame) add(found, row, { kind: 'amount', field, ours: shown, theirs });
  }
  if (found.differences.length === before) found.matched += 1;
}

function add(
  { differences }: Compared,
  { party, partyText, number, rowNumber }: TheirRow,
  said: Pick<Difference, 'kind' | 'field' | 'theirs'> & Partial<Difference>,
): void {
  differences.push({ party, partyText, number, rowNumber, ours: null, tie: false, ...said });
}

function addOurs(
  { differences }: Compared,
  said: Pick<Difference, 'kind' | 'party' | 'number' | 'ours'> & Partial<Difference>,
): void {
  differences.push({ field: 'accepted', partyText: '', rowNumber: null, theirs: null, tie: false, ...said });
}

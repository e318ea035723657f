/**
 * Rows of the funder's for whole parties. Protects: a row is matched only where a figure of it was compared, and a figure
 * that the ledger has no balance for is told.
 */
import { add, addOurs, FIELDS, isSameFen, type Compared, type Field, type TheirRow } from './difference.ts';
import { grouped } from './grouped.ts';

/** Money in micro-yuan; undefined where the ledger has no such balance. One party may be owed directly and by a clearing party. */
export type OurParty = {
  party: string;
  /** The same as the page has it: in whole fen. */
  fen: Readonly<Partial<Record<Field, number>>>;
} & Readonly<Record<Field, number | undefined>>;

export function compareParties(
  found: Compared,
  ours: readonly OurParty[],
  theirs: readonly TheirRow[],
  month: string,
): void {
  if (theirs.length === 0) return;
  const known = new Map(
    [...grouped(ours, ({ party }) => party)].map(([party, rows]) => [party, meant(rows)]),
  );
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
  for (const party of known.values()) {
    const isSaid = seen.has(party.party) || (party.closing !== undefined) !== namesPayees;
    if (isSaid || isNothing(party)) continue;
    const field = party.closing === undefined ? ('accepted' as const) : ('closing' as const);
    addOurs(found, {
      kind: 'missing-there',
      party: party.party,
      number: '',
      ours: party.fen[field] ?? 0,
      field,
    });
  }
}

/** Whoever names a party that is owed directly and through a clearing party means what it is owed directly. */
function meant(rows: readonly OurParty[]): OurParty {
  const [first] = rows.toSorted((a, b) => Number(b.closing !== undefined) - Number(a.closing !== undefined));
  return first as OurParty;
}

/** Goods that the shop had from the fund: there are points, and nobody owes anything. */
function isNothing(party: OurParty): boolean {
  return FIELDS.every((field) => (field === 'points' && party.closing === undefined) || !party[field]);
}

function compareParty(found: Compared, party: OurParty, row: TheirRow): void {
  const before = found.differences.length;
  let compared = 0;
  for (const field of FIELDS) {
    const [ours, theirs] = [party[field], row[field]];
    if (theirs === null) continue;
    if (ours === undefined) {
      if (theirs !== 0) add(found, row, { kind: 'amount', field, theirs });
      continue;
    }
    compared += 1;
    const shown = party.fen[field] ?? 0;
    const isSame = shown === theirs || (field !== 'points' && isSameFen(ours, theirs));
    if (!isSame) add(found, row, { kind: 'amount', field, ours: shown, theirs });
  }
  if (found.differences.length > before) return;
  if (compared > 0) found.matched += 1;
  else add(found, row, { kind: 'amount', field: 'closing', theirs: row.closing ?? 0 });
}

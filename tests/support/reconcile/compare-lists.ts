/** Who compares: gets our offsets and the firms' files, each through the real readers, and never the key. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePostedList } from '../../../api/fees/files/posted-list.ts';
import { reconcile } from '../../../api/fees/reconcile/match.ts';
import type { OurOffset, PostedRow } from '../../../api/fees/reconcile/reconciliation.ts';
import { houseCode } from '../../../api/places/index.ts';
import { isFileProblem, readTable } from '../../../api/platform/files/index.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

/** Names of files in one folder: our offsets as JSON, the firm's lists as they came. */
export type EstateFiles = { code: string; offsets: string; lists: string[] };
export type TwoSides = { offsets: OurOffset[]; rows: PostedRow[] };

/** Estate by estate, as the product does. */
export async function compareEstates(folder: string, estates: readonly EstateFiles[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const estate of estates) {
    const { offsets, rows } = await readEstate(folder, estate);
    outcomes.push(outcomeOf(reconcile(offsets, rows)));
  }
  return outcomes;
}

/** One list over all estates: a house is told by its estate as well, and a row by its place in the whole. */
export async function readDistrict(folder: string, estates: readonly EstateFiles[]): Promise<TwoSides> {
  const all: TwoSides = { offsets: [], rows: [] };
  for (const estate of estates) {
    const { offsets, rows } = await readEstate(folder, estate);
    const named = (house: string): string => house && `${estate.code}/${house}`;
    for (const each of offsets) all.offsets.push({ ...each, house: named(each.house) });
    for (const each of rows) {
      const rowNumber = all.rows.length + 1;
      all.rows.push({ ...each, id: String(rowNumber), rowNumber, house: named(each.house) });
    }
  }
  return all;
}

async function readEstate(folder: string, { offsets, lists }: EstateFiles): Promise<TwoSides> {
  const rows: PostedRow[] = [];
  const known = new Set<string>();
  for (const list of lists) {
    const table = await readTable(readFileSync(join(folder, list)), list);
    if (isFileProblem(table)) throw new Error(`${list}: ${table.en}`);
    // The same file sent again is recognised by its bytes, as an import does.
    if (known.has(table.sha256)) continue;
    known.add(table.sha256);
    const parsed = parsePostedList(table);
    if (isFileProblem(parsed)) throw new Error(`${list}: ${parsed.en}`);
    const [wrong] = [...parsed.problems, ...parsed.rejected.flatMap(({ reasons }) => reasons)];
    if (wrong) throw new Error(`${list}: ${wrong.en}`);
    for (const { house, houseText: _, ...row } of parsed.rows) {
      rows.push({ ...row, id: String(row.rowNumber), house: house ? houseCode(house) : '' });
    }
  }
  return { offsets: JSON.parse(readFileSync(join(folder, offsets), 'utf8')) as OurOffset[], rows };
}

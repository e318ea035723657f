/** A file of bills with the house of each row found: by its name in the roster, or as a person has decided it. */
import type { Engine } from '../db/index.ts';
import { isProblem, problem, type Problem } from '../platform/index.ts';
import {
  duplicateReason,
  inTurns,
  putAway,
  type RejectedRow,
  type RowReason,
} from '../platform/files/index.ts';
import {
  houseCode,
  houseIdsOf,
  houseKey,
  namesakeQuestion,
  otherNamesOf,
  otherSheetsQuestion,
  readImport,
  rejectRow,
  sortByEstate,
  type FileRead,
  type House,
  type HouseReference,
  type ImportFile,
  type ProductDeps,
  type SortedByEstate,
  type UnknownHouse,
} from '../places/index.ts';
import { mappingsAt, ownerOf } from './bill-mappings.ts';
import { otherAmount } from './files/bill-reasons.ts';
import { billSteps, type BillOptions, type BillRow } from './files/bills.ts';
import { decidedHouses } from './house-names.ts';
import { ByLine } from './plan-bills.ts';
import { unknownHousesOf } from './unknown-houses.ts';

type BillsDeps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;
export type BillsInput = {
  estate: string;
  file: ImportFile;
  /** The month of a sheet that names none, `2026-06`. */
  period?: string;
  /** The name of the firm's column mapping that a person chose for this file. */
  mapping?: string;
  /** Told how many rows were read so far. */
  onRows?: (rows: number) => void;
};
export type BillsFile = FileRead<BillRow> & {
  sorted: SortedByEstate<BillRow>;
  decided: ReadonlyMap<string, House>;
};
export type BillsRead = FileRead<BillRow> &
  Pick<SortedByEstate<BillRow>, 'otherNames' | 'questions'> & {
    found: { row: BillRow; house: string }[];
    unknownHouses: UnknownHouse[];
    /** The numbers of rows whose house a person has decided. */
    byDecision: ReadonlySet<number>;
  };

/** The file with its houses found, and what refuses its rows; also for the file of refused rows. */
export async function readBills(deps: BillsDeps, input: BillsInput): Promise<BillsRead | Problem> {
  const file = await readBillsFile(deps, input);
  return isProblem(file) ? file : findHouses(deps.engine, input.estate, file);
}

export async function readBillsFile(
  deps: BillsDeps,
  { estate, file, period, mapping, onRows }: BillsInput,
): Promise<BillsFile | Problem> {
  const { engine, places } = deps;
  const place = await places.find(estate);
  if (place?.kind !== 'estate') return problem('not-found');
  const mappings = await mappingsAt(engine, { firm: await ownerOf(deps, estate), estate });
  const chosen = mapping === undefined ? undefined : mappings.find(({ name }) => name === mapping);
  if (mapping !== undefined && !chosen) return noSuchMapping(mapping);
  const decided = await decidedHouses(engine, estate);
  const options: BillOptions = {
    ...{ mappings, decided },
    ...(period !== undefined && { period }),
    ...(chosen && { mapping: chosen }),
  };
  const read = await readImport(file, (table) => billSteps(table, options), onRows);
  if (isProblem(read)) return read;
  const known = await otherNamesOf(engine, estate);
  const sorted = sortByEstate(read.table, read.parsed.rows, place.name, known);
  // A code that was confirmed with an earlier file says which of the two it is.
  const isSure = sorted.otherNames.some((name) => known.includes(name));
  const namesake = isSure ? undefined : await namesakeQuestion(deps, place);
  if (namesake) sorted.questions.push(namesake);
  sorted.questions.push(...otherSheetsQuestion(read.table));
  await inTurns(putAway(read.table, read.parsed.headerRow + 1));
  return { ...read, decided, sorted };
}

export async function findHouses(
  engine: Engine,
  estate: string,
  { table, parsed, sorted, decided }: BillsFile,
): Promise<BillsRead> {
  const houses = await houseIdsOf(engine, estate);
  const refused = new Map<number, RejectedRow>();
  const refuse = (row: BillRow, reason: RowReason, written?: string): void => {
    const rejected = rejectRow(table, row.rowNumber, reason);
    refused.set(row.rowNumber, written === undefined ? rejected : { ...rejected, written });
  };
  const byDecision = new Set<number>();
  const named = new Set<HouseReference>(decided.values());
  // Where each house is written in one way, its lines were compared while the file was read.
  const isTwoWays = sorted.rows.some(({ house }) => house.estate !== undefined || named.has(house));
  const first = isTwoWays ? new ByLine<BillRow>() : undefined;
  const lines: { row: BillRow; house: string }[] = [];
  for (const row of sorted.rows) {
    const written = houseCode(row.house);
    // A house of that very name stands before whatever was decided when there was none.
    const own = houses.get(houseKey(row.house));
    const house = own ?? decided.get(written)?.id;
    if (house !== undefined && (own === undefined || named.has(row.house))) byDecision.add(row.rowNumber);
    const earlier = house === undefined ? undefined : first?.get({ ...row, house });
    if (house !== undefined && earlier === undefined) {
      first?.set({ ...row, house }, row);
      lines.push({ row, house });
    } else if (row.isNil) continue;
    // The same house with the estate's name and without it: only here is it seen to be one.
    else if (earlier) refuse(row, chargedTwice(earlier, row));
    else refuse(row, houseUnknown(row.house, houses), written);
  }
  const found = refused.size === 0 ? lines : lines.filter(({ row }) => !refused.has(row.rowNumber));
  const rejected = [...parsed.rejected, ...sorted.rejected, ...refused.values()];
  rejected.sort((a, b) => a.rowNumber - b.rowNumber);
  return {
    table,
    ...{ found, byDecision },
    otherNames: sorted.otherNames,
    questions: sorted.questions,
    unknownHouses: unknownHousesOf(rejected, houses),
    parsed: {
      ...parsed,
      rows: found.map(({ row }) => row),
      rejected,
    },
  };
}

function noSuchMapping(name: string): Problem {
  const zh = `没有名为“${name}”的列对应方案，请重新选择`;
  const en = `There is no column mapping named “${name}”; choose another`;
  return problem('invalid-input', { fields: [{ field: 'mapping', zh, en }] });
}

function chargedTwice(earlier: BillRow, { amountFen }: BillRow): RowReason {
  const { rowNumber, amountFen: before } = earlier;
  const reason = before === amountFen ? duplicateReason(rowNumber) : otherAmount(rowNumber, before);
  return { ...reason, field: 'item' };
}

/** 501 is not 0501: which one is meant only a person may say, but the sentence helps. */
function houseUnknown(
  { building, unit, room }: HouseReference,
  houses: ReadonlyMap<string, string>,
): RowReason {
  const name = [building, unit, room].filter((part) => part !== '').join('-');
  const bare = room.replace(/^0+/, '');
  const like = ['', '0', '00']
    .map((zeros) => zeros + bare)
    .find((other) => houses.has(houseKey({ building, unit, room: other })));
  return {
    code: 'house-unknown',
    field: 'room',
    zh: `房号“${name}”不在本小区的花名册里${like === undefined ? '' : `，是不是“${like}”？开头的 0 也要写上`}`,
    en: `the estate has no house “${name}”${like === undefined ? '' : `; is it “${like}”? Leading zeros count`}`,
  };
}

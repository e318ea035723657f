/** What the routes of places and imports answer. A resident is shown masked. */
import type { Engine } from '../db/index.ts';
import { findPerson } from '../identity/index.ts';
import { formatInstant, maskName } from '../platform/index.ts';
import { formatYuan } from '../platform/money/index.ts';
import type { CsvEncoding } from '../platform/files/index.ts';
import {
  download,
  writeRejected,
  writeRejectedXlsx,
  type ItemSum,
  type Parsed,
  type TableFile,
} from '../platform/files/index.ts';
import { houseCode } from './files/house-reference.ts';
import { formatHouse, type House, type Residency } from './houses.ts';
import { refusalView } from './import-refusal.ts';
import { standingOfRun, type ImportRun } from './import-runs.ts';
import type { ImportReport, ImportRow } from './imports.ts';
import type { Place } from './place-tree.ts';
import type { PlaceRow } from './rename-place.ts';
import { SINCE_EVER } from './roster-plan.ts';

export function placeView({ id, parent, kind, name }: Place) {
  return { id, parent, kind, name };
}

export function onePlaceView({ version, ...place }: PlaceRow) {
  return { ...placeView(place), version };
}

export function houseView(house: House) {
  return { id: house.id, estate: house.estate, code: houseCode(house), name: formatHouse(house) };
}

/** By which a person at a desk is told from another of the same name. */
export function tailOf(phone: string | null): string {
  return (phone ?? '').slice(-4);
}

export async function residentView(engine: Engine, { person, relation, since, until }: Residency) {
  const found = await findPerson(engine, person);
  return {
    person,
    name: maskName(found?.name ?? ''),
    tail: tailOf(found?.phone ?? null),
    relation,
    ...(since === SINCE_EVER ? {} : { since }),
    ...(until === null ? {} : { until }),
  };
}

/** Where the file's total stands under some of the columns only: which, and what is left without one. */
function partView({ computedFen, columns }: ImportReport['totals']) {
  const coveredFen = columns.reduce((sum, column) => sum + column.computedFen, 0);
  if (columns.length === 0 || coveredFen === computedFen) return {};
  const labels = columns.map(({ label }) => label);
  return { part: { labels, covered: formatYuan(coveredFen), rest: formatYuan(computedFen - coveredFen) } };
}

function itemView({ item, count, computedFen, foundFen, differenceFen }: ItemSum) {
  return {
    ...{ item, count, computed: formatYuan(computedFen) },
    ...(foundFen !== undefined && { found: formatYuan(foundFen) }),
    ...(differenceFen !== undefined && { differenceFen }),
  };
}

/** So many refused rows are listed; the file of refused rows has them all. */
const REJECTED_SHOWN = 200;

/** The month that no row gives, as a sentence. */
function impliedView(implied: ImportReport['implied']) {
  const said = implied.flatMap(({ label, value, source }) =>
    source
      ? [{ zh: `${label}：${value}，取自${source.zh}`, en: `${label}: ${value}, from ${source.en}` }]
      : [],
  );
  return said.length > 0 ? { implied: said } : {};
}

export function importReportView({ totals, ...report }: ImportReport) {
  return {
    ...(report.import === undefined ? {} : { import: report.import }),
    repeated: report.repeated,
    fileName: report.fileName,
    encoding: report.encoding,
    sheet: report.sheet,
    ...impliedView(report.implied),
    ...(report.otherSheets.length > 0 && {
      otherSheets: report.otherSheets.map(({ name, rows }) => ({ name, rows })),
    }),
    counts: { ...report.counts },
    totals: {
      computed: formatYuan(totals.computedFen),
      ...(totals.foundFen === undefined ? {} : { found: formatYuan(totals.foundFen) }),
      ...(totals.differenceFen === undefined ? {} : { difference: formatYuan(totals.differenceFen) }),
      ...partView(totals),
      ...(totals.items && { items: totals.items.map(itemView) }),
    },
    problems: report.problems.map(({ code, zh, en }) => ({ code, zh, en })),
    warnings: report.warnings.slice(0, REJECTED_SHOWN).map(({ code, field, zh, en, rowNumber }) => {
      return { code, field, zh, en, ...(rowNumber === undefined ? {} : { rowNumber }) };
    }),
    rejected: report.rejected.slice(0, REJECTED_SHOWN).map(({ rowNumber, cells, reasons }) => {
      return { rowNumber, cells: [...cells], reasons: reasons.map((reason) => ({ ...reason })) };
    }),
    questions: report.questions.map(({ code, zh, en }) => ({ code, zh, en })),
    ...(report.unknownHouses && {
      unknownHouses: report.unknownHouses.map((house) => ({ ...house, candidates: [...house.candidates] })),
    }),
    ...(report.digest !== undefined && { digest: report.digest }),
    ...(report.paidHas && { paidHas: report.paidHas }),
    rejectedMore: Math.max(0, report.rejected.length - REJECTED_SHOWN),
  };
}

export function importRunView(row: ImportRun, { reader, now }: { reader: string; now: number }) {
  const { id, kind, fileName, stage, rows, startedBy, startedAt, endedAt, counts, refusal } = row;
  return {
    ...{ id, kind, fileName, state: standingOfRun(row, now), stage, rows, mine: startedBy === reader },
    startedAt: formatInstant(startedAt),
    ...(endedAt !== null && { endedAt: formatInstant(endedAt) }),
    ...(row.import !== null && { import: row.import }),
    ...(counts !== null && { counts: { ...counts } }),
    ...(refusal !== null && { refusal: refusalView(refusal) }),
  };
}

export function importView(row: ImportRow) {
  const { id, kind, fileName, rowsAccepted, rowsRejected, summary, createdAt } = row;
  return { id, kind, fileName, rowsAccepted, rowsRejected, summary, at: formatInstant(createdAt) };
}

/** The refused rows of a file, in their own columns with the reasons beside them, to be mended and sent again. */
export function rejectedDownload(
  read: { table: TableFile; parsed: Parsed<unknown> },
  format: 'xlsx' | 'csv' | 'csv-gb18030' = 'xlsx',
): Response {
  const name = `需要修改的行-${read.table.fileName.replace(/\.[^.]{1,5}$/, '')}`;
  if (format === 'xlsx') return download(writeRejectedXlsx(read.table, read.parsed), { name, format });
  const encoding: CsvEncoding = format === 'csv' ? 'utf8-bom' : 'gb18030';
  return download(writeRejected(read.table, read.parsed, { encoding }), { name, format });
}

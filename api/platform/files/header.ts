/**
 * Finds the header below title rows, over one or two rows. Offices put a name, a maker and a date above it, and groups
 * (房屋 over 楼栋, 单元, 房号) over it.
 */
import { cleanCell, headerKey } from './clean-text.ts';
import { fileProblem, type FileProblem } from './file-problems.ts';
import { mergedReader } from './merged-cells.ts';
import type { TableFile } from './table.ts';

/** The words that firms use for one column, the most exact first: where two columns fit, the earlier word wins. */
export type ColumnWords<Name extends string> = Readonly<Record<Name, readonly [string, ...string[]]>>;

export type Header<Name extends string> = {
  /** The last header row, from 0; rows begin below it. */
  readonly row: number;
  readonly columns: ReadonlyMap<Name, number>;
  /** Each column's own word and the group that stands over it, as written. */
  readonly labels: readonly string[];
  readonly groups: readonly string[];
};

export const SEARCHED_ROWS = 30;
/** One known word may stand in a title by chance; two in one row are a header. */
const LEAST_WORDS = 2;

/** The row with the most known words; without one, a problem that names the columns which are `wanted`. */
export function findHeader<Name extends string>(
  table: TableFile,
  words: ColumnWords<Name>,
  wanted: readonly NoInfer<Name>[],
): Header<Name> | FileProblem {
  const known = keysOf(words);
  let best: { row: number; labels: string[]; columns: Map<Name, number> } | undefined;
  for (let row = 0; row < Math.min(SEARCHED_ROWS, table.rows.length); row += 1) {
    if ((table.rows[row] ?? []).filter((text) => cleanCell(text) !== '').length < LEAST_WORDS) continue;
    const labels = labelsAt(table, row);
    const columns = matchColumns(labels, known);
    if (columns.size >= LEAST_WORDS && columns.size > (best?.columns.size ?? 0))
      best = { row, labels, columns };
  }
  if (best !== undefined) return { ...best, groups: groupsAt(table, best.row, best.labels.length) };
  const beginning =
    table.rows.slice(0, SEARCHED_ROWS).find((row) => row.length >= LEAST_WORDS) ?? table.rows[0] ?? [];
  return fileProblem(
    'header-missing',
    wanted.map((name) => firstWord(words[name])),
    beginning,
  );
}

export type HeaderRow = Pick<Header<never>, 'row' | 'labels' | 'groups'>;

/** A row read as a header, whatever its words are. */
export function headerAt(table: TableFile, row: number): HeaderRow {
  const labels = labelsAt(table, row);
  return { row, labels, groups: groupsAt(table, row, labels.length) };
}

/**
 * A name for each column that no other column has: its word, with the group over it (本月应收·物业费), and a number where
 * the same stands twice. A column without a word has none.
 */
export function columnNames({ labels, groups }: HeaderRow): string[] {
  const times = new Map<string, number>();
  return labels.map((label, column) => {
    if (label === '') return '';
    const group = groups[column] ?? '';
    const name = (group === '' || group === label ? label : `${group}·${label}`).slice(0, 200);
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    return nth === 1 ? name : `${name}·${nth}`;
  });
}

/** A problem that names which of the wanted columns are missing and which words the header does have. */
export function missingColumns<Name extends string>(
  header: Header<Name>,
  words: ColumnWords<Name>,
  wanted: readonly NoInfer<Name>[],
): FileProblem | undefined {
  const missing = wanted.filter((name) => !header.columns.has(name));
  if (missing.length === 0) return undefined;
  return fileProblem(
    'columns-missing',
    missing.map((name) => firstWord(words[name])),
    header.labels,
    header.row + 1,
  );
}

/** Columns that nobody asked for, by their word: told to the person, not imported. */
export function otherColumns<Name extends string>(header: Header<Name>): string[] {
  const used = new Set(header.columns.values());
  return header.labels.filter((label, column) => label !== '' && !used.has(column));
}

function keysOf<Name extends string>(words: ColumnWords<Name>): Map<string, { name: Name; rank: number }> {
  const known = new Map<string, { name: Name; rank: number }>();
  for (const name of Object.keys(words) as Name[])
    words[name].forEach((word, rank) => known.set(headerKey(word), { name, rank }));
  return known;
}

function matchColumns<Name extends string>(
  labels: readonly string[],
  known: ReadonlyMap<string, { name: Name; rank: number }>,
): Map<Name, number> {
  const ranks = new Map<Name, number>();
  const columns = new Map<Name, number>();
  labels.forEach((label, column) => {
    const found = label === '' ? undefined : known.get(headerKey(label));
    if (found === undefined || found.rank >= (ranks.get(found.name) ?? Infinity)) return;
    ranks.set(found.name, found.rank);
    columns.set(found.name, column);
  });
  return columns;
}

/** Each column's word in this row; where the row is blank, the word above it (a header cell merged downwards). */
function labelsAt(table: TableFile, row: number): string[] {
  const above = table.rows[row - 1] ?? [];
  const own = table.rows[row] ?? [];
  const width = Math.max(own.length, above.length);
  const cell = mergedReader(table);
  return Array.from({ length: width }, (_, column) => {
    return cleanCell(cell(row, column)) || cleanCell(above[column] ?? '');
  });
}

/**
 * The group over each column: by the merged cell above it, or, where merging was lost (CSV), by the last word to the
 * left. A single title over the whole width is no group.
 */
function groupsAt(table: TableFile, row: number, width: number): string[] {
  const above = table.rows[row - 1] ?? [];
  const groups: string[] = Array.from({ length: width }, () => '');
  const own = table.rows[row] ?? [];
  const over = above
    .map((text, column) => ({ text: cleanCell(text), column }))
    .filter(({ text }) => text !== '');
  if (row === 0 || over.length < 2) return groups;
  const merges = table.merges.filter((merge) => merge.top === row - 1 && merge.bottom === row - 1);
  over.forEach(({ text, column }, index) => {
    const merge = merges.find((candidate) => candidate.left === column);
    const beforeNext = (over[index + 1]?.column ?? width) - 1;
    const right = merge?.right ?? (merges.length > 0 ? column : beforeNext);
    for (let at = column; at <= Math.min(right, width - 1); at += 1)
      if ((own[at] ?? '') !== '') groups[at] = text;
  });
  return groups;
}

function firstWord(words: readonly string[]): string {
  return words[0] ?? '';
}

/**
 * What a person said of a firm's columns, where their words are not ours. A mapping is for one header: the next file with
 * the same columns is read by it; a file that lacks one of them is refused by name, never read in part.
 */
import {
  columnNames,
  fileProblem,
  headerAt,
  SEARCHED_ROWS,
  type FileProblem,
  type Header,
  type HeaderRow,
  type TableFile,
} from '../../platform/files/index.ts';
import { BILL_WORDS, itemColumns, type BillColumn, type ItemColumn } from './bill-columns.ts';

/** `feeItem`: a column of one fee item, in a sheet that has the items side by side; its word is the item's name. */
export const MAPPED_FIELDS = [...(Object.keys(BILL_WORDS) as BillColumn[]), 'feeItem'] as const;
export type MappedField = BillColumn | 'feeItem';
export type MappedColumn = { readonly column: string; readonly field: MappedField };
export type BillMapping = {
  readonly name: string;
  /** The whole header for which it was made, by the columns' names. */
  readonly header: readonly string[];
  readonly columns: readonly MappedColumn[];
};
export type BillHeader = {
  readonly header: Header<BillColumn>;
  readonly items: readonly ItemColumn[];
  /** A person has said what the columns are. */
  readonly isMapped?: true;
};

/** The first mapping whose header stands in the file, with the columns as it says. */
export function findMapped(table: TableFile, mappings: readonly BillMapping[]): BillHeader | undefined {
  const byHeader = new Map<string, BillMapping>();
  for (const each of mappings) {
    const key = headerText(each.header);
    if (!byHeader.has(key)) byHeader.set(key, each);
  }
  if (byHeader.size === 0) return undefined;
  for (const row of searchedRows(table)) {
    const found = headerAt(table, row);
    const mapping = byHeader.get(headerText(columnNames(found)));
    if (mapping !== undefined) return mapped(found, mapping);
  }
  return undefined;
}

/** The columns as a person's own mapping says, in whatever row they all stand. */
export function applyMapping(table: TableFile, mapping: BillMapping): BillHeader | FileProblem {
  let nearest: { names: string[]; missing: string[] } | undefined;
  for (const row of searchedRows(table)) {
    const found = headerAt(table, row);
    const names = columnNames(found);
    const missing = mapping.columns.map(({ column }) => column).filter((column) => !names.includes(column));
    if (missing.length === 0) return mapped(found, mapping);
    if (missing.length < (nearest?.missing.length ?? Infinity)) nearest = { names, missing };
  }
  const { names = [], missing = mapping.columns.map(({ column }) => column) } = nearest ?? {};
  return fileProblem('mapping-column-missing', mapping.name, missing, names);
}

/** What a mapping must say before bills can be read by it, or why it cannot be kept. */
export function mappingFault({ header, columns }: Omit<BillMapping, 'name'>): MappingFault | undefined {
  const unknown = columns.find(({ column }) => column === '' || !header.includes(column));
  if (unknown) return { code: 'column-missing', column: unknown.column };
  const fields = columns.map(({ field }) => field);
  const twice = fields.find((field, at) => field !== 'feeItem' && fields.indexOf(field) !== at);
  if (twice) return { code: 'field-twice', field: twice };
  const columnTwice = columns.find(({ column }, at) => columns.findIndex((c) => c.column === column) !== at);
  if (columnTwice) return { code: 'column-twice', column: columnTwice.column };
  if (!fields.includes('room')) return { code: 'field-missing', field: 'room' };
  if (fields.includes('feeItem'))
    return fields.includes('item') ? { code: 'both-layouts', field: 'item' } : undefined;
  const missing = (['item', 'amount'] as const).find((field) => !fields.includes(field));
  return missing && { code: 'field-missing', field: missing };
}

export type MappingFault =
  | { code: 'column-missing' | 'column-twice'; column: string }
  | { code: 'field-twice' | 'field-missing' | 'both-layouts'; field: MappedField };

/** How we read a header's columns ourselves: where a person begins who maps them. */
export function understoodColumns({ header, items }: BillHeader): MappedColumn[] {
  const names = columnNames(header);
  return [
    ...[...header.columns].map(([field, at]) => ({ column: names[at] ?? '', field })),
    ...items.map(({ column }) => ({ column: names[column] ?? '', field: 'feeItem' as const })),
  ];
}

export function readByWords(header: Header<BillColumn>): BillHeader {
  return { header, items: header.columns.has('item') ? [] : itemColumns(header) };
}

function mapped(found: HeaderRow, { columns }: BillMapping): BillHeader {
  const names = columnNames(found);
  const at = new Map<BillColumn, number>();
  const items: ItemColumn[] = [];
  for (const { column, field } of columns) {
    const index = names.indexOf(column);
    if (field === 'feeItem') items.push({ column: index, label: found.labels[index] ?? column });
    else at.set(field, index);
  }
  return { header: { ...found, columns: at }, items, isMapped: true };
}

function headerText(names: readonly string[]): string {
  const last = names.findLastIndex((name) => name !== '');
  return names.slice(0, last + 1).join('\u0000');
}

function searchedRows(table: TableFile): number[] {
  const count = Math.min(SEARCHED_ROWS, table.rows.length);
  return Array.from({ length: count }, (_, row) => row).filter((row) => (table.rows[row] ?? []).length > 1);
}

/** Which tables units may change as rows: every table with `id` and `version`. The ledger's own have no version. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { Tables } from '../db/index.ts';
import type { CellType, RowTables } from './store.ts';

export function rowTablesOf(tables: Tables): RowTables {
  const found = new Map<string, ReadonlyMap<string, CellType>>();
  for (const table of Object.values(tables)) {
    const columns = new Map(
      Object.values(getTableColumns(table)).map((column) => [column.name, cellType(column.getSQLType())]),
    );
    if (columns.has('id') && columns.has('version')) found.set(getTableName(table), columns);
  }
  return found;
}

/** SQLite keeps a boolean as an integer; PostgreSQL has a type for it, and its arrays must name it. */
function cellType(declared: string): CellType {
  if (declared.startsWith('text')) return 'text';
  return declared === 'boolean' ? 'boolean' : 'bigint';
}

/** Which tables units may change as rows: every table with `id` and `version`. The ledger's own have no version. */
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { Tables } from '../db/index.ts';
import type { RowTables } from './store.ts';

export function rowTablesOf(tables: Tables): RowTables {
  const found = new Map<string, ReadonlySet<string>>();
  for (const table of Object.values(tables)) {
    const columns = new Set(Object.values(getTableColumns(table)).map((column) => column.name));
    if (columns.has('id') && columns.has('version')) found.set(getTableName(table), columns);
  }
  return found;
}

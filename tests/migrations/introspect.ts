/**
 * The schema as the databases themselves describe it, in one form for both engines. A bigint and an INTEGER are both an
 * 'integer'; a boolean is what PostgreSQL calls so and what SQLite keeps as an INTEGER checked to be 0 or 1.
 */
import type { PostgresEngine, SqliteEngine } from '../../api/db/index.ts';

export type TableDescription = {
  columns: string[];
  primaryKey: string;
  /** `unique name (columns)` and `index name (columns)`, with `partial` where a condition limits it. */
  indexes: string[];
  checks: string[];
  references: string[];
};

export type Schema = Record<string, TableDescription>;

/** SQLite's substitute for a type; the column's own type says the same on PostgreSQL. */
const booleanCheck = /^(.+)_boolean$/;

function columnLine(name: string, type: string, notNull: boolean, fallback: string | null): string {
  const value = fallback === null ? '' : ` default ${fallback.replace(/::[a-z ]+$/, '')}`;
  return `${name} ${type}${notNull ? ' not null' : ''}${value}`;
}

function indexLine(name: string, columns: readonly string[], unique: boolean, partial: boolean): string {
  return `${unique ? 'unique' : 'index'} ${name} (${columns.join(', ')})${partial ? ' partial' : ''}`;
}

function referenceLine(columns: string, table: string, toColumns: string, onDelete: string): string {
  return `(${columns}) references ${table} (${toColumns}) on delete ${onDelete.toLowerCase()}`;
}

type SqliteColumn = { name: string; type: string; notnull: number; dflt_value: string | null; pk: number };
type SqliteIndex = { name: string; unique: number; origin: 'c' | 'u' | 'pk'; partial: number };
type SqliteIndexColumn = { name: string | null; desc: number; key: number };
type SqliteReference = { id: number; from: string; table: string; to: string; on_delete: string };

export function describeSqlite({ sqlite }: SqliteEngine): Schema {
  const tables = sqlite
    .prepare<[], { name: string; sql: string }>(
      "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name <> 'linli_migrations' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  const rows = <T>(pragma: string) => sqlite.pragma(pragma) as T[];
  const describe = (table: string, ddl: string): TableDescription => {
    const checks = [...ddl.matchAll(/CONSTRAINT "(\w+)" CHECK/g)].map((match) => match[1] ?? '');
    const isBoolean = (column: string) => checks.includes(`${table}_${column}_boolean`);
    const columns = rows<SqliteColumn>(`table_info(${table})`);
    const key = columns.filter((column) => column.pk > 0).sort((a, b) => a.pk - b.pk);
    const indexes = rows<SqliteIndex>(`index_list(${table})`).filter((index) => index.origin !== 'pk');
    return {
      columns: columns.map((column) => {
        const type = isBoolean(column.name) ? 'boolean' : column.type.toLowerCase();
        return columnLine(column.name, type, column.notnull === 1, column.dflt_value);
      }),
      primaryKey: key.map((column) => column.name).join(', '),
      indexes: indexes
        .map((index) => {
          const parts = rows<SqliteIndexColumn>(`index_xinfo(${index.name})`).filter(
            (part) => part.key === 1,
          );
          const named = parts.map((part) => (part.name ?? 'expression') + (part.desc === 1 ? ' desc' : ''));
          return indexLine(index.name, named, index.unique === 1, index.partial === 1);
        })
        .sort(),
      checks: checks.filter((name) => !booleanCheck.test(name)).sort(),
      references: rows<SqliteReference>(`foreign_key_list(${table})`)
        .map((reference) => referenceLine(reference.from, reference.table, reference.to, reference.on_delete))
        .sort(),
    };
  };
  return Object.fromEntries(tables.map(({ name, sql }) => [name, describe(name, sql)] as const).sort());
}

/** Everything in one round: each row is one table, its parts gathered by the server. */
const DESCRIBE_POSTGRES = `
SELECT t.relname AS name,
  (SELECT coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
      'collation', (SELECT collname FROM pg_collation WHERE oid = a.attcollation),
      'notNull', a.attnotnull, 'fallback', pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum), '[]')
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
  (SELECT coalesce(json_agg(json_build_object('name', c.relname, 'unique', i.indisunique, 'primary', i.indisprimary,
      'partial', i.indpred IS NOT NULL, 'columns', (SELECT json_agg(
        CASE WHEN i.indkey[k - 1] = 0 THEN 'expression' ELSE trim(both '"' from pg_get_indexdef(c.oid, k, true)) END
        || CASE WHEN i.indoption[k - 1] & 1 = 1 THEN ' desc' ELSE '' END ORDER BY k)
        FROM generate_series(1, i.indnkeyatts) k))), '[]')
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = t.oid) AS indexes,
  (SELECT coalesce(json_agg(json_build_object('name', k.conname, 'type', k.contype, 'onDelete', k.confdeltype,
      'table', (SELECT relname FROM pg_class WHERE oid = k.confrelid),
      'columns', (SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = t.oid AND attnum = ANY (k.conkey)),
      'to', (SELECT string_agg(attname, ', ') FROM pg_attribute WHERE attrelid = k.confrelid AND attnum = ANY (k.confkey))
    )), '[]') FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype IN ('c', 'f')) AS constraints
FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
WHERE n.nspname = 'public' AND t.relkind = 'r' AND t.relname <> 'linli_migrations'`;

type PostgresTable = {
  name: string;
  columns: {
    name: string;
    type: string;
    collation: string | null;
    notNull: boolean;
    fallback: string | null;
  }[];
  indexes: { name: string; unique: boolean; primary: boolean; partial: boolean; columns: string[] }[];
  constraints: {
    name: string;
    type: 'c' | 'f';
    onDelete: string;
    table: string;
    columns: string;
    to: string;
  }[];
};

/** A text of another collation is no 'text': it would sort lists otherwise than SQLite does. */
function typeName(type: string, collation: string | null): string {
  if (type === 'bigint') return 'integer';
  if (type === 'bytea') return 'blob';
  return collation === null || collation === 'C' ? type : `${type} collate ${collation}`;
}

const onDeleteNames: Record<string, string> = { a: 'no action', c: 'cascade', n: 'set null', r: 'restrict' };

function describePostgresTable(table: PostgresTable): TableDescription {
  const indexes = table.indexes.filter((index) => !index.primary);
  return {
    columns: table.columns.map((column) =>
      columnLine(column.name, typeName(column.type, column.collation), column.notNull, column.fallback),
    ),
    primaryKey: table.indexes.find((index) => index.primary)?.columns.join(', ') ?? '',
    indexes: indexes.map((index) => indexLine(index.name, index.columns, index.unique, index.partial)).sort(),
    checks: table.constraints
      .filter((constraint) => constraint.type === 'c')
      .map((constraint) => constraint.name)
      .sort(),
    references: table.constraints
      .filter((constraint) => constraint.type === 'f')
      .map((constraint) =>
        referenceLine(
          constraint.columns,
          constraint.table,
          constraint.to,
          onDeleteNames[constraint.onDelete] ?? '?',
        ),
      )
      .sort(),
  };
}

export async function describePostgres({ pool }: PostgresEngine): Promise<Schema> {
  const { rows } = await pool.query<PostgresTable>(DESCRIBE_POSTGRES);
  return Object.fromEntries(rows.map((table) => [table.name, describePostgresTable(table)] as const).sort());
}

/** The schema as a text to read and to pin: one line a column, key, index, check and reference. */
export function formatSchema(schema: Schema): string {
  return Object.entries(schema)
    .map(([name, table]) =>
      [
        name,
        ...table.columns,
        `primary key (${table.primaryKey})`,
        ...table.indexes,
        ...table.checks.map((check) => `check ${check}`),
        ...table.references,
      ].join('\n  '),
    )
    .join('\n\n')
    .concat('\n');
}

/**
 * What drizzle-kit does not know, added to the statements it writes: STRICT tables, tables kept in their key's tree,
 * and the triggers by which the database itself refuses to change or remove what was booked.
 */

export type Dialect = 'sqlite' | 'postgres';

type TableTraits = {
  appendOnly: readonly string[];
  withoutRowid: readonly string[];
  /** The columns that each table has before this migration; a new table is not in it. */
  columnsBefore: Readonly<Record<string, readonly string[]>>;
};

/** The message of every such refusal, on both engines. */
export function appendOnlyMessage(table: string): string {
  return `linli: ${table} is append-only`;
}

const sqliteCreate = /^CREATE TABLE `(?:__new_)?(\w+)` \(/;
const sqliteRename = /^ALTER TABLE `__new_(\w+)` RENAME TO `\1`/;
const sqliteCopy = /^INSERT INTO `__new_(\w+)`\((.+?)\) SELECT/;
const sqliteSwitch = /^PRAGMA foreign_keys/;
const postgresCreate = /^CREATE TABLE "(\w+)" \(/;

function sqliteTriggers(table: string): string[] {
  // REPLACE removes the old row without an UPDATE; the DELETE trigger sees it because recursive_triggers is on.
  return ['UPDATE', 'DELETE'].map(
    (event) =>
      `CREATE TRIGGER \`${table}_no_${event.toLowerCase()}\` BEFORE ${event} ON \`${table}\`\n` +
      `BEGIN\n\tSELECT RAISE(ABORT, '${appendOnlyMessage(table)}');\nEND;`,
  );
}

/** drizzle-kit copies into a rebuilt table also the columns that the old one did not have yet. */
function copyRows(table: string, columns: string, before: readonly string[]): string {
  const kept = columns.split(', ').filter((column) => before.includes(column.replaceAll('"', '')));
  return `INSERT INTO \`__new_${table}\` (${kept.join(', ')}) SELECT ${kept.join(', ')} FROM \`${table}\`;`;
}

function finishSqlite(statement: string, traits: TableTraits): string[] {
  const created = sqliteCreate.exec(statement)?.[1];
  if (created !== undefined) {
    const options = traits.withoutRowid.includes(created) ? 'STRICT, WITHOUT ROWID' : 'STRICT';
    const strict = statement.replace(/\)\s*;?\s*$/, `) ${options};`);
    const isCopy = statement.startsWith('CREATE TABLE `__new_');
    // A copy that will take its table's place gets its triggers once it bears the name: dropping the old took its own.
    return [strict, ...(traits.appendOnly.includes(created) && !isCopy ? sqliteTriggers(created) : [])];
  }
  const renamed = sqliteRename.exec(statement)?.[1];
  if (renamed !== undefined && traits.appendOnly.includes(renamed))
    return [statement, ...sqliteTriggers(renamed)];
  const [, copied, columns] = sqliteCopy.exec(statement) ?? [];
  if (copied !== undefined && columns !== undefined) {
    return [copyRows(copied, columns, traits.columnsBefore[copied] ?? [])];
  }
  // Without effect inside a database transaction; `migrate` does it around each.
  return sqliteSwitch.test(statement) ? [] : [statement];
}

const postgresFunction =
  'CREATE OR REPLACE FUNCTION "linli_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$\n' +
  'BEGIN\n' +
  `\tRAISE EXCEPTION '${appendOnlyMessage('%')}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';\n` +
  'END\n$$;';

function finishPostgres(statement: string, traits: TableTraits): string[] {
  const created = postgresCreate.exec(statement)?.[1];
  if (created === undefined || !traits.appendOnly.includes(created)) return [statement];
  return [
    statement,
    `CREATE TRIGGER "${created}_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "${created}"\n` +
      'FOR EACH STATEMENT EXECUTE FUNCTION "linli_append_only"();',
    // ALWAYS: session_replication_role = replica would silence an ordinary trigger.
    `ALTER TABLE "${created}" ENABLE ALWAYS TRIGGER "${created}_append_only";`,
  ];
}

/** The statements of a migration as they are written to its file. */
export function finishStatements(
  dialect: Dialect,
  statements: readonly string[],
  traits: TableTraits,
): string[] {
  if (dialect === 'sqlite') return statements.flatMap((statement) => finishSqlite(statement.trim(), traits));
  const finished = statements.flatMap((statement) => finishPostgres(statement.trim(), traits));
  return finished.length > statements.length ? [postgresFunction, ...finished] : finished;
}

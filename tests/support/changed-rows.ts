/** Rows of the product changed or put there behind the program's back, and what `verify` says of it. */
import type { Engine } from '../../api/db/index.ts';
import { verify, type Finding } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { execute, select } from './stored-book.ts';

/** A change of one column of a row: what it is set to. */
export type Change = [column: string, set: string];

export const MORE = (column: string): Change => [column, `"${column}" + 1`];
export const TEXT = (column: string): Change => [column, `${column} || 'x'`];

/** An id of no book, and one of the book that no transaction will have for long. */
export const NOWHERE = String(Number.MAX_SAFE_INTEGER);
export const BEYOND = String(1.5 * 2 ** 40);

async function findingsOf(engine: Engine): Promise<Finding[]> {
  return (await verify(engine, productChecks)).findings;
}

type Row = { table: string; id: string };
export type Columns = Record<string, string>;

async function rowOf(engine: Engine, { table, id }: Row): Promise<Record<string, string | number | null>> {
  const [row] = await select<Record<string, string | number | null>>(
    engine,
    `select * from ${table} where id = '${id}'`,
  );
  if (!row) throw new Error(`no ${id} of ${table}`);
  return row;
}

/** Changes columns, asks, puts them back; what was found names the row. */
export async function foundWith(engine: Engine, { table, id }: Row, columns: Columns): Promise<Finding[]> {
  const was = await rowOf(engine, { table, id });
  const update = (set: Columns): Promise<void> => {
    const pairs = Object.entries(set).map(([column, value]) => `"${column}" = ${value}`);
    return execute(engine, `update ${table} set ${pairs.join(', ')} where id = '${id}'`);
  };
  await update(columns);
  const findings = await findingsOf(engine);
  await update(Object.fromEntries(Object.keys(columns).map((column) => [column, literal(was[column])])));
  return findings;
}

function literal(value: string | number | null | undefined): string {
  return value === null || value === undefined ? 'null' : `'${String(value).replaceAll("'", "''")}'`;
}

export function found(
  engine: Engine,
  { table, id, change: [column, set] }: Row & { change: Change },
): Promise<Finding[]> {
  return foundWith(engine, { table, id }, { [column]: set });
}

/** Puts a row beside this one, like it but for these columns; asks, takes it away. */
export async function foundBeside(engine: Engine, { table, id }: Row, columns: Columns): Promise<Finding[]> {
  const names = Object.keys(await rowOf(engine, { table, id }));
  const forged = columns['id'] ?? "'forged'";
  const values = names.map((name) => (name === 'id' ? forged : (columns[name] ?? `"${name}"`)));
  const quoted = names.map((name) => `"${name}"`);
  await execute(
    engine,
    `insert into ${table} (${quoted.join(', ')}) select ${values.join(', ')} from ${table} where id = '${id}'`,
  );
  // As the page of one book asks, unless the row is of no book's place.
  const of = columns['place'] === undefined ? { book: 1 } : {};
  const { findings } = await verify(engine, { ...productChecks, ...of });
  await execute(engine, `delete from ${table} where id = ${forged}`);
  return findings;
}

export async function idOf(engine: Engine, table: string, state: string, and = ''): Promise<string> {
  const [row] = await select<{ id: string }>(
    engine,
    `select id from ${table} where state = '${state}' ${and} order by id limit 1`,
  );
  if (!row) throw new Error(`no ${state} of ${table}`);
  return row.id;
}

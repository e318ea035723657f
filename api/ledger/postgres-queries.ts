/**
 * How the ledger speaks to PostgreSQL: prepared statements, arrays for `unnest`, and several queries under way at
 * once on one connection, so that a batch waits for the network a few times and not once a query.
 */
import { hash } from 'node:crypto';
import type { PoolClient, QueryResult } from 'pg';

/** `name` makes it a prepared statement: parsed once a connection, planned once. */
export type Statement = { name: string; text: string };
/** One query of a pipeline. `rows`, when given, is how many rows it must have changed. */
export type Query = { statement: Statement; values: readonly (string | number | Buffer)[]; rows?: number };

const statements = new Map<string, Statement>();

/** The same text always has the same name, since a connection knows one text by each name. */
export function statement(text: string): Statement {
  let known = statements.get(text);
  if (!known) statements.set(text, (known = { name: `linli_${hash('sha256', text).slice(0, 24)}`, text }));
  return known;
}

/** The literal of a bigint[] or boolean[]; both read plain digits. */
export function numbers(values: readonly (number | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + (values[i] ?? 'NULL');
  return text + '}';
}

/** The literal of a text[]. */
export function texts(values: readonly (string | null)[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) text += (i === 0 ? '' : ',') + quoted(values[i] ?? null);
  return text + '}';
}

function quoted(value: string | null): string {
  return value === null ? 'NULL' : `"${value.replace(/["\\]/g, '\\$&')}"`;
}

/** A row was changed by somebody else between its check and its write. The code is that of a passing conflict. */
export class RowChangedMeanwhile extends Error {
  readonly code = '40001';
  constructor() {
    super('a row was changed meanwhile');
    this.name = 'RowChangedMeanwhile';
  }
}

/**
 * Sends all queries before the first answer is read, each as soon as it is made. Answers when every one has been
 * answered, so that nothing is under way on the connection afterwards, and throws what went wrong first: what follows
 * it is only its echo.
 */
export async function pipelined(
  client: PoolClient,
  queries: Iterable<Query | string>,
): Promise<QueryResult[]> {
  const sent: Promise<QueryResult>[] = [];
  const expected: (number | undefined)[] = [];
  try {
    for (const query of queries) {
      const isText = typeof query === 'string';
      expected.push(isText ? undefined : query.rows);
      sent.push(
        isText ? client.query(query) : client.query({ ...query.statement, values: [...query.values] }),
      );
    }
  } catch (error) {
    await Promise.allSettled(sent);
    throw error;
  }
  const settled = await Promise.allSettled(sent);
  return settled.map((one, i) => {
    if (one.status === 'rejected') throw one.reason;
    if (expected[i] !== undefined && one.value.rowCount !== expected[i]) throw new RowChangedMeanwhile();
    return one.value;
  });
}

/** How PostgreSQL would answer what a read really sends, asked as if its tables were large: it then takes an index where there is one. */
import { drizzle } from 'drizzle-orm/node-postgres';
import type { Database, Engine, PostgresEngine } from '../../api/db/index.ts';
import { withPostgres } from './database.ts';

/** What is left to it where rows are few; a plan that needs another way says so. */
const AS_IF_LARGE = [
  'enable_seqscan',
  'enable_sort',
  'enable_bitmapscan',
  'enable_hashjoin',
  'enable_mergejoin',
];

type Node = { 'Node Type': string; 'Index Cond'?: string; Disabled?: boolean; Plans?: Node[] };

export interface PostgresWatch {
  readonly engine: PostgresEngine;
  readonly watched: Engine;
  /** The steps of the plans of what this reads, as PostgreSQL names them: `Index Scan`, `Sort`. */
  stepsOf(read: () => Promise<unknown>): Promise<string[]>;
  /** What each of these steps looks up in its index, not what it leaves out afterwards. */
  conditionsOf(read: () => Promise<unknown>): Promise<string[]>;
}

export async function watchPostgres(): Promise<PostgresWatch> {
  const engine = await withPostgres();
  const sent: { sql: string; params: unknown[] }[] = [];
  const logger = { logQuery: (sql: string, params: unknown[]) => void sent.push({ sql, params }) };
  const logged = drizzle({ client: engine.pool, logger }) as unknown as Database;
  const nodesOf = async (read: () => Promise<unknown>): Promise<Node[]> => {
    sent.length = 0;
    await read();
    const client = await engine.pool.connect();
    try {
      await client.query('begin');
      for (const setting of AS_IF_LARGE) await client.query(`set local ${setting} = off`);
      const nodes: Node[] = [];
      for (const { sql, params } of [...sent]) {
        const plan = await client.query(`explain (format json) ${sql}`, params);
        const [row] = plan.rows as { 'QUERY PLAN': { Plan: Node }[] }[];
        nodes.push(...(row?.['QUERY PLAN'].flatMap(({ Plan }) => withInner(Plan)) ?? []));
      }
      return nodes;
    } finally {
      await client.query('rollback');
      client.release();
    }
  };
  return {
    engine,
    watched: { ...engine, db: logged, reader: logged },
    stepsOf: async (read) => (await nodesOf(read)).map((node) => node['Node Type']),
    conditionsOf: async (read) => (await nodesOf(read)).flatMap((node) => node['Index Cond'] ?? []),
  };
}

function withInner(node: Node): Node[] {
  return [node, ...(node.Plans ?? []).flatMap(withInner)];
}

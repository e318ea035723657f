/**
 * PostgreSQL: a pool whose connections wait for the disk on commit and for nothing else for ever.
 */
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Database, DatabaseRefusal, PostgresEngine } from './database.ts';
import { migratePostgres, pendingInPostgres } from './migrate.ts';
import { postgresTables } from './schema.ts';
import { inTurnOf, namesOfTurn, newLimit, newTurns } from './turns.ts';

const POOL_SIZE = 10;
/** Each keeps a connection and may ask for others meanwhile: were they as many as the pool, all would wait for ever. */
const EXCLUSIVE_AT_ONCE = POOL_SIZE / 2;
const CONNECT_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const LOCK_TIMEOUT_MS = 10_000;
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 15_000;
const IDLE_CONNECTION_MS = 30_000;
/** Whoever waits for a turn waits for a whole file of another process, and whoever has it may wait for the ledger. */
const TURN_TIMEOUTS = sql`select set_config('lock_timeout', '120s', true), set_config('statement_timeout', '120s', true),
  set_config('idle_in_transaction_session_timeout', '600s', true)`;

/** A bigint as a number; one that a number cannot hold exactly is an error, never a neighbour of it. */
export function parseInt8(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value))
    throw new RangeError(`The database answered ${text}, which is not a safe integer.`);
  return value;
}

// For the whole process: Drizzle asks pg's own list of parsers, whatever the pool was given.
pg.types.setTypeParser(pg.types.builtins.INT8, parseInt8);

/** Reached, but not as it should be: errors that the operator mends, by code of Node or of PostgreSQL. */
const operatorErrors = /^(ECONN|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|28|3D|53|57P0)/;

function unreachable(error: unknown, url: string): DatabaseRefusal | undefined {
  const code = (error as { code?: unknown }).code;
  const timedOut = error instanceof Error && error.message.includes('timeout');
  if (!timedOut && !(typeof code === 'string' && operatorErrors.test(code))) return undefined;
  const { host, pathname } = new URL(url);
  const why = typeof code === 'string' ? code : 'timeout';
  return {
    kind: 'refused',
    reason: 'unreachable',
    zh: `无法连接数据库 ${host}${pathname}（${why}）：请检查 DATABASE_URL，以及数据库服务是否已启动。`,
    en: `Cannot reach the database ${host}${pathname} (${why}): check DATABASE_URL and that the server runs.`,
  };
}

/**
 * A pool with Linli's settings; `max` is for tests and benchmarks that need more connections. `pipeline` lets several
 * queries be under way on one connection, and `settings` (`name=value`) are the server's for these connections.
 */
export function createPool(
  url: string,
  max: number = POOL_SIZE,
  { pipeline = false, settings = [] }: { pipeline?: boolean; settings?: readonly string[] } = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    pipeline,
    application_name: 'linli',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_CONNECTION_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    // Said by us: a server or a role may have been set to acknowledge before the disk has it, or to stricter isolation.
    options: ['synchronous_commit=on', 'default_transaction_isolation=read\\ committed', ...settings]
      .map((setting) => `-c ${setting}`)
      .join(' '),
  });
  // A connection that breaks is told by its queries, and an idle one has left the pool already. Both also say `error`,
  // which ends a process where nobody listens, and a lent one may break in the very step in which it is handed out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** The one place where PostgreSQL's Drizzle is taken for SQLite's (see kit-postgres.ts). */
function asDatabase(client: object): Database {
  return client as unknown as Database;
}

export async function openPostgres(url: string): Promise<PostgresEngine | DatabaseRefusal> {
  const pool = createPool(url);
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    const refusal = unreachable(error, url);
    if (refusal === undefined) throw error;
    return refusal;
  }
  const client = drizzle({ client: pool });
  const db = asDatabase(client);
  const turns = newTurns();
  const limited = newLimit(EXCLUSIVE_AT_ONCE);
  const engine: PostgresEngine = {
    kind: 'postgres',
    target: { kind: 'postgres', url },
    pool,
    db,
    reader: db,
    tables: postgresTables,
    atomically: (writes) =>
      client.transaction(async (transaction) => {
        for (const query of writes(asDatabase(transaction))) await query;
      }),
    exclusively: (name, work) =>
      inTurnOf(turns, namesOfTurn(name), () =>
        limited(() =>
          client.transaction(async (transaction) => {
            await transaction.execute(TURN_TIMEOUTS);
            for (const one of namesOfTurn(name))
              await transaction.execute(sql`select pg_advisory_xact_lock(1, hashtext(${one}))`);
            const inside = asDatabase(transaction);
            const atomically: PostgresEngine['atomically'] = async (writes) => {
              for (const query of writes(inside)) await query;
            };
            return work({ ...engine, db: inside, reader: inside, atomically });
          }),
        ),
      ),
    migrate: () => migratePostgres(pool),
    pendingMigrations: () => pendingInPostgres(pool),
    close: () => pool.end(),
  };
  return engine;
}

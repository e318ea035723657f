/** A table of its own for rows, on a fresh database, and a store that knows it: for tests of the ledger alone. */
import type { Engine } from '../../api/db/index.ts';
import {
  ledgerPool,
  PostgresStore,
  SqliteStore,
  SqliteThread,
  type LedgerStore,
} from '../../api/ledger/index.ts';
import type { CellType, RowTables } from '../../api/ledger/store.ts';
import { startBuiltWorker } from './built.ts';
import { execute, select } from './stored-book.ts';

/** Rows of no product module, so that the contract stands when modules change. */
const ORDERS: RowTables = new Map([
  [
    'test_orders',
    new Map<string, CellType>([
      ['id', 'text'],
      ['version', 'bigint'],
      ['status', 'text'],
      ['confirmed', 'boolean'],
      ['voucher', 'text'],
      ['tx', 'bigint'],
      ['booked_at', 'bigint'],
    ]),
  ],
]);
export type Order = {
  id: string;
  version: number;
  status: string;
  confirmed: boolean | number;
  voucher: string | null;
  tx: number | null;
  booked_at: number | null;
};

/** A store of its own on an opened engine, as another process would have; the engine stays open when it is closed. */
export function openStore(
  engine: Engine,
  { thread = false }: { thread?: boolean } = {},
): { store: LedgerStore; close(): Promise<void> } {
  if (engine.kind === 'sqlite' && thread) {
    const store = new SqliteThread(engine.target.file, ORDERS, startBuiltWorker);
    return { store, close: () => store.close() };
  }
  if (engine.kind === 'sqlite') {
    return { store: new SqliteStore(engine.sqlite, ORDERS), close: () => Promise.resolve() };
  }
  const pool = ledgerPool(engine.target.url);
  return { store: new PostgresStore(pool, ORDERS), close: () => pool.end() };
}

export async function createOrders(engine: Engine): Promise<void> {
  const boolean = engine.kind === 'sqlite' ? 'integer' : 'boolean';
  const integer = engine.kind === 'sqlite' ? 'integer' : 'bigint';
  await execute(
    engine,
    `create table test_orders (id text primary key, version ${integer} not null, status text not null
      check (status <> 'impossible'), confirmed ${boolean} not null, voucher text unique, tx ${integer}, booked_at ${integer})`,
  );
}

export function readOrders(engine: Engine): Promise<Order[]> {
  return select<Order>(engine, 'select * from test_orders order by id');
}

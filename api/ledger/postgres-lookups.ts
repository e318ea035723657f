/**
 * What planning may ask of PostgreSQL, one query a kind of need over arrays of keys. All are answered by primary keys
 * and unique keys, and what has no row is put as missing: not loaded and not there are different things.
 *
 * `lateral (… offset 0)` stands where a join would read more easily: it makes the planner go from the wanted keys to the
 * table. While a table is young and not analysed it would rather go through the whole book once and compare.
 */
import type { QueryResult } from 'pg';
import type { Instant } from './core/amount.ts';
import type { Needs } from './core/needs.ts';
import type { Head, State, StoredKey } from './core/state.ts';
import { BOOK_SPAN } from './core/transaction.ts';
import { numbers, statement, texts, type Query } from './postgres-queries.ts';
import { accountOf, assetOf, rowTable, type AccountRow, type AssetRecord } from './stored-rows.ts';
import type { RowTables } from './store.ts';

/** A query and what becomes of its rows. */
export type Lookup = { query: Query; take: (result: QueryResult) => void };

export function lookup<Row>(
  text: string,
  values: Query['values'],
  take: (rows: readonly Row[]) => void,
): Lookup {
  return { query: { statement: statement(text), values }, take: (result) => take(result.rows as Row[]) };
}

type HeadRow = { account: number | null; asset: number | null } & (
  | { seq: number; booked_at: number; entry: number; tally: number }
  | { seq: null }
);

/** Brings the last ids given in the book and its last booking instant into the state. */
export function lookUpHead(state: State, now: Instant): Lookup {
  const low = state.book * BOOK_SPAN;
  return lookup<HeadRow>(
    `select (select max(id) from accounts where id > $1 and id < $2) as account,
      (select max(id) from assets where id > $1 and id < $2) as asset,
      last.seq, last.booked_at, last.entry, last.tally
    from (values (1)) as one left join lateral (
      select seq, booked_at, first_entry + entry_count - 1 as entry, first_tally + tally_count - 1 as tally
      from transactions where id > $1 and id < $2 order by id desc limit 1
    ) as last on true`,
    [low, low + BOOK_SPAN],
    ([row]) => {
      if (!row) throw new Error('a book without a head');
      const last = row.seq === null ? { seq: 0, booked_at: 0, entry: low, tally: low } : row;
      const head: Head = {
        seq: last.seq,
        bookedAt: Math.max(now, last.booked_at),
        entry: last.entry,
        tally: last.tally,
        account: row.account ?? low,
        asset: row.asset ?? low,
      };
      Object.assign(state.head, head);
    },
  );
}

export type StoredKeyRow = {
  scope: string;
  key: string;
  request_hash: string;
  unit_id: string;
  status: 'posted' | 'refused';
  answer: string;
};

export function lookUpKeys(
  book: number,
  keys: readonly { scope: string; key: string }[],
  take: (row: StoredKeyRow) => void,
): Lookup {
  return lookup<StoredKeyRow>(
    `select found.* from unnest($2::text[], $3::text[]) as wanted (scope, key), lateral (
      select k.scope, k.key, k.request_hash, k.unit_id, k.status, k.answer from keys k
      where k.book = $1 and k.scope = wanted.scope and k.key = wanted.key offset 0
    ) as found`,
    [book, texts(keys.map((k) => k.scope)), texts(keys.map((k) => k.key))],
    (rows) => rows.forEach(take),
  );
}

export function storedKey(row: StoredKeyRow): StoredKey {
  return { requestHash: row.request_hash, unitId: row.unit_id, status: row.status, answer: row.answer };
}

/** Everything of a round whose rows stand for themselves. `versions` collects what writes of rows will rely on. */
export function lookUpNeeds(
  state: State,
  needs: Needs,
  tables: RowTables,
  versions: Map<string, number>,
): Lookup[] {
  return [
    ...unknownKeys(state, needs),
    ...(needs.accounts.size > 0 ? [accounts(state, needs)] : []),
    ...(needs.assets.size > 0 ? [assets(state, needs)] : []),
    ...(needs.promises.size > 0 ? [series(state, needs)] : []),
    ...(needs.positions.size > 0 ? [positions(state, needs)] : []),
    ...(needs.tallies.size > 0 ? [tallies(state, needs)] : []),
    ...(needs.holds.size > 0 ? [holds(state, needs)] : []),
    ...rowVersions(state, needs, tables, versions),
  ];
}

/** A key may be asked for again by a unit planned twice; its first answer stands. */
function unknownKeys({ book, keys }: State, needs: Needs): Lookup[] {
  const wanted = [...needs.keys].filter(([id]) => !keys.has(id));
  if (wanted.length === 0) return [];
  for (const [id] of wanted) keys.set(id, null);
  const refs = wanted.map(([, ref]) => ref);
  return [lookUpKeys(book, refs, (row) => keys.set(`${row.scope} ${row.key}`, storedKey(row)))];
}

function accounts(state: State, needs: Needs): Lookup {
  for (const key of needs.accounts.keys()) state.putAccount(key, null);
  const refs = [...needs.accounts.values()];
  const columns = [refs.map((r) => r.owner), refs.map((r) => r.role), refs.map((r) => r.counterparty)];
  return lookup<AccountRow>(
    `select found.* from unnest($2::text[], $3::text[], $4::text[]) as wanted (owner, role, counterparty), lateral (
      select * from accounts a where a.book = $1 and a.owner = wanted.owner and a.role = wanted.role
        and a.counterparty = wanted.counterparty offset 0
    ) as found`,
    [state.book, ...columns.map(texts)],
    (rows) => {
      for (const account of rows.map(accountOf)) state.putAccount(account.key, account);
    },
  );
}

function assets(state: State, needs: Needs): Lookup {
  for (const key of needs.assets.keys()) state.putAsset(key, null);
  const wanted = [...needs.assets.values()];
  const named = [wanted.map((a) => a.kind), wanted.map((a) => a.unit), wanted.map((a) => a.fund)];
  const counted = [
    wanted.map((a) => a.expiresAt),
    wanted.map((a) => a.rateMicro),
    wanted.map((a) => a.budgetReturns),
  ];
  return lookup<AssetRecord>(
    `select found.* from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[])
      as wanted (kind, unit, fund, expires_at, rate_micro, budget_returns), lateral (
      select * from assets s where s.book = $1 and s.kind = wanted.kind and s.unit = wanted.unit
        and s.fund = wanted.fund and s.expires_at = wanted.expires_at and s.rate_micro = wanted.rate_micro
        and s.budget_returns = wanted.budget_returns offset 0
    ) as found`,
    [state.book, ...named.map(texts), ...counted.map(numbers)],
    (rows) => {
      for (const asset of rows.map(assetOf)) state.putAsset(asset.key, asset);
    },
  );
}

function series(state: State, needs: Needs): Lookup {
  const wanted = [...needs.promises.values()];
  return lookup<AssetRecord>(
    `select found.* from unnest($2::text[], $3::text[]) as wanted (unit, fund), lateral (
      select * from assets s
      where s.book = $1 and s.kind = 'series' and s.unit = wanted.unit and s.fund = wanted.fund offset 0
    ) as found`,
    [state.book, texts(wanted.map((p) => p.unit)), texts(wanted.map((p) => p.fund))],
    (rows) => {
      const known = rows.map(assetOf);
      for (const { unit, fund } of wanted) {
        const own = known.filter((a) => a.unit === unit && a.fund === fund);
        state.putPromise(unit, fund, own);
      }
    },
  );
}

export type PositionRow = { account: number; asset: number; balance: number; entry: number };

function positions(state: State, needs: Needs): Lookup {
  const wanted = [...needs.positions.values()];
  return lookup<PositionRow>(
    `select found.* from unnest($1::bigint[], $2::bigint[]) as wanted (account, asset), lateral (
      select p.account, p.asset, p.balance, p.entry from positions p
      where p.account = wanted.account and p.asset = wanted.asset offset 0
    ) as found`,
    [numbers(wanted.map((p) => p[0])), numbers(wanted.map((p) => p[1]))],
    (rows) => {
      for (const p of rows) state.putPosition(p.account, p.asset, p.balance, p.entry);
      // A position without a row has never had an entry.
      for (const [account, asset] of wanted) state.putPosition(account, asset, 0, 0);
    },
  );
}

function tallies(state: State, needs: Needs): Lookup {
  const wanted = [...needs.tallies];
  return lookup<{ key: string; total: number; entry: number }>(
    'select key, total, entry from tallies where book = $1 and key = any($2::text[])',
    [state.book, texts(wanted)],
    (rows) => {
      for (const { key, total, entry } of rows) state.putTally(key, total, entry);
      for (const key of wanted) state.putTally(key, 0, 0);
    },
  );
}

function holds(state: State, needs: Needs): Lookup {
  for (const id of needs.holds) state.putHold(id, null);
  return lookup<{ id: string; tx: number }>(
    'select id, tx from holds where book = $1 and id = any($2::text[])',
    [state.book, texts([...needs.holds])],
    (rows) => {
      for (const { id, tx } of rows) state.putHold(id, tx);
    },
  );
}

function rowVersions(state: State, needs: Needs, tables: RowTables, versions: Map<string, number>): Lookup[] {
  const idsByTable = new Map<string, string[]>();
  for (const { table, id } of needs.rows.values()) {
    rowTable(tables, table);
    const ids = idsByTable.get(table);
    if (ids) ids.push(id);
    else idsByTable.set(table, [id]);
  }
  return [...idsByTable].map(([table, ids]) =>
    lookup<{ id: string; version: number }>(
      `select id, version from "${table}" where id = any($1::text[])`,
      [texts(ids)],
      (rows) => {
        for (const { id, version } of rows) {
          state.putRow(table, id, version);
          versions.set(`${table}/${id}`, version);
        }
        for (const id of ids) state.putRow(table, id, undefined);
      },
    ),
  );
}

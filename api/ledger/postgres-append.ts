/** The statements that write a planned batch to PostgreSQL, one a table over arrays; nothing here decides anything. */
import type { BatchPlan } from './core/plan.ts';
import type { State } from './core/state.ts';
import { FORMAT, type Transaction } from './core/transaction.ts';
import { numbers, statement, texts, type Query } from './postgres-queries.ts';
import { hashKey, hashTransaction } from './proof/canonical.ts';
import { firstId, newBook, newHolds, rowWrites, type RowWrite } from './stored-rows.ts';
import type { CellType, RowTables } from './store.ts';

/** What needs no hash comes first: PostgreSQL writes it while this process hashes. `versions`: of the rows as they were read. */
export function* appendBatch(
  state: State,
  plan: BatchPlan,
  tables: RowTables,
  versions: ReadonlyMap<string, number>,
): Generator<Query> {
  const { transactions: made } = state;
  yield* rows(state, tables, versions);
  yield* identities(state);
  yield* balances(state);
  yield* entries(made);
  yield* tallyEntries(made);
  yield* founded(state);
  yield* contents(state);
  if (made.length > 0) yield transactions(state);
  if (plan.keys.length > 0) yield keys(state.book, plan);
}

function insert(table: string, columns: string, types: string, values: Query['values']): Query {
  const arrays = types.split(' ').map((type, i) => `$${i + 1}::${type}[]`);
  const text = `insert into ${table} (${columns}) select * from unnest(${arrays.join(', ')})`;
  return { statement: statement(text), values };
}

function identities(state: State): Query[] {
  const queries: Query[] = [];
  const { book } = state;
  const { accounts: newAccounts, assets: newAssets } = state.opened();
  if (newAccounts.length > 0) {
    queries.push(
      insert(
        'accounts',
        'id, book, owner, role, counterparty, floor, ceiling',
        'bigint bigint text text text bigint bigint',
        [
          numbers(newAccounts.map((a) => a.id)),
          numbers(newAccounts.map(() => book)),
          texts(newAccounts.map((a) => a.owner)),
          texts(newAccounts.map((a) => a.role)),
          texts(newAccounts.map((a) => a.counterparty)),
          numbers(newAccounts.map((a) => a.floor)),
          numbers(newAccounts.map((a) => a.ceiling)),
        ],
      ),
    );
  }
  if (newAssets.length > 0) {
    queries.push(
      insert(
        'assets',
        'id, book, kind, unit, fund, expires_at, rate_micro, budget_returns',
        'bigint bigint text text text bigint bigint bigint',
        [
          numbers(newAssets.map((a) => a.id)),
          numbers(newAssets.map(() => book)),
          texts(newAssets.map((a) => a.kind)),
          texts(newAssets.map((a) => a.unit)),
          texts(newAssets.map((a) => a.fund)),
          numbers(newAssets.map((a) => a.expiresAt)),
          numbers(newAssets.map((a) => a.rateMicro)),
          numbers(newAssets.map((a) => a.budgetReturns)),
        ],
      ),
    );
  }
  return queries;
}

const TRANSACTIONS = statement(
  `insert into transactions (book, format, booked_at, id, seq, place, kind, effective_at, original_effective_at, unit_id,
    actor, source, hold_id, reverses, rule_version, terms, memo_commitment, first_entry, entry_count, first_tally,
    tally_count, hash)
  select $1::bigint, $2::bigint, $3::bigint, * from unnest($4::bigint[], $5::bigint[], $6::text[], $7::text[],
    $8::bigint[], $9::bigint[], $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[], $15::text[],
    $16::text[], $17::text[], $18::bigint[], $19::bigint[], $20::bigint[], $21::bigint[], $22::text[])`,
);

function transactions(state: State): Query {
  const { book, head, transactions: made } = state;
  const firstEntries: number[] = [];
  const firstTallies: number[] = [];
  let entry = firstId(head.entry, made, (t) => t.entries.length);
  let tally = firstId(head.tally, made, (t) => t.tallies.length);
  for (const t of made) {
    t.hash = hashTransaction(t);
    firstEntries.push(entry);
    firstTallies.push(tally);
    entry += t.entries.length;
    tally += t.tallies.length;
  }
  const values = [
    ...[book, FORMAT, head.bookedAt],
    numbers(made.map((t) => t.id)),
    numbers(made.map((t) => t.seq)),
    texts(made.map((t) => t.place)),
    texts(made.map((t) => t.kind)),
    numbers(made.map((t) => t.effectiveAt)),
    numbers(made.map((t) => t.originalEffectiveAt)),
    texts(made.map((t) => t.unitId)),
    texts(made.map((t) => t.actor)),
    texts(made.map((t) => t.source)),
    texts(made.map((t) => t.holdId)),
    numbers(made.map((t) => t.reverses)),
    texts(made.map((t) => t.ruleVersion)),
    texts(made.map((t) => t.terms)),
    texts(made.map((t) => t.memoCommitment)),
    numbers(firstEntries),
    numbers(made.map((t) => t.entries.length)),
    numbers(firstTallies),
    numbers(made.map((t) => t.tallies.length)),
    texts(made.map((t) => t.hash)),
  ];
  return { statement: TRANSACTIONS, values };
}

function entries(made: readonly Transaction[]): Query[] {
  const all = made.flatMap((t) => t.entries.map((e) => ({ ...e, tx: t.id, effectiveAt: t.effectiveAt })));
  if (all.length === 0) return [];
  const columns = 'id, tx, account, asset, amount, balance_after, effective_at';
  return [
    insert('entries', columns, 'bigint bigint bigint bigint bigint bigint bigint', [
      numbers(all.map((e) => e.id)),
      numbers(all.map((e) => e.tx)),
      numbers(all.map((e) => e.account.id)),
      numbers(all.map((e) => e.asset.id)),
      numbers(all.map((e) => e.amount)),
      numbers(all.map((e) => e.balanceAfter)),
      numbers(all.map((e) => e.effectiveAt)),
    ]),
  ];
}

function tallyEntries(made: readonly Transaction[]): Query[] {
  const all = made.flatMap((t) => t.tallies.map((e) => ({ ...e, tx: t.id })));
  if (all.length === 0) return [];
  const columns = 'id, tx, key, amount, total_after, floor, ceiling';
  return [
    insert('tally_entries', columns, 'bigint bigint text bigint bigint bigint bigint', [
      numbers(all.map((e) => e.id)),
      numbers(all.map((e) => e.tx)),
      texts(all.map((e) => e.key)),
      numbers(all.map((e) => e.amount)),
      numbers(all.map((e) => e.totalAfter)),
      numbers(all.map((e) => e.floor)),
      numbers(all.map((e) => e.ceiling)),
    ]),
  ];
}

/** The rows of `books` and `holds` that repeat what the transactions say. */
function founded(state: State): Query[] {
  const queries: Query[] = [];
  const book = newBook(state.transactions);
  if (book) {
    const values = [book.id, book.code, book.name, book.createdAt];
    const text = 'insert into books (id, code, name, created_at) values ($1, $2, $3, $4)';
    queries.push({ statement: statement(text), values });
  }
  const holds = newHolds(state.transactions);
  if (holds.length > 0) {
    const columns = 'id, book, tx, member, redeemer, place, ends_at, lines';
    queries.push(
      insert('holds', columns, 'text bigint bigint text text text bigint text', [
        texts(holds.map((h) => h.id)),
        numbers(holds.map(() => state.book)),
        numbers(holds.map((h) => h.tx)),
        texts(holds.map((h) => h.member)),
        texts(holds.map((h) => h.redeemer)),
        texts(holds.map((h) => h.place)),
        numbers(holds.map((h) => h.endsAt)),
        texts(holds.map((h) => h.lines)),
      ]),
    );
  }
  return queries;
}

/** In one order: books that keep the same contents would wait for each other. */
function contents({ contents: all }: State): Query[] {
  const into = '(id, bytes, created_at) values ($1, $2, $3) on conflict (id) do nothing';
  const inOrder = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return inOrder.map(({ table, id, bytes: b, createdAt }) => ({
    statement: statement(`insert into "${table}" ${into}`),
    values: [id, Buffer.from(b.buffer, b.byteOffset, b.length), createdAt],
  }));
}

const POSITIONS = statement(
  `insert into positions (account, asset, balance, entry)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])
  on conflict (account, asset) do update set balance = excluded.balance, entry = excluded.entry`,
);
const TALLIES = statement(
  `insert into tallies (book, key, total, entry)
  select $1::bigint, * from unnest($2::text[], $3::bigint[], $4::bigint[])
  on conflict (book, key) do update set total = excluded.total, entry = excluded.entry`,
);

function balances(state: State): Query[] {
  const queries: Query[] = [];
  const positions = state.changedPositions();
  if (positions.length > 0) {
    const values = [
      numbers(positions.map((p) => p.account)),
      numbers(positions.map((p) => p.asset)),
      numbers(positions.map((p) => p.balance)),
      numbers(positions.map((p) => p.entry)),
    ];
    queries.push({ statement: POSITIONS, values });
  }
  const tallies = state.changedTallies();
  if (tallies.length > 0) {
    const values = [
      state.book,
      texts(tallies.map((t) => t.key)),
      numbers(tallies.map((t) => t.total)),
      numbers(tallies.map((t) => t.entry)),
    ];
    queries.push({ statement: TALLIES, values });
  }
  return queries;
}

const KEYS = statement(
  `insert into keys (book, scope, key, request_hash, unit_id, status, answer, first_seq, last_seq, booked_at, hash)
  select $1::bigint, * from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
    $8::bigint[], $9::bigint[], $10::bigint[], $11::text[])`,
);

function keys(book: number, { keys: made }: BatchPlan): Query {
  const values = [
    book,
    texts(made.map((k) => k.unit.key.scope)),
    texts(made.map((k) => k.unit.key.key)),
    texts(made.map((k) => k.unit.requestHash)),
    texts(made.map((k) => k.unit.id)),
    texts(made.map((k) => k.status)),
    texts(made.map((k) => k.answer)),
    numbers(made.map((k) => k.firstSeq)),
    numbers(made.map((k) => k.lastSeq)),
    numbers(made.map((k) => k.bookedAt)),
    texts(made.map((k) => hashKey(book, k))),
  ];
  return { statement: KEYS, values };
}

/** One statement for all rows of a table that get the same columns. */
function rows(state: State, tables: RowTables, versions: ReadonlyMap<string, number>): Query[] {
  const alike = new Map<string, [RowWrite, ...RowWrite[]]>();
  for (const write of rowWrites(state, tables)) {
    const kind = `${write.table} ${write.inserted} ${write.columns.join()}`;
    const known = alike.get(kind);
    if (known) known.push(write);
    else alike.set(kind, [write]);
  }
  return [...alike.values()].map((writes) => rowsAlike(writes, tables, versions));
}

function rowsAlike(
  writes: readonly [RowWrite, ...RowWrite[]],
  tables: RowTables,
  versions: ReadonlyMap<string, number>,
): Query {
  const [{ table, inserted, columns }] = writes;
  const types = columns.map((column) => tables.get(table)?.get(column) ?? 'text');
  const cells = columns.map((_, i) =>
    literal(
      types[i] ?? 'text',
      writes.map(({ values }) => values[i] ?? null),
    ),
  );
  const names = columns.map((column) => `"${column}"`);
  if (inserted) return insert(`"${table}"`, names.join(', '), types.join(' '), cells);
  const arrays = types.map((type, i) => `$${i + 3}::${type}[]`);
  // The version as it was read: a row of several books may be changed under another book's lock meanwhile.
  const text = `update "${table}" as old set ${names.map((n) => `${n} = new.${n}`).join(', ')}
    from unnest($1::text[], $2::bigint[], ${arrays.join(', ')}) as new ("was id", "was version", ${names.join(', ')})
    where old.id = new."was id" and old.version = new."was version"`;
  const was = writes.map(({ id }) => versions.get(`${table}/${id}`) ?? null);
  const values = [texts(writes.map(({ id }) => id)), numbers(was), ...cells];
  return { statement: statement(text), values, rows: writes.length };
}

function literal(type: CellType, cells: readonly (string | number | null)[]): string {
  return type === 'text'
    ? texts(cells.map((cell) => (cell === null ? null : String(cell))))
    : numbers(cells.map((cell) => (cell === null ? null : Number(cell))));
}

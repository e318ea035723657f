/** Writes a planned batch to SQLite with prepared statements; nothing here decides anything. */
import type { Database, Statement } from 'better-sqlite3';
import type { BatchPlan, KeyRow } from './core/plan.ts';
import type { State } from './core/state.ts';
import { FORMAT, type Transaction } from './core/transaction.ts';
import { hashKey, hashTransaction } from './proof/canonical.ts';
import { firstId, newBook, newHolds, rowWrites } from './stored-rows.ts';
import type { RowTables } from './store.ts';

export class SqliteWriter {
  readonly #db: Database;
  readonly #tables: RowTables;
  readonly #rowStatements = new Map<string, Statement>();
  readonly #account: Statement;
  readonly #asset: Statement;
  readonly #transaction: Statement;
  readonly #entry: Statement;
  readonly #tallyEntry: Statement;
  readonly #position: Statement;
  readonly #tally: Statement;
  readonly #key: Statement;
  readonly #hold: Statement;
  readonly #book: Statement;

  constructor(db: Database, tables: RowTables) {
    this.#db = db;
    this.#tables = tables;
    const insert = (table: string, columns: string): Statement =>
      db.prepare(`insert into ${table} (${columns}) values (${columns.replace(/[^,]+/g, '?')})`);
    this.#account = insert('accounts', 'id, book, owner, role, counterparty, floor, ceiling');
    this.#asset = insert('assets', 'id, book, kind, unit, fund, expires_at, rate_micro, budget_returns');
    this.#transaction = insert(
      'transactions',
      'id, book, seq, format, place, kind, effective_at, booked_at, original_effective_at, unit_id, actor, source, hold_id, reverses, rule_version, terms, memo_commitment, first_entry, entry_count, first_tally, tally_count, hash',
    );
    this.#entry = insert('entries', 'id, tx, account, asset, amount, balance_after, effective_at');
    this.#tallyEntry = insert('tally_entries', 'id, tx, key, amount, total_after, floor, ceiling');
    this.#key = insert(
      'keys',
      'book, scope, key, request_hash, unit_id, status, answer, first_seq, last_seq, booked_at, hash',
    );
    this.#hold = insert('holds', 'id, book, tx, member, redeemer, place, ends_at, lines');
    this.#book = insert('books', 'id, code, name, created_at');
    this.#position = db.prepare(
      'insert into positions (account, asset, balance, entry) values (?, ?, ?, ?) on conflict (account, asset) do update set balance = excluded.balance, entry = excluded.entry',
    );
    this.#tally = db.prepare(
      'insert into tallies (book, key, total, entry) values (?, ?, ?, ?) on conflict (book, key) do update set total = excluded.total, entry = excluded.entry',
    );
  }

  append(state: State, plan: BatchPlan): void {
    const { book } = state;
    const { accounts, assets } = state.opened();
    for (const a of accounts) {
      this.#account.run(a.id, book, a.owner, a.role, a.counterparty, a.floor, a.ceiling);
    }
    for (const a of assets) {
      this.#asset.run(a.id, book, a.kind, a.unit, a.fund, a.expiresAt, a.rateMicro, a.budgetReturns);
    }
    // First of all: one that was used before ends the batch.
    for (const row of plan.keys) this.#appendKey(book, row);
    this.#appendTransactions(state);
    const founded = newBook(state.transactions);
    if (founded) this.#book.run(founded.id, founded.code, founded.name, founded.createdAt);
    for (const h of newHolds(state.transactions)) {
      this.#hold.run(h.id, book, h.tx, h.member, h.redeemer, h.place, h.endsAt, h.lines);
    }
    for (const p of state.changedPositions()) this.#position.run(p.account, p.asset, p.balance, p.entry);
    for (const t of state.changedTallies()) this.#tally.run(book, t.key, t.total, t.entry);
    this.#writeRows(state);
    for (const { table, id, bytes, createdAt } of state.contents) {
      const text = `insert into "${table}" (id, bytes, created_at) values (?, ?, ?) on conflict (id) do nothing`;
      this.#rowStatement(text).run(id, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), createdAt);
    }
  }

  /** Table by table: a statement that follows itself finds its pages at hand. */
  #appendTransactions({ head, transactions }: State): void {
    let entry = firstId(head.entry, transactions, (t) => t.entries.length);
    let tally = firstId(head.tally, transactions, (t) => t.tallies.length);
    for (const t of transactions) {
      this.#appendTransaction(t, entry, tally);
      entry += t.entries.length;
      tally += t.tallies.length;
    }
    for (const t of transactions) {
      for (const e of t.entries) {
        this.#entry.run(e.id, t.id, e.account.id, e.asset.id, e.amount, e.balanceAfter, t.effectiveAt);
      }
    }
    for (const t of transactions) {
      for (const e of t.tallies) {
        this.#tallyEntry.run(e.id, t.id, e.key, e.amount, e.totalAfter, e.floor, e.ceiling);
      }
    }
  }

  #appendTransaction(t: Transaction, firstEntry: number, firstTally: number): void {
    t.hash = hashTransaction(t);
    this.#transaction.run(
      t.id,
      t.book,
      t.seq,
      FORMAT,
      t.place,
      t.kind,
      t.effectiveAt,
      t.bookedAt,
      t.originalEffectiveAt,
      t.unitId,
      t.actor,
      t.source,
      t.holdId,
      t.reverses,
      t.ruleVersion,
      t.terms,
      t.memoCommitment,
      firstEntry,
      t.entries.length,
      firstTally,
      t.tallies.length,
      t.hash,
    );
  }

  #appendKey(book: number, row: KeyRow): void {
    const { unit, status, answer, firstSeq, lastSeq, bookedAt } = row;
    this.#key.run(
      book,
      unit.key.scope,
      unit.key.key,
      unit.requestHash,
      unit.id,
      status,
      answer,
      firstSeq,
      lastSeq,
      bookedAt,
      hashKey(book, row),
    );
  }

  #writeRows(state: State): void {
    for (const { table, id, inserted, columns, values } of rowWrites(state, this.#tables)) {
      const names = columns.map((c) => `"${c}"`);
      const text = inserted
        ? `insert into "${table}" (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`
        : `update "${table}" set ${names.map((n) => `${n} = ?`).join(', ')} where id = ?`;
      this.#rowStatement(text).run(...values, ...(inserted ? [] : [id]));
    }
  }

  #rowStatement(text: string): Statement {
    let statement = this.#rowStatements.get(text);
    if (!statement) this.#rowStatements.set(text, (statement = this.#db.prepare(text)));
    return statement;
  }
}

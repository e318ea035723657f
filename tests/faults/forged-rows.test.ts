/**
 * Rows put beside the books with the words that any user of the database has, no trigger taken off: entries and counters
 * that no transaction claims, totals that rest on them, holds and answers of nothing. `verify` names each.
 */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { balancesOf, BOOK_SPAN, openLedger, statementOf, verify, type Unit } from '../../api/ledger/index.ts';
import { MAX_ENTRIES } from '../../api/ledger/core/transaction.ts';
import { hashKeyRow, type KeyFields } from '../../api/ledger/proof/canonical.ts';
import { BookCheck } from '../../api/ledger/verify/check-book.ts';
import { checkKeys } from '../../api/ledger/verify/check-keys.ts';
import { Findings } from '../../api/ledger/verify/finding.ts';
import { eachEngine } from '../support/database.ts';
import { BOOK, writeEventfulBook } from '../support/eventful-book.ts';
import { disarm, execute, readBook, select } from '../support/stored-book.ts';

type Place = { id: number; tx: number; account: number; asset: number };

/** The last entry of the book, and the member's first position of points that can be spent. */
async function placesOf(engine: Engine): Promise<{ last: Place; position: Place }> {
  const [last] = await select<Place>(
    engine,
    'select id, tx, account, asset from entries order by id desc limit 1',
  );
  const [position] = await select<Place>(
    engine,
    `select p.entry as id, 0 as tx, p.account, p.asset from positions p join accounts a on a.id = p.account
     where a.owner = 'member' and a.role = 'available' order by p.asset limit 1`,
  );
  if (!last || !position) throw new Error('the book has nothing of this');
  return { last, position };
}

function insertEntry(engine: Engine, row: Place, amount: number): Promise<void> {
  const { id, tx, account, asset } = row;
  return execute(
    engine,
    `insert into entries (id, tx, account, asset, amount, balance_after, effective_at)
     values (${id}, ${tx}, ${account}, ${asset}, ${amount}, ${amount}, 1)`,
  );
}

async function insertCounter(engine: Engine, id: number, key: string): Promise<void> {
  const [last] = await select<{ tx: number }>(
    engine,
    'select tx from tally_entries order by id desc limit 1',
  );
  await execute(
    engine,
    `insert into tally_entries (id, tx, key, amount, total_after, floor, ceiling)
     values (${id}, ${last?.tx}, '${key}', -1, 0, null, null)`,
  );
}

async function lastCounter(engine: Engine): Promise<number> {
  const [last] = await select<{ id: number }>(
    engine,
    'select id from tally_entries order by id desc limit 1',
  );
  return Number(last?.id);
}

async function findings(engine: Engine): Promise<string[]> {
  return (await verify(engine)).findings.map(({ en }) => en);
}

const UNCLAIMED_ENTRIES = 'there are entries that no transaction claims';
const UNCLAIMED_COUNTERS = 'there are counters that no transaction claims';

eachEngine((_, open) => {
  const forge = async (): Promise<Engine> => {
    const engine = await open();
    await writeEventfulBook(engine);
    return engine;
  };

  it('a balance that rests on an entry beyond the last transaction', async () => {
    const engine = await forge();
    const { last, position } = await placesOf(engine);
    const id = last.id + 1_000_000;
    await insertEntry(engine, { ...position, id, tx: last.tx }, 1_000_000);
    await execute(
      engine,
      `update positions set balance = 1000000, entry = ${id} where account = ${position.account} and asset = ${position.asset}`,
    );
    const balances = await balancesOf(engine, { book: BOOK, owner: 'member' });
    expect(balances.map(({ balance }) => balance)).toContain(1_000_000);
    expect(await findings(engine)).toEqual([
      `the balance of account:asset ${position.account}:${position.asset} names an entry that is not there`,
      UNCLAIMED_ENTRIES,
    ]);
  });

  it('a closed month that was opened by a counter beyond the last transaction', async () => {
    const engine = await forge();
    const id = (await lastCounter(engine)) + 1_000_000;
    await insertCounter(engine, id, 'closed-through:other');
    await execute(engine, `update tallies set total = 0, entry = ${id} where key = 'closed-through:other'`);
    expect(await findings(engine)).toEqual([
      'counter closed-through:other names an entry that is not there',
      UNCLAIMED_COUNTERS,
    ]);
  });

  it('a total that rests on the counter of another book', async () => {
    const engine = await open();
    const now = await writeEventfulBook(engine);
    const ledger = openLedger(engine, { now: () => now });
    const commands = [{ do: 'open' as const, code: 'other', name: 'Other' }];
    const head = { id: 'opening', key: { scope: 'test', key: 'open' }, requestHash: 'open', place: 'other' };
    await ledger.journal.commit(BOOK + 1, { ...head, actor: 'maker', source: 'test', commands });
    await ledger.stop();
    expect(await findings(engine)).toEqual([]);
    await execute(
      engine,
      `insert into tallies (book, key, total, entry)
       select ${BOOK + 1}, key, total, entry from tallies where key = 'number:DK-2603-'`,
    );
    expect(await findings(engine)).toEqual([
      expect.stringMatching(/^counter number:DK-2603- does not equal its entries/),
    ]);
  });

  it('a transaction that claims every counter of the book: no key is read with more than one can have', async () => {
    const engine = await forge();
    await disarm(engine, 'transactions');
    const book = await readBook(engine, BOOK);
    const check = new BookCheck(BOOK, new Findings());
    for (const t of book.transactions) check.add(t, { firstEntry: 0, firstTally: 0, effectiveOfEntries: [] });
    const [first] = book.transactions.filter(({ tallies }) => tallies.some(({ key }) => isNumber(key)));
    const last = await lastCounter(engine);
    for (let i = 1; i <= 3 * MAX_ENTRIES; i++) await insertCounter(engine, last + i, `number:FORGED-${i}`);
    await execute(engine, `update transactions set tally_count = ${2 ** 40} where id = ${first?.id}`);
    let most = 0;
    await checkKeys(
      counting(engine, (rows) => (most = Math.max(most, rows))),
      check,
      book.transactions.length,
    );
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThan(2 * MAX_ENTRIES);
  });

  it('a line of a statement that no transaction made', async () => {
    const engine = await forge();
    const { last, position } = await placesOf(engine);
    await insertEntry(engine, { ...position, id: last.id + 500, tx: last.tx }, 777);
    const { lines } = await statementOf(engine, { book: BOOK, owner: 'member', limit: 5 });
    expect(lines[0]?.amount).toBe(777);
    expect(await findings(engine)).toEqual([UNCLAIMED_ENTRIES]);
  });

  it('an entry under the next id, after which nothing can be booked any more', async () => {
    const engine = await open();
    const now = await writeEventfulBook(engine);
    const { last } = await placesOf(engine);
    await insertEntry(engine, { ...last, id: last.id + 1 }, 1);
    const ledger = openLedger(engine, { now: () => now + 1 });
    const head = { id: 'unit', key: { scope: 'test', key: 'next' }, requestHash: 'next', place: 'estate' };
    const unit: Unit = { ...head, actor: 'maker', source: 'test', commands: [] };
    const commands = [{ do: 'budget' as const, fund: 'fund', unit: 'VOL', amount: 5 }];
    await expect(ledger.journal.commit(BOOK, { ...unit, commands })).rejects.toThrow();
    await ledger.stop();
    expect(await findings(engine)).toEqual([UNCLAIMED_ENTRIES]);
  });

  it.each([0, 77])('rows with ids of book %i, which does not exist', async (book) => {
    const engine = await forge();
    const { last } = await placesOf(engine);
    const id = book * BOOK_SPAN + 1;
    await insertEntry(engine, { ...last, id }, 1);
    await insertCounter(engine, id, 'number:DK-');
    await execute(
      engine,
      `insert into positions (account, asset, balance, entry) values (${id}, ${id}, 1, ${id})`,
    );
    expect(await findings(engine)).toEqual(
      ['entries', 'tally_entries', 'positions'].map((table) => `table ${table} has rows of no book`),
    );
  });

  it('a position that no entry made', async () => {
    const engine = await forge();
    const { last } = await placesOf(engine);
    const [account, asset] = [last.account, last.asset + 1_000];
    await execute(
      engine,
      `insert into positions (account, asset, balance, entry) values (${account}, ${asset}, 0, 0)`,
    );
    expect(await findings(engine)).toEqual([
      `the balance of account:asset ${account}:${asset} does not equal its entries: 0 ≠ 0`,
    ]);
  });

  it('a hold that names a transaction which is not there', async () => {
    const engine = await forge();
    const { last } = await placesOf(engine);
    await execute(
      engine,
      `insert into holds (id, book, tx, member, redeemer, place, ends_at, lines)
       values ('forged', ${BOOK}, ${last.tx + 5}, 'member', 'shop', 'estate', 9000000000000, '[]')`,
    );
    expect(await findings(engine)).toEqual(['hold forged does not match its transaction']);
  });

  describe('an answer kept under a key, its hash made anew,', () => {
    const unlike = (key: string): string =>
      `key test ${key} and its transactions do not belong to each other`;
    const CHANGES: [string, (row: KeyFields) => Partial<KeyFields>][] = [
      ['with another voucher number', ({ answer }) => ({ answer: answer.replace('-0001', '-0002') })],
      [
        'with a voucher number of another month',
        ({ answer }) => ({ answer: answer.replace('2603', '2604') }),
      ],
      ['without its voucher number', ({ answer }) => ({ answer: answer.replace(/,"number":"[^"]*"/, '') })],
      ['with other transactions', ({ answer }) => ({ answer: answer.replace(/\[\d+/, '[1') })],
      ['with another unit', ({ answer }) => ({ answer: answer.replace(/"unit":"[^"]*"/, '"unit":"x"') })],
      ['with another time', ({ bookedAt }) => ({ bookedAt: bookedAt + 1 })],
      ['turned into a refusal', () => ({ status: 'refused', answer: '{"code":"insufficient-points"}' })],
    ];

    it.each(CHANGES)('%s', async (_name, change) => {
      const engine = await forge();
      await disarm(engine, 'keys');
      const rows = await engine.db.select().from(engine.tables.keys);
      const row = rows.find(({ answer }) => answer.includes('DK-2603-'));
      if (!row) throw new Error('the book has no voucher');
      const forged = { ...row, ...change(row) };
      const { status, answer, bookedAt } = forged;
      expect(forged).not.toEqual(row);
      await execute(
        engine,
        `update keys set status = '${status}', answer = '${answer}', booked_at = ${bookedAt},
         hash = '${hashKeyRow(forged)}' where scope = '${row.scope}' and key = '${row.key}'`,
      );
      expect(await findings(engine)).toEqual([unlike(row.key)]);
    });
  });
});

function isNumber(key: string): boolean {
  return key.startsWith('number:');
}

/** The engine, with a word of how many rows each question was answered with. */
function counting(engine: Engine, count: (rows: number) => void): Engine {
  const answered = (query: object): object =>
    new Proxy(query, {
      get(target, name) {
        const member = Reflect.get(target, name) as unknown;
        if (typeof member !== 'function') return member;
        if (name !== 'then')
          return (...args: unknown[]) => answered(Reflect.apply(member, target, args) as object);
        return (then: (rows: unknown) => unknown, otherwise: unknown) => {
          const counted = (rows: unknown): unknown => {
            count((rows as unknown[]).length);
            return then(rows);
          };
          return Reflect.apply(member, target, [counted, otherwise]) as unknown;
        };
      },
    });
  return { ...engine, reader: answered(engine.reader) as Engine['reader'] };
}

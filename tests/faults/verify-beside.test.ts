/** Verification beside a working ledger: what is booked while it runs is no finding. */
import { expect, it } from 'vitest';
import { openLedger, verify, type Unit } from '../../api/ledger/index.ts';
import { withSqlite } from '../support/database.ts';
import { BOOK, writeEventfulBook } from '../support/eventful-book.ts';

it('a member and a fund whose first points come while a verification has just begun are no strangers', async () => {
  const engine = await withSqlite();
  const now = await writeEventfulBook(engine);
  const { store } = openLedger(engine, { now: () => now });
  const unit: Unit = {
    id: 'unit-beside',
    key: { scope: 'test', key: 'beside' },
    requestHash: 'beside',
    place: 'estate',
    actor: 'person:maker',
    source: 'test',
    commands: [
      { do: 'budget', fund: 'new-fund', unit: 'VOL', amount: 10 },
      { do: 'award', member: 'newcomer', fund: 'new-fund', unit: 'VOL', amount: 10 },
    ],
  };
  // The first question is about books, the second about the last transaction, the third about the accounts.
  let asked = 0;
  const reader = new Proxy(engine.reader, {
    get(target, name) {
      if (name === 'select' && ++asked === 3) void store.commit(BOOK, [unit], now);
      const member = Reflect.get(target, name) as unknown;
      return typeof member === 'function' ? (member.bind(target) as unknown) : member;
    },
  });
  const report = await verify({ ...engine, reader });
  const { accounts } = engine.tables;
  const opened = await engine.reader.select({ owner: accounts.owner }).from(accounts);
  expect(opened.map(({ owner }) => owner)).toContain('newcomer');
  expect(report.findings).toEqual([]);
});

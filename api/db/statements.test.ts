import BetterSqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { rememberStatements } from './statements.ts';

let connection: BetterSqlite.Database;
beforeEach(() => {
  connection = new BetterSqlite(':memory:');
  connection.exec(`create table fruit (name text, amount integer); insert into fruit values ('plum', 3)`);
});
afterEach(() => connection.close());

it('a text is compiled once, and answers what is there now', () => {
  const compiled = vi.spyOn(connection, 'prepare');
  const remembering = rememberStatements(connection);
  const amounts = () => remembering.prepare('select amount from fruit where name = ?').all('plum');
  expect(amounts()).toEqual([{ amount: 3 }]);
  connection.exec('update fruit set amount = 4');
  expect(amounts()).toEqual([{ amount: 4 }]);
  expect(compiled).toHaveBeenCalledTimes(1);
});

it('whoever asks after somebody who wanted rows without names gets them with names', () => {
  const remembering = rememberStatements(connection);
  const text = 'select name, amount from fruit';
  expect(remembering.prepare(text).raw().all()).toEqual([['plum', 3]]);
  expect(remembering.prepare(text).all()).toEqual([{ name: 'plum', amount: 3 }]);
});

it('a changed table is seen by a statement from before', () => {
  const remembering = rememberStatements(connection);
  const all = () => remembering.prepare('select * from fruit').all();
  all();
  connection.exec(`alter table fruit add column colour text default 'blue'`);
  expect(all()).toEqual([{ name: 'plum', amount: 3, colour: 'blue' }]);
});

it('thousands of texts do not stay for ever, and the one in use does', () => {
  const compiled = vi.spyOn(connection, 'prepare');
  const remembering = rememberStatements(connection);
  const used = () => remembering.prepare('select amount from fruit').all();
  for (let n = 0; n < 2_000; n += 1) {
    remembering.prepare(`select ${n}`).all();
    if (n % 100 === 0) expect(used()).toEqual([{ amount: 3 }]);
  }
  expect(compiled).toHaveBeenCalledTimes(2_001);
  remembering.prepare('select 1').all();
  expect(compiled).toHaveBeenCalledTimes(2_002);
});

it('works inside a transaction of the connection', () => {
  const remembering = rememberStatements(connection);
  const add = connection.transaction(() => remembering.prepare(`insert into fruit values ('fig', 1)`).run());
  expect(add.immediate().changes).toBe(1);
  expect(remembering.prepare('select count(*) as n from fruit').get()).toEqual({ n: 2 });
});

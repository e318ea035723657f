/** `verify` has nothing to say against a random history that came through the stores, whatever happened in it. */
import { expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { deskOn } from '../contract/store-desk.ts';
import { withPostgres, withSqlite } from '../support/database.ts';
import { History } from './differential-history.ts';

const UNITS = 2_000;

it.each([
  ['SQLite', 1, withSqlite],
  ['SQLite', 2, withSqlite],
  ['PostgreSQL', 3, withPostgres],
] as const)('on %s, seed %i', async (_engine, seed, open) => {
  const desk = await deskOn(open);
  const history = new History(seed);
  const kinds = new Set<string>();
  let done = 0;
  for (let units = history.opening(); done < UNITS; units = history.moment()) {
    history.learn(units, await desk.store.commit(1, units, history.now));
    for (const { commands } of units) for (const command of commands) kinds.add(command.do);
    done += units.length;
  }
  const report = await verify(desk.engine);
  expect(report.findings).toEqual([]);
  expect(report.books[0]?.transactions).toBeGreaterThan(UNITS / 4);
  expect([...kinds].sort()).toEqual(
    expect.arrayContaining([
      'award',
      'capture',
      'clawback',
      'expire',
      'hold',
      'pay',
      'refund',
      'release',
      'spend',
    ]),
  );
});

/** A random history is the same on both engines; the long run of it is `npm run drill -- simulate`. */
import { expect, it } from 'vitest';
import { withPostgres, withSqlite } from '../support/database.ts';
import { History } from './differential-history.ts';
import { assertSameBooks, playSideBySide } from './side-by-side.ts';

const UNITS = 10_000;
const seed = Number(process.env['LINLI_SEED'] ?? Date.now() % 1_000_000_007);

/** What random units reach for sure, or the history would compare less than it seems to. */
const REACHED = `open post budget award release reject credit hold capture return spend refund clawback expire pay row replay
  insufficient-points hold-not-found hold-ended hold-exceeded award-not-found award-settled reversal-exceeded not-reversible
  overpaid not-yet-expired month-closed cap-exceeded already-done version-conflict key-reused value-not-reachable`;

it(`rule 9: ${UNITS} random units give the same bytes on SQLite and PostgreSQL (LINLI_SEED=${seed})`, async () => {
  const history = new History(seed);
  const sides = {
    sqlite: await withSqlite(),
    postgres: await withPostgres(),
    inOtherParts: await withSqlite(),
  };
  await playSideBySide(history, sides, UNITS);
  const reached = new Set([...history.posted.keys(), ...history.refused.keys()]);
  expect(REACHED.split(/\s+/).filter((what) => !reached.has(what))).toEqual([]);
  await assertSameBooks(sides);
});

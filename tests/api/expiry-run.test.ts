/** The expiry run leaves the thread to tills, and ends early when the process is to stop. */
import { expect, it } from 'vitest';
import { isExpiryDue, runExpiry } from '../../api/programme/index.ts';
import { BOOK_SPAN } from '../../api/ledger/index.ts';
import { startApp } from '../support/app.ts';
import { eachEngine, withSqlite } from '../support/database.ts';
import { demoTown } from '../support/demo-programme.ts';

const DAY_MS = 86_400_000;

it('a till is answered while a quarter of a million accounts are looked through', async () => {
  const engine = await withSqlite();
  const many = 'with recursive n(i) as (select 1 union all select i + 1 from n where i < 250000)';
  engine.sqlite.exec(`
    insert into assets (id, book, kind, unit, fund, expires_at, rate_micro, budget_returns)
      values (${BOOK_SPAN + 1}, 1, 'series', 'VOL', 'F', 5, 1, 1);
    ${many} insert into accounts (id, book, owner, role, counterparty, floor, ceiling)
      select ${BOOK_SPAN} + i, 1, 'm' || i, 'available', '', 0, null from n;
    ${many} insert into positions (account, asset, balance, entry)
      select ${BOOK_SPAN} + i, ${BOOK_SPAN + 1}, 0, 1 from n;
    analyze;
  `);
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  await new Promise((done) => setTimeout(done, 50));
  longest = 0;
  expect(await isExpiryDue(engine, 1, Date.now())).toBe(false);
  await new Promise((done) => setTimeout(done, 20));
  clearInterval(timer);
  expect(longest, 'ms for which the thread was held').toBeLessThan(200);
});

eachEngine((_name, open) => {
  it('a run that is told to stop ends between two pieces, and the next one does the rest', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const end = app.clock.now + DAY_MS;
    for (let nth = 0; nth < 70; nth++) await town.give(`m${nth}`, town.volunteerFund, 1, end);
    app.clock.now = end;
    const { deps } = app.server;
    const stopping = new AbortController();
    const journal = {
      find: deps.journal.find.bind(deps.journal),
      commit: (...unit: Parameters<typeof deps.journal.commit>) => {
        stopping.abort();
        return deps.journal.commit(...unit);
      },
    } as unknown as typeof deps.journal;
    const first = await runExpiry({ ...deps, journal }, town.book, end, stopping.signal);
    expect(first).toMatchObject({ positions: 64, failed: 0 });
    expect(await runExpiry(deps, town.book, end)).toMatchObject({ positions: 6 });
  });
});

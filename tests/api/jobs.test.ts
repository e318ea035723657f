/** What a running Linli does by itself. */
import { expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { countedOf } from '../../api/disclosure/count-book.ts';
import { runJobs } from '../../api/jobs.ts';
import { balancesOf, post, verify, type Command } from '../../api/ledger/index.ts';
import { isProblem } from '../../api/platform/index.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const DAY_MS = 86_400_000;

eachEngine((_, open) => {
  it('moves points that ended out of the available ones, once, however often it runs', async () => {
    const app = await startApp(await open());
    const { deps } = app.server;
    const place = await app.place('community');
    const [member, fund, unit] = ['member-1', 'fund-1', 'CON'];
    const series = { expiresAt: app.clock.now + DAY_MS, rateMicro: 10_000, budgetReturns: true };
    const commands: Command[] = [
      { do: 'open', code: 'book', name: 'Book' },
      { do: 'budget', fund, unit, amount: 1_000 },
      { do: 'credit', member, fund, unit, amount: 120, series },
    ];
    for (const [nth, command] of commands.entries()) {
      const ask = { book: 1, scope: 'test', key: `key-${nth}`, request: nth };
      expect(isProblem(await post(deps, ask, { actor: 'test', place, commands: [command] }))).toBe(false);
    }
    const points = async () => {
      const balances = await balancesOf(app.engine, { book: 1, owner: member });
      return Object.fromEntries(balances.map((b) => [b.role, b.balance]));
    };

    await runJobs(deps);
    expect(await points()).toEqual({ available: 120 });
    app.clock.now += DAY_MS;
    await Promise.all([runJobs(deps), runJobs(deps)]);
    await runJobs(deps);
    expect(await points()).toEqual({ expired: 120 });
    expect((await verify(app.engine)).findings).toEqual([]);
  });

  it('what fails in one book stops no other, and is logged', async () => {
    const app = await startApp(await open());
    const { deps } = app.server;
    for (const book of [1, 2]) {
      const commands: Command[] = [{ do: 'open', code: `book-${book}`, name: 'Book' }];
      const place = await app.place('community', '', book);
      const ask = { book, scope: 'test', key: 'open', request: 'open' };
      expect(isProblem(await post(deps, ask, { actor: 'test', place, commands }))).toBe(false);
    }
    app.clock.now += DAY_MS;
    const engine: Engine = Object.assign(Object.create(deps.engine) as Engine, {
      exclusively: (name: string, work: (engine: Engine) => Promise<unknown>) =>
        name === 'count:1' ? Promise.reject(new Error('disk I/O')) : deps.engine.exclusively(name, work),
    });
    await runJobs({ ...deps, engine });
    expect(await countedOf(deps.engine, 1)).toBeUndefined();
    expect(await countedOf(deps.engine, 2)).toBeDefined();
    expect(app.logged).toContainEqual(
      expect.objectContaining({ book: 1, job: 'disclosure', message: 'a job failed' }),
    );
  });
});

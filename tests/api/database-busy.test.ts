/** A database that has no room at the moment is not a bug: the caller hears it, and that the same request may be sent again. */
import { expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { withPostgres } from '../support/database.ts';

it('a request that waits in vain for a connection is told to come again', async () => {
  const engine = await withPostgres();
  const app = await startApp(engine);
  const by = await app.person({ role: 'auditor', place: await app.place() });
  const ask = () => app.request('/api/v1/books/1/transactions', { by });
  expect((await ask()).status).toBe(200);

  const taken = await Promise.all(
    Array.from({ length: engine.pool.options.max }, () => engine.pool.connect()),
  );
  const answer = await ask();
  for (const client of taken) client.release();

  expect(answer.status).toBe(503);
  expect(answer.headers.get('retry-after')).toBe('2');
  expect(await answer.json()).toMatchObject({ code: 'overloaded' });
  expect((await ask()).status).toBe(200);
});

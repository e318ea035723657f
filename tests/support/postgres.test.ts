import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { expect, it } from 'vitest';

const TIMEOUT_MS = 60_000;

it(
  'The test server ends by itself when the process that wanted it is gone',
  { timeout: TIMEOUT_MS },
  async () => {
    const keeper = spawn(
      process.execPath,
      ['--import', 'tsx', 'tests/support/postgres-keeper.ts', 'durable'],
      {
        stdio: ['pipe', 'pipe', 'inherit'],
      },
    );
    const [url] = (await once(createInterface({ input: keeper.stdout }), 'line')) as [string];
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    expect((await client.query('SHOW fsync')).rows).toEqual([{ fsync: 'on' }]);
    // A server that ends tells its clients so; that is expected here.
    client.on('error', () => undefined);

    // What the operating system does to the pipe when its other end is killed.
    keeper.stdin.destroy();
    await once(keeper, 'exit');
    await expect(new pg.Client({ connectionString: url }).connect()).rejects.toThrow('ECONNREFUSED');
  },
);

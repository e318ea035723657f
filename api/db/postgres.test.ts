import { createServer, type AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { createPool, parseInt8 } from './postgres.ts';

it('reads a bigint as the number that it is', () => {
  expect(parseInt8('-9007199254740991')).toBe(Number.MIN_SAFE_INTEGER);
  expect(parseInt8('1780000000000')).toBe(1_780_000_000_000);
});

it('does not read a bigint as its neighbour', () => {
  expect(() => parseInt8('9007199254740993')).toThrow('9007199254740993');
});

/** A message of PostgreSQL's protocol: its letter, its length, its bytes. */
function message(letter: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
}

it('a server that ends a connection in the packet that opens it fails the query, not the process', async () => {
  const goodbye = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection\0\0'));
  const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(Buffer.concat([...welcome, goodbye])));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pool = createPool(`postgres://linli@127.0.0.1:${(server.address() as AddressInfo).port}/linli`);
  try {
    // Without its listener, vitest itself reports the error that nobody caught, and the run is red.
    const client = await pool.connect();
    await expect(client.query('select 1')).rejects.toThrow(/terminat|not queryable/);
    client.release();
    await expect.poll(() => pool.totalCount).toBe(0);
  } finally {
    await pool.end();
    server.close();
  }
});

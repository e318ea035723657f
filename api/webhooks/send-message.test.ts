import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sendMessage, type Resolve } from './send-message.ts';

const seen: { host: string | undefined; path: string | undefined; body: string }[] = [];
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((request, answer) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      seen.push({ host: request.headers.host, path: request.url, body });
      if (request.url === '/never') return;
      if (request.url === '/moved') answer.writeHead(302, { location: '/inside' }).end();
      else if (request.url === '/endless') {
        answer.writeHead(200);
        const more = setInterval(() => answer.write('x'.repeat(65_536)), 1);
        answer.on('close', () => clearInterval(more));
      } else answer.writeHead(request.url === '/bad' ? 500 : 204).end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const message = { headers: { 'webhook-id': '1' }, body: '{}' };
const local = (path: string, more = {}) =>
  sendMessage({ ...message, url: `http://localhost:${port}${path}` }, { production: false, ...more });

it('is delivered by a 2xx answer, of which nothing but the status is read', async () => {
  expect(await local('/hooks')).toEqual({ outcome: 'delivered', status: 204 });
  expect(await local('/endless')).toEqual({ outcome: 'delivered', status: 200 });
  expect(await local('/bad')).toEqual({ outcome: 'refused', status: 500 });
});

it('follows no redirect', async () => {
  expect(await local('/moved')).toEqual({ outcome: 'refused', status: 302 });
  expect(seen.map(({ path }) => path)).not.toContain('/inside');
});

it('waits only so long, for a name and for an answer', async () => {
  expect(await local('/never', { timeoutMs: 100 })).toEqual({ outcome: 'timed-out' });
  const silent: Resolve = () => new Promise(() => undefined);
  expect(await local('/hooks', { timeoutMs: 50, resolve: silent })).toEqual({ outcome: 'timed-out' });
});

it('goes to the address that was checked, whatever the name answers a moment later', async () => {
  const answers = ['127.0.0.1', '127.0.0.9'];
  let asked = 0;
  const rebinding: Resolve = () => Promise.resolve([{ address: answers[asked++]!, family: 4 }]);
  seen.length = 0;
  const sent = await local('/hooks', { resolve: rebinding });
  expect([sent.outcome, asked, seen[0]?.host]).toEqual(['delivered', 1, `localhost:${port}`]);
});

it('a public name that points inside is refused, and nothing is connected to', async () => {
  seen.length = 0;
  const url = `https://shop.example.com:${port}/hooks`;
  const to = (...addresses: string[]) =>
    sendMessage(
      { ...message, url },
      {
        production: true,
        resolve: () => Promise.resolve(addresses.map((address) => ({ address, family: 4 }))),
      },
    );
  expect(await to('127.0.0.1')).toEqual({ outcome: 'address-refused' });
  expect(await to('8.8.8.8', '10.0.0.1')).toEqual({ outcome: 'address-refused' });
  expect(await sendMessage({ ...message, url: `http://localhost:${port}/` }, { production: true })).toEqual({
    outcome: 'address-refused',
  });
  expect(seen).toEqual([]);
});

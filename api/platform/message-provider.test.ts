import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { createWebhookProvider, type Message } from './message-provider.ts';

const SECRET = 'shared-secret-0123456789-abcdefghij';
const message: Message = {
  id: '01890a5d-ac96-774b-bcce-b302099a8057',
  channel: 'sms',
  person: '01890a5d-ac96-774b-bcce-b302099a8006',
  phone: '13800000001',
  text: '您有 36 分志愿积分，用到2027年12月31日为止。',
};
const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => servers.splice(0).forEach((server) => server.close()));

async function hook(status: number): Promise<{ url: string; got: { body: string; signature: unknown }[] }> {
  const got: { body: string; signature: unknown }[] = [];
  const server = createServer((request, answer) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString('utf8')));
    request.on('end', () => {
      got.push({ body, signature: request.headers['x-linli-signature'] });
      answer.writeHead(status).end();
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, got };
}

const provider = (url: string) => createWebhookProvider({ url, secret: SECRET, channels: ['sms'] });

it('posts the message signed, so that the hook knows who sends it', async () => {
  const { url, got } = await hook(204);
  expect(await provider(url).send(message)).toBe('sent');
  const [sent] = got;
  expect(JSON.parse(sent!.body)).toEqual(message);
  expect(sent!.signature).toBe(createHmac('sha256', SECRET).update(sent!.body).digest('hex'));
});

it('tells a refusal, and a hook that is not there, from no answer', async () => {
  expect(await provider((await hook(500)).url).send(message)).toBe('refused');
  const silent = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/hook`;
  expect(await provider(url).send(message)).toBe('unknown');
  await new Promise((resolve) => silent.close(resolve));
  expect(await provider(url).send(message)).toBe('refused');
});

import { expect, it } from 'vitest';
import { createHttpServer } from './http-server.ts';

it('leaves the responses of fetch what they were for everybody who asks `instanceof`', async () => {
  const config = { host: '127.0.0.1', port: 0, trustProxy: false, origin: undefined };
  const server = createHttpServer({ config, fetch: () => Response.json({ ok: true }) });
  const address = await server.listen();
  if ('kind' in address) throw new Error(address.en);
  const answer = await fetch(`http://127.0.0.1:${address.port}/api/any`);
  expect(await answer.json()).toEqual({ ok: true });
  expect(answer instanceof Response).toBe(true);
  expect(new Response('light') instanceof Response).toBe(true);
  expect(new Request('http://linli.test/') instanceof Request).toBe(true);
  expect({} instanceof Response).toBe(false);
  await server.stop(100);
});

it.each(['/me/bills/%E0%A4%A', '/%', '//elsewhere.test/%'])(
  'leads the malformed address %s to a page that can be missing',
  async (path) => {
    const config = { host: '127.0.0.1', port: 0, trustProxy: false, origin: undefined };
    const asked: (string | undefined)[] = [];
    const server = createHttpServer({
      config,
      fetch: () => new Response(),
      pages: ({ url }, res) => asked.push(url) && res.writeHead(404).end(),
    });
    const address = await server.listen();
    if ('kind' in address) throw new Error(address.en);
    const origin = `http://127.0.0.1:${address.port}`;
    const answer = await fetch(origin + path);
    expect(answer.status).toBe(404);
    expect(new URL(answer.url).origin).toBe(origin);
    expect(asked).toEqual([path.replace(/^\/+/, '/').replaceAll('%', '%25')]);
    await server.stop(100);
  },
);

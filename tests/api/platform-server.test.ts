/** The Node server around the API: headers, limits, documentation, the web's calls from inside, and the stop. */
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createHttpServer,
  newModule,
  onError,
  problem,
  refuse,
  route,
  answer,
  json,
  limitedBody,
  z,
  isRefusal,
} from '../../api/platform/index.ts';
import type { HttpServer, PagesHandler } from '../../api/platform/index.ts';
import { startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { withSqlite } from '../support/database.ts';

const config = { host: '127.0.0.1', port: 0, trustProxy: false, origin: undefined };

let app: TestApp;
let http: HttpServer;
let base: string;

async function serve(pages?: PagesHandler, settings: Partial<typeof config> = {}): Promise<void> {
  const api = newModule(app.server.deps)
    .openapi(
      route({
        method: 'post',
        path: '/api/test/slow',
        summary: '慢 · Slow',
        access: { public: true },
        request: { body: json(z.object({ ms: z.int().max(5_000) })) },
        responses: { 200: answer(z.object({ done: z.boolean() }), 'x') },
      }),
      async (c) => {
        await new Promise((done) => setTimeout(done, c.req.valid('json').ms));
        return c.json({ done: true }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/test/upload',
        summary: '文件 · A file',
        access: { public: true },
        upload: true,
        responses: { 200: answer(z.object({ bytes: z.number() }), 'x') },
      }),
      async (c) => {
        let bytes = 0;
        for await (const chunk of limitedBody(c)) bytes += chunk.byteLength;
        return c.json({ bytes }, 200);
      },
    );
  api.onError(onError(() => undefined));
  api.notFound((c) => refuse(c, problem('not-found')));
  api.route('/', app.server.app);
  http = createHttpServer({ config: { ...config, ...settings }, fetch: api.fetch, ...(pages && { pages }) });
  const address = await http.listen();
  if ('kind' in address) throw new Error(address.en);
  base = `http://127.0.0.1:${address.port}`;
}

beforeEach(async () => {
  app = await startApp(await withSqlite());
});

afterEach(() => http.stop(0));

const sameSite = { 'sec-fetch-site': 'same-origin' };

/** Sends a body in pieces, without Content-Length. */
function sendChunked(
  path: string,
  type: string,
  chunks: Iterable<Buffer>,
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const req = httpRequest(
      `${base}${path}`,
      { method: 'POST', headers: { 'content-type': type, ...sameSite } },
      (res) => {
        let body = '';
        res.on('data', (chunk: Buffer) => (body += chunk.toString()));
        res.on('end', () => resolve({ status: res.statusCode ?? 0, body }));
      },
    );
    // Answered before the end of the body: the rest has nowhere to go.
    req.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ECONNRESET') reject(error);
    });
    for (const chunk of chunks) req.write(chunk);
    req.end();
  });
}

describe('an answer', () => {
  it('of the API may be stored nowhere, framed nowhere and run nothing', async () => {
    await serve();
    const { headers } = await fetch(`${base}/api/v1/me`);
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it('for an address that there is not is a problem', async () => {
    await serve();
    const missing = await fetch(`${base}/api/v1/no-such-thing`, { headers: { 'accept-language': 'en' } });
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ code: 'not-found', title: 'Not found' });
  });
});

describe('a long body', () => {
  it('of JSON is refused by its declared length, and by counting where none is declared', async () => {
    await serve();
    const long = JSON.stringify({ ms: 0, more: 'x'.repeat(1024 * 1024) });
    const headers = { 'content-type': 'application/json', ...sameSite };
    expect((await fetch(`${base}/api/test/slow`, { method: 'POST', headers, body: long })).status).toBe(413);
    expect((await sendChunked('/api/test/slow', 'application/json', [Buffer.from(long)])).status).toBe(413);
    const short = await sendChunked('/api/test/slow', 'application/json', [
      Buffer.from('{"ms"'),
      Buffer.from(':1}'),
    ]);
    expect(short).toEqual({ status: 200, body: '{"done":true}' });
  });

  it('of an upload passes through in pieces up to 50 MB, in little memory', async () => {
    await serve();
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const pieces = (n: number) => Array.from({ length: n }, () => piece);
    expect(await sendChunked('/api/test/upload', 'text/csv', pieces(50))).toEqual({
      status: 200,
      body: `{"bytes":${50 * 1024 * 1024}}`,
    });
    expect((await sendChunked('/api/test/upload', 'text/csv', pieces(51))).status).toBe(413);
  });
});

describe('the pages', () => {
  it('are told how they are seen, and call the API inside the process as the visitor', async () => {
    let seen: IncomingMessage['headers'] = {};
    const pages: PagesHandler = (req, res) => {
      seen = req.headers;
      const { linli } = req as IncomingMessage & {
        linli: { fetch: (request: Request) => Promise<Response> };
      };
      const ask = new Request(`${base}/api/v1/me`, { headers: { cookie: String(req.headers.cookie) } });
      void linli.fetch(ask).then(async (inside) => res.writeHead(inside.status).end(await inside.text()));
    };
    await serve(pages);
    const me = await app.person();
    const forged = {
      'x-linli-protocol': 'https',
      'x-linli-host': 'evil.example',
      'x-forwarded-proto': 'https',
    };
    const page = await fetch(`${base}/anything`, { headers: { ...me.headers, ...forged } });
    expect(await page.json()).toMatchObject({ person: { id: me.id } });
    expect(seen['x-linli-protocol']).toBe('http');
    expect(seen['x-linli-host']).toBe(base.slice('http://'.length));
  });

  it('behind a trusted proxy are seen by https', async () => {
    const pages: PagesHandler = (req, res) => res.end(String(req.headers['x-linli-protocol']));
    await serve(pages, { trustProxy: true });
    const page = await fetch(`${base}/`, { headers: { 'x-forwarded-proto': 'https' } });
    expect(await page.text()).toBe('https');
  });
});

describe('the documentation', () => {
  it('is OpenAPI 3.1 of every route, with its access, its problems and its key', async () => {
    await serve();
    const document = (await (await fetch(`${base}/api/v1/openapi.json`)).json()) as {
      openapi: string;
      paths: Record<
        string,
        Record<
          string,
          { security: object[]; parameters?: { name: string }[]; responses: object; access?: unknown }
        >
      >;
    };
    expect(document.openapi).toBe('3.1.0');
    const post = document.paths['/api/v1/ledger/transactions']!['post']!;
    expect(post.security).toContainEqual({ systemKey: [] });
    expect(post.parameters?.map((p) => p.name)).toContain('Idempotency-Key');
    expect(Object.keys(post.responses)).toEqual(
      expect.arrayContaining(['201', '400', '401', '422', '429', '503']),
    );
    for (const item of Object.values(document.paths))
      for (const operation of Object.values(item)) expect(operation.access).toBeUndefined();
  });

  it('shows itself without a byte from anywhere else', async () => {
    await serve();
    const page = await fetch(`${base}/api/docs`);
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("script-src 'self';");
    expect(await page.text()).not.toMatch(/https?:/);
    const script = await fetch(`${base}/api/docs/scalar.js`);
    expect((await script.text()).length).toBeGreaterThan(1_000_000);
  });

  it('has a page for each problem', async () => {
    await serve();
    const page = await fetch(`${base}/api/docs/problems/insufficient-points`);
    expect(await page.text()).toMatch(/可用积分不够[\s\S]*Not enough points/);
    expect((await fetch(`${base}/api/docs/problems/nonsense`)).status).toBe(404);
  });
});

describe("the operator's addresses", () => {
  it('say that it lives, that it is ready, and how it does, about nobody', async () => {
    await serve();
    const me = await app.person();
    await app.request('/api/v1/me', { by: me });
    for (const path of ['/healthz', '/readyz']) expect((await app.request(path)).status).toBe(200);
    const metrics = await (await app.request('/metrics')).text();
    expect(metrics).toContain('linli_http_ms_count{route="get /me",status="200"} 1');
    expect(metrics).toContain('linli_journal_waiting 0');
    expect(metrics).not.toMatch(new RegExp(`${me.id}|${me.username}|王小明`));
    expect(JSON.stringify(app.logged)).not.toMatch(new RegExp(`${me.id}|${me.username}|王小明|13800000001`));
  });
});

describe('a stop', () => {
  it('answers what is in flight and takes nothing new', async () => {
    await serve();
    const headers = { 'content-type': 'application/json', ...sameSite };
    const slow = fetch(`${base}/api/test/slow`, { method: 'POST', headers, body: '{"ms":400}' });
    await new Promise((done) => setTimeout(done, 100));
    const started = Date.now();
    const stopped = http.stop(10_000);
    const { port } = new URL(base);
    await expect(
      new Promise((resolve, reject) =>
        connect(Number(port), '127.0.0.1').on('connect', resolve).on('error', reject),
      ),
    ).rejects.toThrow();
    const answered = await slow;
    expect(await answered.json()).toEqual({ done: true });
    await stopped;
    // Not held up by the connection that the answer went out on and that would have been kept.
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  it('does not wait for ever for somebody who is slow', async () => {
    await serve();
    const headers = { 'content-type': 'application/json', ...sameSite };
    const slow = fetch(`${base}/api/test/slow`, { method: 'POST', headers, body: '{"ms":5000}' });
    const cut = expect(slow).rejects.toThrow();
    await new Promise((done) => setTimeout(done, 100));
    const started = Date.now();
    await http.stop(200);
    expect(Date.now() - started).toBeLessThan(2_000);
    await cut;
  });
});

it('a port in use is one clear sentence', async () => {
  await serve();
  const { port } = http.server.address() as AddressInfo;
  const second = createHttpServer({ config: { ...config, port }, fetch: () => new Response() });
  const refused = await second.listen();
  if (!isRefusal(refused)) throw new Error('two servers on one port');
  expect(refused.zh).toContain(`端口 ${port} 已被别的程序占用`);
});

import { describe, expect, expectTypeOf, it } from 'vitest';
import { createRoute, OpenAPIHono } from '@hono/zod-openapi';
import { hc } from 'hono/client';
import type { Actor, AppEnv, RouteDeps } from './index.ts';
import {
  actorOf,
  answer,
  assertAllDeclared,
  createRateLimiter,
  DEFAULT_LIMITS,
  idempotencyKeyOf,
  json,
  markReplay,
  mountedRoutes,
  newModule,
  onError,
  problem,
  refuse,
  route,
  z,
} from './index.ts';

const estates = new Map([
  ['hemei', 'street'],
  ['jinkang', 'street'],
]);
const bills = new Map([
  ['bill-1', { estate: 'hemei', owner: 'zhang' }],
  ['bill-2', { estate: 'jinkang', owner: 'li' }],
]);

const people: Record<string, Actor> = {
  zhang: { kind: 'person', person: 'zhang', roles: [{ role: 'member', place: 'hemei' }] },
  clerk: { kind: 'person', person: 'clerk', roles: [{ role: 'accountant', place: 'hemei' }] },
  street: { kind: 'person', person: 'street', roles: [{ role: 'accountant', place: 'street' }] },
  machine: { kind: 'key', keyId: 'k1', scopes: ['fees:write'], book: 1, place: 'hemei' },
};

function depsAt(now: () => number = () => 0): RouteDeps {
  return {
    clock: now,
    identify: (c) => people[c.req.header('x-test-actor') ?? ''],
    actFor: () => Promise.resolve(undefined),
    places: {
      covers: (outer, inner) => estates.get(inner) === outer,
      bookOf: () => 1,
      kindOf: () => 'estate',
      servedBy: () => [],
      homesOf: () => [],
      keptHomesOf: () => [],
      booksOf: () => new Set([1]),
    },
    limiter: createRateLimiter(DEFAULT_LIMITS),
    addressOf: () => '192.0.2.1',
    isCrossSite: (c) => c.req.header('origin') === 'https://evil.example',
    observe: () => undefined,
    timeoutMs: 50,
  };
}

/** The example: one module of two routes. */
const feeRoutes = (deps: RouteDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/bills/{bill}',
        summary: '账单 · A bill',
        access: {
          who: ['accountant'],
          at: (c) => bills.get(c.req.param('bill') ?? '')?.estate,
          own: (c) => [bills.get(c.req.param('bill') ?? '')?.owner ?? ''],
        },
        request: { params: z.object({ bill: z.string().regex(/^bill-\d$/) }) },
        responses: { 200: answer(z.object({ bill: z.string() }), '账单') },
      }),
      (c) => c.json({ bill: c.req.valid('param').bill }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/places/{place}/offsets',
        summary: '抵扣物业费 · Offset a bill',
        access: { who: ['accountant'], at: (c) => c.req.param('place'), scope: 'fees:write' },
        movesPoints: true,
        request: {
          params: z.object({ place: z.string() }),
          body: json(z.object({ points: z.int().min(1) })),
        },
        responses: { 201: answer(z.object({ by: z.string(), key: z.string() }), '抵扣单') },
        problems: ['changed-meanwhile'],
      }),
      async (c) => {
        const { points } = c.req.valid('json');
        if (points === 13) return refuse(c, problem('changed-meanwhile'));
        if (points === 99) await new Promise((done) => setTimeout(done, 500));
        if (points === 7) markReplay(c);
        return c.json({ by: actorOf(c).kind, key: idempotencyKeyOf(c) }, 201);
      },
    );

function appOf(deps = depsAt()) {
  const root = new OpenAPIHono<AppEnv>().route('/api/v1', feeRoutes(deps));
  root.onError(onError(() => undefined));
  root.notFound((c) => refuse(c, problem('not-found')));
  return root;
}

const offset = (body: unknown, headers: Record<string, string> = {}, place = 'hemei') =>
  appOf().request(`/api/v1/places/${place}/offsets`, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'content-type': 'application/json',
      'idempotency-key': 'k-1',
      'x-test-actor': 'clerk',
      ...headers,
    },
  });

const bill = (id: string, actor: string) =>
  appOf().request(`/api/v1/bills/${id}`, { headers: { 'x-test-actor': actor } });

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code?: unknown }).code;
}

describe('a route lets in', () => {
  it('who holds the role at its place, or above it', async () => {
    expect((await offset({ points: 1 })).status).toBe(201);
    expect((await offset({ points: 1 }, { 'x-test-actor': 'street' })).status).toBe(201);
  });

  it('the owner of the thing, and nobody else of the same role', async () => {
    expect((await bill('bill-1', 'zhang')).status).toBe(200);
    expect((await bill('bill-2', 'zhang')).status).toBe(404);
  });

  it('a system key with its scope, at its own place only', async () => {
    expect((await offset({ points: 1 }, { 'x-test-actor': 'machine' })).status).toBe(201);
    expect((await offset({ points: 1 }, { 'x-test-actor': 'machine' }, 'jinkang')).status).toBe(404);
    expect((await bill('bill-1', 'machine')).status).toBe(403);
  });

  it('nobody who has not signed in, nobody of another role', async () => {
    expect((await offset({ points: 1 }, { 'x-test-actor': '' })).status).toBe(401);
    expect((await offset({ points: 1 }, { 'x-test-actor': 'zhang' })).status).toBe(403);
  });

  it("a stranger's thing and a missing one answer the same bytes", async () => {
    const [foreign, missing] = [await bill('bill-2', 'clerk'), await bill('bill-9', 'clerk')];
    expect(foreign.status).toBe(404);
    expect(await foreign.text()).toBe(await missing.text());
    expect([...foreign.headers]).toEqual([...missing.headers]);
  });

  it('an id of the wrong shape is a missing one, and a stranger learns no more from it', async () => {
    expect(await (await bill('1; drop', 'clerk')).text()).toBe(await (await bill('bill-9', 'clerk')).text());
    expect((await bill('1; drop', 'machine')).status).toBe(403);
    expect((await bill('1; drop', '')).status).toBe(401);
  });
});

describe('a page of another site', () => {
  it('cannot use a session, while a system key is no cookie', async () => {
    const evil = { origin: 'https://evil.example' };
    expect(await codeOf(await offset({ points: 1 }, evil))).toBe('cross-site');
    expect((await offset({ points: 1 }, { ...evil, 'x-test-actor': 'machine' })).status).toBe(201);
  });
});

describe('a route that moves points', () => {
  it('wants an Idempotency-Key of 1 to 64 printable characters', async () => {
    for (const key of ['', 'x'.repeat(65), 'a b', 'caf\u00e9']) {
      expect(await codeOf(await offset({ points: 1 }, { 'idempotency-key': key }))).toBe('key-missing');
    }
    expect(await (await offset({ points: 1 })).json()).toEqual({ by: 'person', key: 'k-1' });
  });

  it('says when the answer is a replay', async () => {
    expect((await offset({ points: 7 })).headers.get('idempotency-hit')).toBe('true');
    expect((await offset({ points: 1 })).headers.get('idempotency-hit')).toBeNull();
  });
});

describe('bad input', () => {
  it('names the field', async () => {
    const answer = await offset({ points: 0 }, { 'accept-language': 'en' });
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(await answer.json()).toMatchObject({
      title: 'Some fields are not right',
      fields: [{ field: 'points', zh: '不能小于 1', en: 'Must be at least 1' }],
    });
  });

  it('broken JSON, bytes that are not UTF-8, another type and a long body each say what they are', async () => {
    expect(await codeOf(await offset('{"points":'))).toBe('malformed-request');
    expect(await codeOf(await offset({ points: 1 }, { 'content-type': 'text/plain' }))).toBe(
      'unsupported-type',
    );
    expect(await codeOf(await offset({ points: 1, more: 'x'.repeat(1024 * 1024) }))).toBe('too-large');
    expect(await codeOf(await offset({ points: 1 }, { 'content-length': '2000000' }))).toBe('too-large');
    const latin1 = await appOf().request('/api/v1/places/hemei/offsets', {
      method: 'POST',
      body: Buffer.from('{"points":1,"x":"\xe9"}', 'latin1'),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k', 'x-test-actor': 'clerk' },
    });
    expect(await codeOf(latin1)).toBe('malformed-request');
  });

  it("is looked at only after the caller's right", async () => {
    expect((await offset({ points: 0 }, { 'x-test-actor': 'zhang' })).status).toBe(403);
  });
});

describe('a refusal', () => {
  it('is a value that the route answers with', async () => {
    const answer = await offset({ points: 13 });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: 'changed-meanwhile', title: '内容刚刚被别人改过' });
  });

  it('a late handler answers timed-out, to be repeated with the same key', async () => {
    const answer = await offset({ points: 99 });
    expect(answer.status).toBe(504);
    expect(answer.headers.get('retry-after')).toBe('1');
  });

  it('too many requests say when to come back', async () => {
    const deps = {
      ...depsAt(),
      limiter: createRateLimiter({ ...DEFAULT_LIMITS, person: { perSecond: 0.5, burst: 2 } }),
    };
    const app = appOf(deps);
    const ask = () => app.request('/api/v1/bills/bill-1', { headers: { 'x-test-actor': 'clerk' } });
    expect([(await ask()).status, (await ask()).status]).toEqual([200, 200]);
    const third = await ask();
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('2');
  });

  it('an estate behind one address: whoever is signed in has a limit of their own, whatever the others ask', async () => {
    const deps = depsAt();
    const app = appOf(deps);
    const ask = async (actor: string) =>
      (await app.request('/api/v1/bills/bill-1', { headers: { 'x-test-actor': actor } })).status;
    const strangers = [];
    for (let n = 0; n <= DEFAULT_LIMITS.address.burst; n += 1) strangers.push(await ask('nobody'));
    expect(strangers.at(-1)).toBe(429);
    for (let n = 0; n < DEFAULT_LIMITS.person.burst; n += 1) expect(await ask('clerk')).toBe(200);
    expect(await ask('clerk')).toBe(429);
    expect(await ask('street')).toBe(200);
  });
});

describe('the start', () => {
  const bare = createRoute({ method: 'get', path: '/open', responses: { 200: { description: 'x' } } });

  it('stops at a route without access', () => {
    expect(() => newModule(depsAt()).openapi(bare, (c) => c.text('x'))).toThrow(
      'get /open declares no access',
    );
    const nobody = route({ method: 'get', path: '/x', summary: 'x', access: {}, responses: {} });
    expect(() => newModule(depsAt()).openapi(nobody, (c) => refuse(c, problem('internal')))).toThrow(
      'lets nobody in',
    );
  });

  it('stops at a route mounted past the kit', () => {
    const root = appOf();
    expect(() => assertAllDeclared(root, '/api/v1')).not.toThrow();
    root.get('/api/v1/back-door', (c) => c.text('x'));
    expect(() => assertAllDeclared(root, '/api/v1')).toThrow('GET /api/v1/back-door declares no access');
  });

  it('knows every mounted route with its access', () => {
    expect(mountedRoutes(appOf()).map((r) => [r.method, r.path, r.access.who])).toEqual([
      ['get', '/api/v1/bills/{bill}', ['accountant']],
      ['post', '/api/v1/places/{place}/offsets', ['accountant']],
    ]);
  });
});

it('the typed client sees the answers and the problems', async () => {
  const client = hc<ReturnType<typeof appOf>>('http://linli', { fetch: appOf().request });
  const found = await client.api.v1.bills[':bill'].$get(
    { param: { bill: 'bill-1' } },
    { headers: { 'x-test-actor': 'clerk' } },
  );
  if (!found.ok) throw new Error((await found.json()).code);
  const read = await found.json();
  expectTypeOf(read).toEqualTypeOf<{ bill: string }>();
  expect(read).toEqual({ bill: 'bill-1' });
});

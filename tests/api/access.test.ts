/**
 * Walks every mounted route × every role × own, foreign and no place × system keys, by the access that the route itself
 * declares. It grows by itself: a new route is walked as soon as it is mounted.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { mountedRoutes, roles, scopes } from '../../api/platform/index.ts';
import type { MountedRoute, Role } from '../../api/platform/index.ts';
import { absent, fixtures } from '../support/access-fixtures.ts';
import { actingFor, helperOf } from '../support/acting.ts';
import { nobody, openBook, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const paramsOf = (route: MountedRoute): string[] =>
  [...route.path.matchAll(/{(.+?)}/g)].map((match) => match[1]!);

eachEngine((_name, open) => {
  let app: TestApp;
  let ours: string;
  let theirs: string;
  const holders = new Map<Role, { atOurs: TestPerson; atTheirs: TestPerson }>();

  beforeAll(async () => {
    // Hundreds of questions in a moment are what the limits are against.
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    // Two tenants: each the root of its own book.
    [ours, theirs] = [await app.place(), await app.place('estate', '', 2)];
    for (const book of [1, 2]) await openBook(app, book);
    for (const role of roles) {
      holders.set(role, {
        atOurs: await app.person({ role, place: ours }),
        atTheirs: await app.person({ role, place: theirs }),
      });
    }
  });

  const routes = () => mountedRoutes(app.server.app);

  /** The route's path with the given ids, and a body and key that get past nothing but the access check. */
  async function ask(
    route: MountedRoute,
    ids: Readonly<Record<string, string>>,
    by: Visitor,
  ): Promise<Response> {
    const path = route.path.replaceAll(/{(.+?)}/g, (_, name: string) => ids[name] ?? '');
    const query = new URLSearchParams(route.example?.query).toString();
    return app.request(query === '' ? path : `${path}?${query}`, {
      method: route.method.toUpperCase(),
      by,
      key: 'access-walk',
      ...(route.request?.body !== undefined && !route.upload && { json: {} }),
    });
  }

  async function made(route: MountedRoute, place: string): Promise<Record<string, string>> {
    const ids: Record<string, string> = {};
    for (const name of paramsOf(route)) {
      const fixture = fixtures[name];
      if (fixture === undefined)
        throw new Error(`${route.path}: add {${name}} to tests/support/access-fixtures.ts`);
      ids[name] = await fixture(app, place, ids);
    }
    return ids;
  }

  const missing = (route: MountedRoute) =>
    Object.fromEntries(paramsOf(route).map((name) => [name, absent[name] ?? uuid()]));

  /** Everything that a caller can tell two answers apart by. */
  async function bytesOf(answer: Response): Promise<string> {
    return JSON.stringify([answer.status, [...answer.headers], await answer.text()]);
  }

  const name = (route: MountedRoute) => `${route.method} ${route.path}`;

  describe('each route', () => {
    it('there are some to walk, and each says what it is', () => {
      expect(routes().length).toBeGreaterThan(8);
      for (const route of routes()) expect(route.summary, name(route)).toMatch(/[\u4e00-\u9fff].* · \w/);
    });

    it('lets nobody in who has not signed in, unless it is open to all', async () => {
      const stranger = { headers: { authorization: `Bearer linli_${'x'.repeat(43)}` } };
      for (const route of routes()) {
        const ids = await made(route, ours);
        for (const by of [nobody, stranger, { headers: { cookie: 'linli.session_token=forged.forged' } }]) {
          const { status } = await ask(route, ids, by);
          if (route.access.public) expect([401, 403], name(route)).not.toContain(status);
          else expect(status, name(route)).toBe(401);
        }
      }
    });

    it('refuses every role that it does not name, at the very place', async () => {
      for (const route of routes()) {
        const { access } = route;
        if (access.public || access.signedIn) continue;
        // Whoever is refused changes nothing, so that one thing serves them all.
        const ids = await made(route, ours);
        for (const [role, { atOurs }] of holders) {
          if (access.who?.includes(role)) continue;
          const { status } = await ask(route, ids, atOurs);
          expect(status, `${name(route)} by ${role}`).toBe(access.own ? 404 : 403);
        }
      }
    });

    it('lets in every role that it names, at its own place', async () => {
      for (const route of routes()) {
        for (const role of route.access.who ?? []) {
          const { status } = await ask(route, await made(route, ours), holders.get(role)!.atOurs);
          expect([401, 403], `${name(route)} by ${role}`).not.toContain(status);
          if (route.access.at) expect(status, `${name(route)} by ${role}`).not.toBe(404);
        }
      }
    });

    it("answers another place's thing exactly like a missing one", async () => {
      for (const route of routes()) {
        if (paramsOf(route).length === 0) continue;
        // Whoever is signed in may ask for what is an owner's own.
        const asking = [...(route.access.who ?? []), ...(route.access.own ? (['member'] as const) : [])];
        const ids = await made(route, ours);
        for (const role of asking) {
          const by = holders.get(role)!.atTheirs;
          const foreign = await ask(route, ids, by);
          if (route.access.at || route.request?.body === undefined)
            expect(foreign.status, `${name(route)} by ${role}`).toBe(404);
          const none = await ask(route, missing(route), by);
          expect(await bytesOf(foreign), `${name(route)} by ${role}`).toBe(await bytesOf(none));
        }
      }
    });

    it('answers an id with U+0000, which PostgreSQL cannot be asked for, like a missing one', async () => {
      const everywhere = await app.person(...roles.map((role) => ({ role, place: '' })));
      const machine = await app.key({ scopes, place: '' });
      for (const route of routes()) {
        if (paramsOf(route).length === 0) continue;
        const { who, own, scope } = route.access;
        const by = scope !== undefined && !who && !own ? machine : everywhere;
        const nul = Object.fromEntries(paramsOf(route).map((param) => [param, 'a%00b']));
        expect((await ask(route, nul, by)).status, name(route)).toBe(404);
      }
    });

    it('lets a system key in by its scope, at its own place, and never otherwise', async () => {
      const all = await app.key({ scopes, place: ours });
      for (const route of routes()) {
        const { access } = route;
        if (access.public) continue;
        const label = name(route);
        if (access.scope === undefined) {
          expect((await ask(route, await made(route, ours), all)).status, label).toBe(403);
          continue;
        }
        const without = await app.key({
          scopes: scopes.filter((scope) => scope !== access.scope),
          place: ours,
        });
        expect((await ask(route, await made(route, ours), without)).status, label).toBe(403);
        const within = (
          await ask(route, await made(route, ours), await app.key({ scopes: [access.scope], place: ours }))
        ).status;
        expect([401, 403], label).not.toContain(within);
        if (!access.at) continue;
        expect(within, label).not.toBe(404);
        for (const key of [{ place: theirs }, { place: '', book: 2 }]) {
          const other = await app.key({ scopes: [access.scope], ...key });
          const foreign = await ask(route, await made(route, ours), other);
          expect(foreign.status, label).toBe(404);
          expect(await bytesOf(foreign), label).toBe(await bytesOf(await ask(route, missing(route), other)));
        }
      }
    });

    it('lets a relative do for a resident only what the route says, and only while the consent stands', async () => {
      // The resident holds every post, and the relative does nothing in any of them.
      const posts = roles.map((role) => ({ role, place: ours }));
      const principal = await app.resident(...posts);
      const for_ = (by: TestPerson, whom = principal) => actingFor(by, whom);
      const [viewing, spending, ended, over] = [
        await helperOf(app, principal, { may: 'view' }),
        await helperOf(app, principal, { may: 'spend' }),
        await helperOf(app, principal, { may: 'spend', endedAt: app.clock.now }),
        await helperOf(app, principal, { may: 'spend', until: '2026-06-15' }),
      ];
      for (const route of routes()) {
        const { access } = route;
        if (access.public) continue;
        const label = name(route);
        const ids = await made(route, ours);
        const refused = await Promise.all(
          [
            for_(ended),
            for_(over),
            for_(viewing, uuid()),
            for_(viewing, viewing.id),
            for_(viewing, 'a b'),
          ].map(async (by) => bytesOf(await ask(route, ids, by))),
        );
        expect(new Set(refused).size, label).toBe(1);
        expect(JSON.parse(refused[0]!)[0], label).toBe(404);
        for (const [may, by] of [
          ['view', viewing],
          ['spend', spending],
        ] as const) {
          const { status } = await ask(route, ids, for_(by));
          const isLet = access.acting !== undefined && (access.acting === 'view' || may === 'spend');
          if (!isLet) expect(status, `${label} to ${may}`).toBe(403);
          else if (access.who?.includes('member') || access.signedIn)
            expect([401, 403, 404], `${label} to ${may}`).not.toContain(status);
          // Somebody else's thing at the place where the resident works.
          else expect(status, `${label} to ${may}`).toBe(404);
        }
        // The same relative without naming anybody is only themselves.
        if (access.who?.length === 0) expect((await ask(route, ids, spending)).status, label).toBe(404);
      }
    });

    it('keeps a signed-in browser from being used by another site', async () => {
      for (const route of routes()) {
        if (route.method === 'get') continue;
        const ids = await made(route, ours);
        // Who could do it, and who could not anyway.
        for (const role of [route.access.who?.[0] ?? 'operator', 'member'] as const) {
          const evil = { headers: { ...holders.get(role)!.atOurs.headers, origin: 'https://evil.example' } };
          expect((await ask(route, ids, evil)).status, name(route)).toBe(403);
        }
      }
    });
  });
});

import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const EVERYWHERE = '';

eachEngine((_name, open) => {
  const start = async (): Promise<TestApp> => startApp(await open());

  const tryToSignIn = (app: TestApp, username: string, password: string) =>
    app.request('/api/auth/sign-in/username', { json: { username, password } });

  describe('roles', () => {
    it('work at once when given, and stop at once when taken away', async () => {
      const app = await start();
      const estate = await app.place();
      const [operator, staff] = [
        await app.person({ role: 'operator', place: EVERYWHERE }),
        await app.person(),
      ];
      const rolesOf = () => app.request(`/api/v1/places/${estate}/roles`, { by: staff });
      expect((await rolesOf()).status).toBe(403);
      const json = { person: staff.id, role: 'staff' };
      const given = await app.request(`/api/v1/places/${estate}/roles`, { json, by: operator });
      expect(given.status).toBe(201);
      expect((await rolesOf()).status).toBe(200);
      const again = await app.request(`/api/v1/places/${estate}/roles`, { json, by: operator });
      expect(await codeOf(again)).toBe('already-exists');
      const { id } = (await given.json()) as { id: string };
      app.clock.now += 1;
      expect((await app.request(`/api/v1/roles/${id}`, { method: 'DELETE', by: operator })).status).toBe(204);
      expect((await rolesOf()).status).toBe(403);
    });

    it('nobody gives a role above their own, or at another place', async () => {
      const app = await start();
      const [ours, theirs] = [await app.place(), await app.place()];
      const staff = await app.person({ role: 'staff', place: ours });
      const give = (place: string, role: string) =>
        app.request(`/api/v1/places/${place}/roles`, { json: { person: staff.id, role }, by: staff });
      expect(await codeOf(await give(ours, 'operator'))).toBe('not-allowed');
      expect(await codeOf(await give(ours, 'auditor'))).toBe('not-allowed');
      expect((await give(ours, 'leader')).status).toBe(201);
      expect((await give(theirs, 'leader')).status).toBe(404);
    });

    it('go to people of the same book and to newcomers; who belongs to another book is nobody here', async () => {
      const app = await start();
      const [ours, theirs] = [await app.place(), await app.place('estate', '', 2)];
      const [staff, operator] = [
        await app.person({ role: 'staff', place: ours }),
        await app.person({ role: 'operator', place: EVERYWHERE }),
      ];
      const give = async (person: string, by = staff) => {
        const json = { person, role: 'leader' };
        return (await app.request(`/api/v1/places/${ours}/roles`, { json, by })).status;
      };
      const foreign = await app.resident({ role: 'member', place: theirs });
      expect(await give(foreign)).toBe(404);
      expect(await give(await app.resident())).toBe(201);
      expect(await give(await app.resident({ role: 'member', place: ours }))).toBe(201);
      expect(await give(foreign, operator)).toBe(201);
      // Known here from now on.
      expect(
        await codeOf(
          await app.request(`/api/v1/places/${ours}/roles`, {
            json: { person: foreign, role: 'leader' },
            by: staff,
          }),
        ),
      ).toBe('already-exists');
    });

    it('a role at a street covers its estates', async () => {
      const app = await start();
      const street = await app.place('community');
      const estate = await app.place('estate', street);
      const above = await app.person({ role: 'auditor', place: street });
      expect((await app.request(`/api/v1/places/${estate}/roles`, { by: above })).status).toBe(200);
    });

    it('are listed in pages', async () => {
      const app = await start();
      const estate = await app.place();
      const operator = await app.person({ role: 'operator', place: EVERYWHERE });
      for (const role of ['member', 'staff', 'leader']) {
        await app.request(`/api/v1/places/${estate}/roles`, {
          json: { person: operator.id, role },
          by: operator,
        });
      }
      const seen: string[] = [];
      let path: string | undefined = `/api/v1/places/${estate}/roles?limit=2`;
      while (path !== undefined) {
        const page = (await (await app.request(path, { by: operator })).json()) as {
          items: { role: string }[];
          next?: string;
        };
        seen.push(...page.items.map((item) => item.role));
        path = page.next && `/api/v1/places/${estate}/roles?limit=2&cursor=${page.next}`;
      }
      expect(seen).toEqual(['member', 'staff', 'leader']);
      const forged = await app.request(`/api/v1/places/${estate}/roles?cursor=abc`, { by: operator });
      expect(await codeOf(forged)).toBe('invalid-input');
    });

    it('a colleague may set a password only for somebody whose roles they could give', async () => {
      const app = await start();
      const estate = await app.place();
      const staff = await app.person({ role: 'staff', place: estate });
      const resident = await app.person({ role: 'member', place: estate });
      const auditor = await app.person({ role: 'member', place: estate }, { role: 'auditor', place: estate });
      const set = (person: string, username: string) =>
        app.request(`/api/v1/people/${person}/sign-in`, {
          method: 'PUT',
          json: { username, password: 'a new password' },
          by: staff,
        });
      expect((await set(resident.id, 'grandma.wang')).status).toBe(204);
      expect((await tryToSignIn(app, 'grandma.wang', 'a new password')).status).toBe(200);
      expect((await app.request('/api/v1/me', { by: resident })).status).toBe(401);
      const [refused, missing] = [await set(auditor.id, 'mine.now'), await set(uuid(), 'mine.now')];
      expect(refused.status).toBe(404);
      expect(await refused.text()).toBe(await missing.text());
      expect(await codeOf(await set(resident.id, staff.username))).toBe('already-exists');
    });
  });

  describe('a system key', () => {
    it('is shown once, works by its scope, and stops the moment it is revoked', async () => {
      const app = await start();
      const estate = await app.place();
      const operator = await app.person({ role: 'operator', place: EVERYWHERE });
      const json = { name: '一号收银台', scopes: ['ledger:read'], book: 1, place: estate };
      const made = (await (await app.request('/api/v1/system-keys', { json, by: operator })).json()) as {
        id: string;
        token: string;
      };
      expect(made.token).toMatch(/^linli_[\w-]{43}$/);
      const key = { headers: { authorization: `Bearer ${made.token}` } };
      // Known, but let in nowhere here: 403 says that the key is alive, 401 that it is not.
      expect((await app.request('/api/v1/system-keys', { by: key })).status).toBe(403);
      const listed = await (await app.request('/api/v1/system-keys', { by: operator })).text();
      expect(listed).toContain('一号收银台');
      expect(listed).not.toContain(made.token);
      expect(JSON.stringify(await app.engine.db.select().from(app.engine.tables.systemKeys))).not.toContain(
        made.token,
      );
      expect(
        (await app.request(`/api/v1/system-keys/${made.id}`, { method: 'DELETE', by: operator })).status,
      ).toBe(204);
      expect((await app.request('/api/v1/system-keys', { by: key })).status).toBe(401);
    });

    it('revoked in another process, it stops within a second', async () => {
      const app = await start();
      const key = await app.key({ scopes: ['ledger:read'] });
      expect((await app.request('/api/v1/system-keys', { by: key })).status).toBe(403);
      const { systemKeys } = app.engine.tables;
      await app.engine.db
        .update(systemKeys)
        .set({ revokedAt: app.clock.now })
        .where(eq(systemKeys.id, key.id));
      app.clock.now += 1_000;
      expect((await app.request('/api/v1/system-keys', { by: key })).status).toBe(401);
    });

    it('cannot be made for a place of another book', async () => {
      const app = await start();
      const estate = await app.place();
      const operator = await app.person({ role: 'operator', place: EVERYWHERE });
      const json = { name: 'x', scopes: ['ledger:read'], book: 2, place: estate };
      expect(await codeOf(await app.request('/api/v1/system-keys', { json, by: operator }))).toBe(
        'invalid-input',
      );
    });
  });
});

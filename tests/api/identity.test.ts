import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { erasePerson, findPerson } from '../../api/identity/index.ts';
import { codeOf, PASSWORD, signIn, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const EVERYWHERE = '';

eachEngine((_name, open) => {
  const start = async (): Promise<TestApp> => startApp(await open());

  const tryToSignIn = (app: TestApp, username: string, password: string) =>
    app.request('/api/auth/sign-in/username', { json: { username, password } });

  describe('signing in', () => {
    it('opens a session in a cookie that scripts cannot read and other sites cannot use', async () => {
      const app = await start();
      const { username, id } = await app.person();
      const answer = await tryToSignIn(app, username.toUpperCase(), PASSWORD);
      expect(await answer.json()).toEqual({ person: id });
      const cookie = answer.headers.getSetCookie().find((line) => line.includes('session_token'))!;
      expect(cookie).toMatch(/HttpOnly/i);
      expect(cookie).toMatch(/SameSite=Lax/i);
      expect(cookie).toMatch(/Max-Age=2592000/);
      // At a desk that many people use, it goes with the browser.
      const json = { username, password: PASSWORD, rememberMe: false };
      const desk = await app.request('/api/auth/sign-in/username', { json });
      expect(desk.headers.getSetCookie().find((line) => line.includes('session_token'))).not.toMatch(
        /Max-Age/i,
      );
    });

    it('answers a wrong password, an unknown name and an impossible one alike', async () => {
      const app = await start();
      const { username } = await app.person();
      const wrong = await tryToSignIn(app, username, 'not the password');
      expect(wrong.status).toBe(401);
      const texts = [await wrong.text()];
      for (const name of ['nobody.here', '王小明', 'x'])
        texts.push(await (await tryToSignIn(app, name, PASSWORD)).text());
      expect(new Set(texts).size).toBe(1);
    });

    it('locks a name after five wrong tries for a quarter of an hour, then lets it in again', async () => {
      const app = await start();
      const { username } = await app.person();
      await app.request('/api/auth/sign-out', { method: 'POST' });
      app.clock.now += 3_600_000;
      for (let n = 0; n < 5; n += 1)
        expect(await codeOf(await tryToSignIn(app, username, 'wrong'))).toBe('wrong-credentials');
      const locked = await tryToSignIn(app, username, PASSWORD);
      expect(locked.status).toBe(429);
      expect(Number(locked.headers.get('retry-after'))).toBe(900);
      app.clock.now += 15 * 60_000 - 1;
      expect((await tryToSignIn(app, username, PASSWORD)).status).toBe(429);
      app.clock.now += 1;
      expect((await tryToSignIn(app, username, PASSWORD)).status).toBe(200);
    });

    it('counts a hundred guesses at once as a hundred tries', async () => {
      const app = await start();
      const { username } = await app.person();
      const guesses = Array.from({ length: 20 }, (_, n) => tryToSignIn(app, username, `guess ${n}`));
      const codes = await Promise.all((await Promise.all(guesses)).map(codeOf));
      expect(codes.filter((code) => code === 'wrong-credentials')).toHaveLength(5);
      expect(codes.filter((code) => code === 'locked-out')).toHaveLength(15);
    });

    it('a right password forgives the slips before it', async () => {
      const app = await start();
      const { username } = await app.person();
      for (let round = 0; round < 3; round += 1) {
        for (let n = 0; n < 4; n += 1) await tryToSignIn(app, username, 'wrong');
        expect((await tryToSignIn(app, username, PASSWORD)).status).toBe(200);
      }
    });

    it('is refused from a page of another site, and without any page', async () => {
      const app = await start();
      const { username, headers } = await app.person();
      const json = { username, password: PASSWORD };
      for (const origin of ['https://evil.example', 'null']) {
        expect(
          await codeOf(await app.request('/api/auth/sign-in/username', { json, headers: { origin } })),
        ).toBe('cross-site');
        const out = await app.request('/api/auth/sign-out', {
          method: 'POST',
          by: { headers },
          headers: { origin },
        });
        expect(await codeOf(out)).toBe('cross-site');
      }
    });
  });

  describe('a session', () => {
    it('says who I am and what I may do', async () => {
      const app = await start();
      const estate = await app.place();
      const me = await app.person({ role: 'clerk', place: estate });
      const answer = await app.request('/api/v1/me', { by: me });
      expect(await answer.json()).toEqual({
        person: { id: me.id, name: '王小明', username: me.username },
        roles: [{ role: 'clerk', place: estate }],
      });
    });

    it('ends with signing out', async () => {
      const app = await start();
      const me = await app.person();
      expect((await app.request('/api/auth/sign-out', { method: 'POST', by: me })).status).toBe(204);
      expect((await app.request('/api/v1/me', { by: me })).status).toBe(401);
    });

    it('a changed password signs the other devices out and lets this one in', async () => {
      const app = await start();
      const me = await app.person();
      const phone = { headers: { cookie: await signIn(app.request, me.username) } };
      const json = { currentPassword: PASSWORD, newPassword: 'another good one' };
      expect(
        (await app.request('/api/auth/change-password', { json: { ...json, currentPassword: 'no' }, by: me }))
          .status,
      ).toBe(401);
      expect((await app.request('/api/auth/change-password', { json, by: me })).status).toBe(204);
      expect((await app.request('/api/v1/me', { by: phone })).status).toBe(401);
      expect((await tryToSignIn(app, me.username, PASSWORD)).status).toBe(401);
      expect((await tryToSignIn(app, me.username, 'another good one')).status).toBe(200);
    });

    it('keeps neither address nor browser, and the sign-in tables know no name', async () => {
      const app = await start();
      const me = await app.person();
      const { sessions, users, signInAttempts } = app.engine.tables;
      const kept = JSON.stringify([
        await app.engine.db.select().from(sessions),
        await app.engine.db.select().from(users).where(eq(users.id, me.id)),
        await app.engine.db.select().from(signInAttempts),
      ]);
      expect(kept).not.toMatch(/王小明|13800000001|127\.0\.0\.1/);
    });
  });

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
      for (const role of ['member', 'clerk', 'leader']) {
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
      expect(seen).toEqual(['member', 'clerk', 'leader']);
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

  it('an erased person leaves no name, phone, session or sign-in behind', async () => {
    const app = await start();
    const estate = await app.place();
    const me = await app.person({ role: 'member', place: estate });
    const input = {
      person: me.id,
      by: 'person:x',
      place: estate,
      reason: '本人申请',
      logId: uuid(),
      now: app.clock.now,
    };
    expect(await erasePerson(app.engine, input)).toBeUndefined();
    expect(await findPerson(app.engine, me.id)).toMatchObject({ name: null, phone: null, initials: null });
    expect((await app.request('/api/v1/me', { by: me })).status).toBe(401);
    expect((await tryToSignIn(app, me.username, PASSWORD)).status).toBe(401);
    const again = { ...input, logId: uuid() };
    expect(await erasePerson(app.engine, again)).toBeUndefined();
  });
});

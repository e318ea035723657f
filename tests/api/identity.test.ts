import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { erasePerson, findPerson, logAccess, sweepIdentity } from '../../api/identity/index.ts';
import { codeOf, PASSWORD, signIn, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

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

  it('who saw a name unmasked is on record, and the record names nobody', async () => {
    const app = await start();
    const id = await app.resident();
    const entry = {
      id: uuid(),
      at: app.clock.now,
      actor: 'person:x',
      action: 'unmask' as const,
      subject: `person:${id}`,
      place: 'p',
      reason: '电话核实',
    };
    await logAccess(app.engine, entry);
    const kept = await app.engine.db.select().from(app.engine.tables.accessLog);
    expect(kept).toEqual([entry]);
  });

  it('the hourly sweep takes what has ended and leaves what has not', async () => {
    const app = await start();
    const me = await app.person();
    await tryToSignIn(app, me.username, 'wrong');
    const { sessions, signInAttempts } = app.engine.tables;
    const left = async () => [
      (await app.engine.db.select().from(sessions)).length,
      (await app.engine.db.select().from(signInAttempts)).length,
    ];
    await sweepIdentity(app.engine, app.clock.now);
    expect(await left()).toEqual([1, 2]);
    // better-auth counts its sessions by the machine's own clock.
    await sweepIdentity(app.engine, Date.now() + 31 * 24 * 3_600_000);
    expect(await left()).toEqual([0, 0]);
  });
});

/** A password of one's own: changed by whoever knows it, on record, and told of when somebody else chose it. */
import { describe, expect, it } from 'vitest';
import { and, eq } from 'drizzle-orm';
import { codeOf, PASSWORD, signIn, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const NEW = 'another good one';

eachEngine((_name, open) => {
  const start = async (): Promise<TestApp> => startApp(await open());

  const change = (app: TestApp, by: Visitor, currentPassword: string, newPassword = NEW) =>
    app.request('/api/auth/change-password', { json: { currentPassword, newPassword }, by });

  const given = async (app: TestApp, by: Visitor): Promise<unknown> =>
    (await app.request('/api/v1/me/sign-in', { by })).json();

  /** A password that `by` chooses for somebody, and a session that was opened with it. */
  async function reset(app: TestApp, by: TestPerson, person: TestPerson): Promise<Visitor> {
    const json = { username: person.username, password: NEW };
    const answer = await app.request(`/api/v1/people/${person.id}/sign-in`, { method: 'PUT', by, json });
    expect(answer.status).toBe(204);
    return { headers: { cookie: await signIn(app.request, person.username, NEW) } };
  }

  async function desk(): Promise<{ app: TestApp; staff: TestPerson; resident: TestPerson }> {
    const app = await start();
    const place = await app.place();
    const staff = await app.person({ role: 'staff', place });
    return { app, staff, resident: await app.person({ role: 'member', place }) };
  }

  describe('changing it', () => {
    const ownChanges = (app: TestApp, { id }: TestPerson) => {
      const { accessLog: t } = app.engine.tables;
      const actor = `person:${id}`;
      return app.engine.db
        .select({ subject: t.subject, at: t.at, reason: t.reason })
        .from(t)
        .where(and(eq(t.actor, actor), eq(t.action, 'sign-in')));
    };

    it('is on record, without the password; a refused try is not', async () => {
      const app = await start();
      const me = await app.person();
      expect(await codeOf(await change(app, me, 'not the password'))).toBe('wrong-credentials');
      expect(await ownChanges(app, me)).toEqual([]);
      expect((await change(app, me, PASSWORD)).status).toBe(204);
      const subject = `person:${me.id}`;
      expect(await ownChanges(app, me)).toEqual([{ subject, at: app.clock.now, reason: '' }]);
    });

    it('locks after five wrong current passwords, the right one too, for a quarter of an hour', async () => {
      const app = await start();
      const me = await app.person();
      for (let n = 0; n < 5; n += 1)
        expect(await codeOf(await change(app, me, `guess ${n}`))).toBe('wrong-credentials');
      const locked = await change(app, me, PASSWORD);
      expect(await codeOf(locked)).toBe('locked-out');
      expect(locked.headers.get('retry-after')).toBe('900');
      app.clock.now += 15 * 60_000;
      expect((await change(app, me, PASSWORD)).status).toBe(204);
    });

    it('asks for another one than before, for eight characters, and for none that is guessed first', async () => {
      const app = await start();
      const me = await app.person();
      for (const wrong of [PASSWORD, '1234567', 'x'.repeat(129), `${me.username}1958`, '13800000001']) {
        const refused = await change(app, me, PASSWORD, wrong);
        const { code, fields } = (await refused.json()) as { code: string; fields: { field: string }[] };
        expect([code, fields.map(({ field }) => field)]).toEqual(['invalid-input', ['newPassword']]);
      }
      expect(await ownChanges(app, me)).toEqual([]);
    });

    it('is refused from a page of another site', async () => {
      const app = await start();
      const me = await app.person();
      const json = { currentPassword: PASSWORD, newPassword: NEW };
      const headers = { origin: 'https://evil.example' };
      const answer = await app.request('/api/auth/change-password', { json, by: me, headers });
      expect(await codeOf(answer)).toBe('cross-site');
    });
  });

  describe('one that somebody else chose', () => {
    it('is told, with who did it as what and when, until its owner chooses another', async () => {
      const { app, staff, resident } = await desk();
      app.clock.now += 86_400_000;
      const opened = await reset(app, staff, resident);
      const at = new Date(app.clock.now).toISOString();
      app.clock.now += 86_400_000;
      expect(await given(app, opened)).toMatchObject({ passwordGiven: { by: 'staff', at, again: true } });
      const changed = await change(app, opened, NEW, 'one of my own');
      expect(changed.status).toBe(204);
      const cookie = await signIn(app.request, resident.username, 'one of my own');
      expect(await given(app, { headers: { cookie } })).not.toHaveProperty('passwordGiven');
    });

    it('is no reset when it was the first, handed over with the user name', async () => {
      const app = await start();
      expect(await given(app, await app.person())).toMatchObject({
        passwordGiven: { by: 'operator', again: false },
      });
    });

    it('names the post that let its giver do it, though they left it since', async () => {
      const app = await start();
      const place = await app.place('merchant');
      const manager = await app.person(
        { role: 'member', place: await app.place() },
        { role: 'merchant_manager', place },
      );
      const opened = await reset(app, manager, await app.person({ role: 'clerk', place }));
      const { roles } = app.engine.tables;
      app.clock.now += 1_000;
      await app.engine.db.update(roles).set({ validTo: app.clock.now }).where(eq(roles.person, manager.id));
      app.clock.now += 1_000;
      expect(await given(app, opened)).toMatchObject({ passwordGiven: { by: 'merchant_manager' } });
    });
  });
});

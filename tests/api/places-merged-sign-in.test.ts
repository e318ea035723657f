/** The ways in of two rows that were one human: one stays, and nothing of the other lets anybody in. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeOf, openBook, PASSWORD, signIn, startApp, type TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { mergeTown } from '../support/merge-world.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startApp(await open());
    await openBook(app, 1);
  });
  const town = () => mergeTown(app);

  describe('the sign-in', () => {
    it('moves where the one who stays has none, with who is signed in', async () => {
      const of = await town();
      const { keeper, acts, community, lives, home, asked, approve } = of;
      const twin = await app.person({ role: 'member', place: of.estate });
      await lives(twin.id, home);
      await acts(keeper, 'member', community);
      expect((await approve(await asked({ keeper, duplicate: twin.id }))).status).toBe(200);
      const me = (await (await app.request('/api/v1/me', { by: twin })).json()) as {
        person: { id: string };
      };
      expect(me.person.id).toBe(keeper);
      const anew = { headers: { cookie: await signIn(app.request, twin.username) } };
      expect(await (await app.request('/api/v1/me', { by: anew })).json()).toMatchObject({
        person: { id: keeper },
      });
    });

    it('of the one who is merged away is closed where the other has one', async () => {
      const of = await town();
      const { lives, house, asked, approve } = of;
      const [stays, goes] = [await app.person(), await app.person()];
      await lives(stays.id, await house('1401'));
      await lives(goes.id, await house('1402'));
      expect((await approve(await asked({ keeper: stays.id, duplicate: goes.id }))).status).toBe(200);
      expect((await app.request('/api/v1/me', { by: stays })).status).toBe(200);
      expect((await app.request('/api/v1/me', { by: goes })).status).toBe(401);
      const json = { username: goes.username, password: PASSWORD };
      expect((await app.request('/api/auth/sign-in/username', { json })).status).toBe(401);
    });

    it('has no link and no code left of the one who was merged away', async () => {
      const of = await town();
      const { estate, duplicate, post, db, tables } = of;
      const invited = await post(`/estates/${estate}/residents/${duplicate}/invitation`, {});
      const { token } = (await invited.json()) as { token: string };
      const code = { id: uuid(), phoneKey: uuid(), person: duplicate, place: estate, createdAt: 1 };
      await db.insert(tables.signInCodes).values({ ...code, endsAt: app.clock.now + 60_000 });
      await of.merged();
      const json = { token, username: 'newcomer', password: 'a password of mine' };
      expect(await codeOf(await app.request('/api/v1/join', { json }))).toBe('link-ended');
      const [row] = await db.select().from(tables.signInCodes).where(eq(tables.signInCodes.id, code.id));
      expect(row?.usedAt).toBe(app.clock.now);
    });

    it('and acting for others, and a WeChat, end with the one who was merged away', async () => {
      const of = await town();
      const { estate, duplicate, db, tables } = of;
      const consent = { version: 1, may: 'view' as const, since: '2026-01-01', until: '2027-01-01' };
      const given = { ...consent, given: 'paper' as const, paper: '1', place: estate, recordedBy: 'test' };
      const [daughter, mother] = [uuid(), uuid()];
      await db.insert(tables.proxies).values([
        { ...given, id: uuid(), principal: duplicate, proxy: daughter, createdAt: 1 },
        { ...given, id: uuid(), principal: mother, proxy: duplicate, createdAt: 1 },
      ]);
      const wechat = { id: uuid(), version: 1, app: 'wx', openidKey: 'k', person: duplicate, createdAt: 1 };
      await db.insert(tables.wechatBindings).values(wechat);
      await of.merged();
      const consents = await db.select({ endedAt: tables.proxies.endedAt }).from(tables.proxies);
      expect(consents).toEqual([{ endedAt: app.clock.now }, { endedAt: app.clock.now }]);
      expect(await db.select().from(tables.wechatBindings)).toEqual([]);
    });

    it('by the phone goes on where the one who stays had no phone', async () => {
      const of = await town();
      const { human, lives, home, duplicate, asked, approve, person } = of;
      const keeper = await human('王玉兰');
      await lives(keeper, home);
      expect((await approve(await asked({ keeper, duplicate }))).status).toBe(200);
      expect(await person(keeper)).toMatchObject({ phone: of.phone('0102'), version: 2 });
    });
  });
});

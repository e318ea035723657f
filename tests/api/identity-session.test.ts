/** A cookie whose signature was checked once is remembered; whose session it is, and whether, is read on every request. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

eachEngine((_name, open) => {
  const enter = async () => {
    const app = await startApp(await open());
    const visitor = await app.person();
    const status = async (cookie = visitor.headers['cookie'] ?? '') =>
      (await app.request('/api/v1/me', { headers: { cookie } })).status;
    expect([await status(), await status()]).toEqual([200, 200]);
    const { sessions } = app.engine.tables;
    return { app, visitor, status, sessions, mine: eq(sessions.userId, visitor.id) };
  };

  describe('a session that was used before', () => {
    it('is over with the next request when another process ends it', async () => {
      const { app, status, sessions, mine } = await enter();
      await app.engine.db.delete(sessions).where(mine);
      expect([await status(), await status()]).toEqual([401, 401]);
    });

    it('ends when its time is over', async () => {
      const { app, status, sessions, mine } = await enter();
      await app.engine.db
        .update(sessions)
        .set({ expiresAt: new Date(0) })
        .where(mine);
      expect(await status()).toBe(401);
    });

    it('is nobody else’s way in: another signature, or another token under a good one', async () => {
      const { app, visitor, status } = await enter();
      const other = await app.person();
      const [own, others] = [visitor, other].map(({ headers }) => headers['cookie'] ?? '');
      const [name = '', value = ''] = (own ?? '').split('=');
      const [token = '', signature = ''] = decodeURIComponent(value).split('.');
      const [otherToken = ''] = decodeURIComponent((others ?? '').split('=')[1] ?? '').split('.');
      const cookie = (text: string) => `${name}=${encodeURIComponent(text)}`;
      expect(await status(cookie(`${token}.${signature}`))).toBe(200);
      const flipped = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
      expect(await status(cookie(`${token}.${flipped}`))).toBe(401);
      expect(await status(cookie(`${otherToken}.${signature}`))).toBe(401);
      expect(await status(cookie(token))).toBe(401);
    });

    it('stays the same person’s beside other cookies, whichever they are', async () => {
      const { visitor, status } = await enter();
      const own = visitor.headers['cookie'] ?? '';
      expect(await status(`look=elder; ${own}; locale=en`)).toBe(200);
      expect(await status(`${own}; long=${'x'.repeat(3_000)}`)).toBe(200);
    });
  });
});

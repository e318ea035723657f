/** Who has only ever signed in by a code chooses a user name and a password by a fresh one. */
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, nobody, type Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openPhoneWorld, sessionOf, type PhoneWorld } from '../support/phone-world.ts';

const chosen = { username: 'wang.xiaoming', password: 'spring 2026 magnolia' };

eachEngine((_name, open) => {
  let world: PhoneWorld;
  beforeEach(async () => {
    world = await openPhoneWorld(await open());
  });

  const inByCode = async () => {
    const session = sessionOf(await world.enter(await world.sentTo()));
    world.app.clock.now += 1;
    return session;
  };
  const ask = (by: Visitor) => world.app.request('/api/auth/first-password/code', { method: 'POST', by });
  let challenge = '';
  const set = (by: Visitor, json: object) =>
    world.app.request('/api/auth/first-password', { by, json: { challenge, ...json } });
  const ownCode = async (by: Visitor) => {
    challenge = await world.challengeOf(await ask(by));
    await expect.poll(() => world.carried.length).toBeGreaterThan(1);
    return world.digits();
  };

  describe('who has only ever signed in by a code', () => {
    it('chooses a user name and a password by a fresh code, and stays signed in alone', async () => {
      const by = await inByCode();
      const own = async (who: Visitor) => (await world.app.request('/api/v1/me/sign-in', { by: who })).json();
      expect(await own(by)).toEqual({ hasPassword: false, phone: '139****5678' });
      const answer = await set(by, { code: await ownCode(by), ...chosen });
      expect(answer.status).toBe(204);
      expect(await own(sessionOf(answer))).toEqual({ hasPassword: true, phone: '139****5678' });
      expect((await world.app.request('/api/v1/me', { by })).status).toBe(401);
      expect((await world.post('/sign-in/username', chosen)).status).toBe(200);
      const { accessLog } = world.app.engine.tables;
      const logged = await world.app.engine.db.select().from(accessLog);
      expect(logged).toMatchObject([{ action: 'sign-in', actor: `person:${world.member}` }]);
    });

    it('not by a wrong code, an old one, or one of another phone; a taken name costs no code', async () => {
      const by = await inByCode();
      const other = await world.app.person({ role: 'member', place: world.estate });
      const code = await ownCode(by);
      const taken = await set(by, { code, ...chosen, username: other.username.toUpperCase() });
      expect([await codeOf(taken.clone()), (await taken.text()).includes('username')]).toEqual([
        'already-exists',
        true,
      ]);
      expect(await codeOf(await set(by, { code: code === '000000' ? '111111' : '000000', ...chosen }))).toBe(
        'wrong-code',
      );
      const neighbours = '13800002222';
      await world.give(other.id, neighbours);
      const theirs = await world.sentTo(neighbours);
      const away = { challenge: world.challenges.get(neighbours), code: theirs };
      expect(await codeOf(await set(by, { ...away, ...chosen }))).toBe('wrong-code');
      expect(await codeOf(await set(by, { code, ...chosen, password: 'password1' }))).toBe('invalid-input');
      expect((await set(by, { code, ...chosen })).status).toBe(204);
    });

    it('whoever has a password already changes it by that one; whoever has no phone asks at the desk', async () => {
      const other = await world.app.person({ role: 'member', place: world.estate });
      expect(await codeOf(await ask(other))).toBe('already-exists');
      expect(await codeOf(await set(other, { code: '000000', ...chosen }))).toBe('already-exists');
      const by = await inByCode();
      await world.give(world.member, null);
      expect(await codeOf(await ask(by))).toBe('phone-missing');
      expect(await codeOf(await set(by, { code: '000000', ...chosen }))).toBe('phone-missing');
      expect((await set(nobody, { code: '000000', ...chosen })).status).toBe(401);
    });

    it('five wrong tries end the code, also for the right digits', async () => {
      const by = await inByCode();
      const code = await ownCode(by);
      const wrong = code === '000000' ? '111111' : '000000';
      for (let tries = 0; tries < 5; tries += 1) await set(by, { code: wrong, ...chosen });
      expect(await codeOf(await set(by, { code, ...chosen }))).toBe('code-tries-used');
    });
  });
});

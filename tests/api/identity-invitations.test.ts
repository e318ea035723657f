import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { mintSetUpLink } from '../../api/identity/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';

const DAY_MS = 24 * 3_600_000;
const EVERYWHERE = '';
const chosen = { username: 'he.xiaoyan', password: 'summer 2026 lotus' };

type Invited = { person: string; canSignIn: boolean; invitation?: string; token?: string };

eachEngine((_name, open) => {
  const start = async (): Promise<TestApp> => startApp(await open());
  const json = async <Body>(answer: Response): Promise<Body> => (await answer.json()) as Body;

  async function shopWithOperator() {
    const app = await start();
    const community = await app.place('community');
    const shop = await app.place('merchant', community);
    const operator = await app.person({ role: 'operator', place: community });
    const invite = (by: TestPerson, body: object, place = shop) =>
      app.request(`/api/v1/places/${place}/invitations`, { json: body, by });
    const invited = async (body: object, place = shop) => {
      const answer = await invite(operator, body, place);
      expect(answer.status, await answer.clone().text()).toBe(201);
      return json<Invited>(answer);
    };
    const look = (token: string) => app.request('/api/v1/join/look', { json: { token } });
    const join = (token: string, as: object = chosen) =>
      app.request('/api/v1/join', { json: { token, ...as } });
    const tryToSignIn = ({ username, password } = chosen) =>
      app.request('/api/auth/sign-in/username', { json: { username, password } });
    return { app, community, shop, operator, invite, invited, look, join, tryToSignIn };
  }

  describe('an invitation', () => {
    it('lets a colleague choose a user name and a password, and work', async () => {
      const { invited, look, join, tryToSignIn, shop, app } = await shopWithOperator();
      const { token, person } = await invited({ name: '何晓燕', role: 'clerk', phone: '13800000017' });
      const shown = await json<{ name: string; roles: { role: string }[] }>(await look(token!));
      expect(shown).toMatchObject({ name: '何晓燕', roles: [{ role: 'clerk' }] });
      expect(await json(await join(token!))).toEqual({ person });
      const cookie = (await tryToSignIn()).headers.getSetCookie().map((one) => one.split(';')[0]!);
      const by = { headers: { cookie: cookie.join('; ') } };
      expect((await app.request(`/api/v1/merchants/${shop}/today`, { by })).status).toBe(200);
      expect(await json(await app.request('/api/v1/me/sign-in', { by }))).toEqual({
        hasPassword: true,
        phone: '138****0017',
      });
    });

    it('asks who is meant where a colleague has the name, so that nobody becomes two people', async () => {
      const { app, community, invite, invited, operator } = await shopWithOperator();
      const { person } = await invited({ name: '何晓燕', role: 'clerk' });
      const asked = await invite(operator, { name: '何晓燕', role: 'staff' }, community);
      expect(asked.status).toBe(409);
      const { code, detail } = await json<{ code: string; detail: string }>(asked);
      expect([code, detail]).toEqual(['namesake', expect.stringMatching(/何晓燕：.*商户店员/)]);
      const same = await invited({ name: '何晓燕', role: 'staff', namesake: 'same' }, community);
      expect(same.person).toBe(person);
      const another = await invited({ name: '何晓燕', role: 'staff', namesake: 'another' }, community);
      expect(another.person).not.toBe(person);
      const log = await app.engine.reader.select().from(app.engine.tables.accessLog);
      expect(log.filter(({ reason }) => reason === 'namesake: another')).toHaveLength(1);
      // Two presses at once are one person.
      const twice = await Promise.all([1, 2].map(() => invite(operator, { name: '何双', role: 'clerk' })));
      expect(twice.map(({ status }) => status).toSorted()).toEqual([201, 409]);
      // Now two have the name: only a phone tells them apart.
      const unclear = { name: '何晓燕', role: 'leader', namesake: 'same' };
      expect(await codeOf(await invite(operator, unclear, community))).toBe('namesake');
      expect((await invited({ person, role: 'leader' }, community)).person).toBe(person);
      const both = { person, name: '何晓燕', role: 'leader' };
      expect((await invite(operator, both, community)).status).toBe(422);
      // Of another book nobody is a colleague.
      const elsewhere = await app.place('community', '', 2);
      const there = await app.person({ role: 'operator', place: elsewhere });
      expect((await invite(there, { name: '何晓燕', role: 'staff' }, elsewhere)).status).toBe(201);
    });

    it('tells nobody of another book’s posts, and a shop’s manager of none', async () => {
      const { app, shop, community, invite, invited, operator } = await shopWithOperator();
      const { person } = await invited({ name: '何晓燕', role: 'leader' }, community);
      const { roles } = app.engine.tables;
      for (let nth = 0; nth < 25; nth += 1) {
        const place = await app.place('community', '', 2);
        const post = { id: uuid(), person, role: 'staff', place, validFrom: 0, validTo: null };
        await app.engine.db.insert(roles).values({ ...post, grantedBy: 'person:x' });
      }
      const detailOf = async (by: TestPerson, role: string, place: string) =>
        (await json<{ detail: string }>(await invite(by, { name: '何晓燕', role }, place))).detail;
      expect(await detailOf(operator, 'staff', community)).toMatch(/^何晓燕：[^、；]*楼栋长、单元长$/);
      const manager = await app.person({ role: 'merchant_manager', place: shop });
      expect(await detailOf(manager, 'clerk', shop)).toBe('何晓燕：本账簿的一位同事');
    });

    it('shows its post in the list also where the post has an end', async () => {
      const { app, invited, operator, shop, look } = await shopWithOperator();
      const [validTo, over] = ['2026-12-31T16:00:00.000Z', new Date(app.clock.now + 60_000).toISOString()];
      const { token } = await invited({ name: '何晓燕', role: 'clerk', validTo });
      await invited({ name: '何晓东', role: 'clerk', validTo: over });
      app.clock.now += DAY_MS;
      const list = await app.request(`/api/v1/places/${shop}/invitations`, { by: operator });
      const { items } = await json<{ items: { roles: string[] }[] }>(list);
      expect(items.map(({ roles }) => roles)).toEqual([[], ['clerk']]);
      // … and whoever holds the link reads it there.
      expect(await json(await look(token!))).toMatchObject({ roles: [{ role: 'clerk' }] });
    });

    it('works once: the second use is told so, and changes nothing', async () => {
      const { invited, join, look, tryToSignIn } = await shopWithOperator();
      const { token } = await invited({ name: '何晓燕', role: 'clerk' });
      expect((await join(token!)).status).toBe(201);
      const again = { username: 'somebody.else', password: 'autumn 2026 maple' };
      expect(await codeOf(await join(token!, again))).toBe('link-used');
      expect(await codeOf(await look(token!))).toBe('link-used');
      expect((await tryToSignIn(again)).status).toBe(401);
      expect((await tryToSignIn()).status).toBe(200);
    });

    it('used by two at the same moment lets one in', async () => {
      const { invited, join } = await shopWithOperator();
      const { token } = await invited({ name: '何晓燕', role: 'clerk' });
      const answers = await Promise.all(
        ['one.a', 'two.b', 'three.c'].map((username) => join(token!, { ...chosen, username })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    it('is open again after a user name that is taken', async () => {
      const { invited, join } = await shopWithOperator();
      const { token: first } = await invited({ name: '何晓燕', role: 'clerk' });
      const { token } = await invited({ name: '何晓东', role: 'clerk' });
      expect((await join(first!)).status).toBe(201);
      expect(await codeOf(await join(token!))).toBe('already-exists');
      expect((await join(token!, { ...chosen, username: 'he.xiaodong' })).status).toBe(201);
    });

    it('ends after fourteen days, when it is called off, and when a newer one is made', async () => {
      const { app, operator, invited, join, look } = await shopWithOperator();
      const one = await invited({ name: '何晓燕', role: 'clerk' });
      app.clock.now += 14 * DAY_MS;
      expect(await codeOf(await look(one.token!))).toBe('link-ended');
      const path = `/api/v1/invitations/${one.invitation}`;
      const two = await json<Invited>(await app.request(`${path}/renewal`, { json: {}, by: operator }));
      const three = await json<Invited>(
        await app.request(`/api/v1/invitations/${two.invitation}/renewal`, { json: {}, by: operator }),
      );
      expect(await codeOf(await join(two.token!))).toBe('link-ended');
      const off = { method: 'DELETE', by: operator };
      expect((await app.request(`/api/v1/invitations/${three.invitation}`, off)).status).toBe(204);
      expect(await codeOf(await join(three.token!))).toBe('link-ended');
      expect(await codeOf(await join('x'.repeat(43)))).toBe('link-unknown');
    });

    it('ends when its person gets a password otherwise: who made it cannot become them by it', async () => {
      const { app, operator, invited, join, tryToSignIn } = await shopWithOperator();
      const { token, person } = await invited({ name: '何晓燕', role: 'clerk' });
      const given = { method: 'PUT', by: operator, json: chosen };
      expect((await app.request(`/api/v1/people/${person}/sign-in`, given)).status).toBe(204);
      const again = { username: 'somebody.else', password: 'autumn 2026 maple' };
      expect(await codeOf(await join(token!, again))).toBe('link-ended');
      expect((await tryToSignIn(again)).status).toBe(401);
      expect((await tryToSignIn()).status).toBe(200);
    });

    it('is not to a post above one’s own, nor outside one’s place', async () => {
      const { app, community, shop, invite } = await shopWithOperator();
      const other = await app.place('merchant', community);
      const manager = await app.person({ role: 'merchant_manager', place: shop });
      expect((await invite(manager, { name: '何晓燕', role: 'clerk' })).status).toBe(201);
      expect(await codeOf(await invite(manager, { name: '何晓燕', role: 'auditor' }))).toBe('not-allowed');
      expect((await invite(manager, { name: '何晓燕', role: 'clerk' }, other)).status).toBe(404);
      const { people } = app.engine.tables;
      const named = await app.engine.db.select().from(people).where(eq(people.name, '何晓燕'));
      expect(named).toHaveLength(1);
    });

    it('with a phone of somebody else of the book is refused; the same person gets one more role', async () => {
      const { invite, invited, operator, community, join, app } = await shopWithOperator();
      const clerk = { name: '何晓燕', phone: '13800000017', role: 'clerk' };
      const { token, person } = await invited(clerk);
      expect((await join(token!)).status).toBe(201);
      const other = await invite(operator, { ...clerk, name: '何晓东' });
      expect(await codeOf(other)).toBe('phone-taken');
      expect(await invited({ ...clerk, role: 'staff' }, community)).toEqual({ person, canSignIn: true });
      expect(await codeOf(await invite(operator, clerk))).toBe('already-exists');
      const { people } = app.engine.tables;
      expect(await app.engine.db.select().from(people).where(eq(people.phone, clerk.phone))).toHaveLength(1);
    });

    it('to a post at a shop is no way in as a resident whom the shop could not help to a password', async () => {
      const { app, community, shop, operator, invite, invited, look } = await shopWithOperator();
      const estate = await app.place('estate', community);
      const resident = await app.resident({ role: 'member', place: estate });
      const { people, users } = app.engine.tables;
      const known = { name: '李桂英', phone: '13922223333' };
      await app.engine.db.update(people).set(known).where(eq(people.id, resident));
      await app.engine.db.delete(users).where(eq(users.id, resident));
      const manager = await app.person({ role: 'merchant_manager', place: shop });
      const hired = await json<Invited>(await invite(manager, { ...known, role: 'clerk' }));
      expect(hired).toEqual({ person: resident, canSignIn: false });
      expect(await codeOf(await invite(manager, { ...known, role: 'clerk' }))).toBe('already-exists');
      // Whoever could have set the resident's password may also make the link.
      const { token, invitation } = await invited({ ...known, role: 'clerk' });
      expect((await look(token!)).status).toBe(200);
      const again = await app.request(`/api/v1/invitations/${invitation}/renewal`, { json: {}, by: manager });
      expect(again.status).toBe(404);
      const renewal = { json: {}, by: operator };
      expect((await app.request(`/api/v1/invitations/${invitation}/renewal`, renewal)).status).toBe(201);
    });

    it('ends when its person gets a post that its maker could not have given', async () => {
      const { app, community, shop, operator, invite, join } = await shopWithOperator();
      const manager = await app.person({ role: 'merchant_manager', place: shop });
      const { token, person } = await json<Invited>(await invite(manager, { name: '何晓燕', role: 'clerk' }));
      const grant = { json: { person, role: 'auditor' }, by: operator };
      expect((await app.request(`/api/v1/places/${community}/roles`, grant)).status).toBe(201);
      expect(await codeOf(await join(token!))).toBe('link-ended');
    });

    it('is made anew for who was cut off while using it', async () => {
      const { app, operator, invited, join } = await shopWithOperator();
      const { invitation } = await invited({ name: '何晓燕', role: 'clerk' });
      const { invitations } = app.engine.tables;
      await app.engine.db.update(invitations).set({ usedAt: app.clock.now });
      const path = `/api/v1/invitations/${invitation}/renewal`;
      const { token } = await json<Invited>(await app.request(path, { json: {}, by: operator }));
      expect((await join(token!)).status).toBe(201);
    });

    it('is listed newest first with what became of it, and tells nobody its link again', async () => {
      const { app, shop, operator, invited, join } = await shopWithOperator();
      const { token } = await invited({ name: '何晓燕', role: 'clerk' });
      await join(token!);
      await invited({ name: '罗凯', role: 'merchant_manager' });
      const list = await app.request(`/api/v1/places/${shop}/invitations?limit=1`, { by: operator });
      const page = await json<{ items: object[]; next: string }>(list);
      expect(page.items).toMatchObject([{ name: '罗凯', state: 'open', roles: ['merchant_manager'] }]);
      const rest = await app.request(`/api/v1/places/${shop}/invitations?cursor=${page.next}`, {
        by: operator,
      });
      const text = await rest.text();
      expect((JSON.parse(text) as { items: object[] }).items).toMatchObject([
        { name: '何晓燕', state: 'used', roles: ['clerk'] },
      ]);
      expect(text).not.toContain(token);
    });
  });

  describe('a set-up link', () => {
    const first = { name: '林建平', username: 'lin.jianping', password: 'winter 2026 plum' };

    it('makes the first administrator, who acts everywhere', async () => {
      const app = await start();
      const token = (await mintSetUpLink(app.server.deps, app.clock.now))!;
      expect((await app.request('/api/v1/set-up/look', { json: { token } })).status).toBe(204);
      expect((await app.request('/api/v1/set-up', { json: { ...first, token } })).status).toBe(201);
      const { roles } = app.engine.tables;
      const [role] = await app.engine.db.select().from(roles).where(eq(roles.place, EVERYWHERE));
      expect(role).toMatchObject({ role: 'operator', place: EVERYWHERE });
      expect(await mintSetUpLink(app.server.deps, app.clock.now)).toBeUndefined();
    });

    it('is refused after the set-up, also one that was printed by another start', async () => {
      const app = await start();
      const links = [0, 1].map(() => mintSetUpLink(app.server.deps, app.clock.now));
      const [token, other] = await Promise.all(links);
      const sent = [token, other].map((link, at) =>
        app.request('/api/v1/set-up', { json: { ...first, username: `lin.${at}0`, token: link } }),
      );
      const statuses = (await Promise.all(sent)).map(({ status }) => status);
      expect(statuses.sort()).toEqual([201, 409]);
      for (const link of [token, other]) {
        const again = { ...first, username: 'another.one', token: link };
        expect(await codeOf(await app.request('/api/v1/set-up', { json: again }))).toBe('set-up-done');
        expect(await codeOf(await app.request('/api/v1/set-up/look', { json: { token: link } }))).toBe(
          'set-up-done',
        );
      }
      const { people } = app.engine.tables;
      expect(await app.engine.db.select().from(people).where(eq(people.name, first.name))).toHaveLength(1);
    });

    it('is no invitation, nor the other way round', async () => {
      const { app, invited, join } = await shopWithOperator();
      const setUpLink = (await mintSetUpLink(app.server.deps, app.clock.now))!;
      const { token } = await invited({ name: '何晓燕', role: 'clerk' });
      expect(await codeOf(await join(setUpLink))).toBe('link-unknown');
      expect(await codeOf(await app.request('/api/v1/set-up', { json: { ...first, token } }))).toBe(
        'link-unknown',
      );
    });
  });
});

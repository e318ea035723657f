/** Sign-in with WeChat against a local server that answers as WeChat does: real requests, real redirects. */
import { beforeEach, describe, expect, it } from 'vitest';
import { codeOf, nobody, startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import type { Trouble } from '../support/fake-wechat.ts';
import { comeBack, openWechatWorld, ORIGIN, type Jar, type WechatWorld } from '../support/wechat-world.ts';

const MINUTE_MS = 60_000;

eachEngine((_name, open) => {
  let world: WechatWorld;
  beforeEach(async () => {
    world = await openWechatWorld(await open());
  });

  it('an unknown WeChat makes nobody: its owner signs in once, confirms, and from then on is in with a scan', async () => {
    const { people, users } = world.app.engine.tables;
    const count = async () =>
      (await world.app.engine.db.select().from(people)).length +
      (await world.app.engine.db.select().from(users)).length;
    const before = await count();
    const jar: Jar = new Map();
    expect(await (await world.through(jar)).json()).toEqual({ outcome: 'unbound' });
    expect(await world.meOf(jar)).toBe(401);
    expect((await world.confirm(jar)).status).toBe(401);
    await world.signIn(jar, world.member);
    expect(await world.own(jar)).toEqual({ ways: [{ way: 'inside' }, { way: 'desk' }], waiting: 'desk' });
    expect((await world.confirm(jar)).status).toBe(204);
    expect(await world.own(jar)).toMatchObject({
      ways: [{ way: 'inside' }, { way: 'desk', boundAt: expect.any(String) }],
    });
    expect(await count()).toBe(before);

    const later: Jar = new Map();
    expect(await (await world.through(later)).json()).toEqual({
      outcome: 'signed-in',
      person: world.member.id,
    });
    expect(await world.meOf(later)).toBe(world.member.id);
  });

  it('inside WeChat it asks for the quiet grant, at a desk for the QR, and leads back to the page that was asked for', async () => {
    const inside = new URL(await world.begin(new Map(), 'inside', '/me/bills?a=1'));
    expect([inside.pathname, inside.searchParams.get('scope'), inside.hash]).toEqual([
      '/connect/oauth2/authorize',
      'snsapi_base',
      '#wechat_redirect',
    ]);
    const { back } = await comeBack(inside.href);
    expect([back.origin, back.pathname, back.searchParams.get('next')]).toEqual([
      ORIGIN,
      '/sign-in/wechat',
      '/me/bills?a=1',
    ]);
    const desk = new URL(await world.begin(new Map(), 'desk'));
    expect([desk.pathname, desk.searchParams.get('scope')]).toEqual(['/connect/qrconnect', 'snsapi_login']);
    for (const next of ['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test'])
      expect((await world.ask(new Map(), '/api/auth/wechat/beginning', { way: 'desk', next })).status).toBe(
        422,
      );
  });

  it('whoever does not agree is told so and is nobody', async () => {
    world.wechat.agrees = false;
    const jar: Jar = new Map();
    expect(await codeOf(await world.through(jar))).toBe('wechat-denied');
    expect(await world.meOf(jar)).toBe(401);
  });

  it('a state counts once: a second return with it, or with another code, finds it used', async () => {
    await world.bound(world.member);
    const jar: Jar = new Map();
    const came = await comeBack(await world.begin(jar));
    const again = new Map(jar);
    expect((await world.enter(jar, came)).status).toBe(200);
    expect(await codeOf(await world.enter(again, came))).toBe('wechat-ended');
    const other = await comeBack(await world.begin(new Map()));
    expect(await codeOf(await world.enter(again, { ...other, state: came.state }))).toBe('wechat-ended');
  });

  it('of two who return at the same moment with one state one is in', async () => {
    await world.bound(world.member);
    const jar: Jar = new Map();
    const came = await comeBack(await world.begin(jar));
    const both = await Promise.all([world.enter(new Map(jar), came), world.enter(new Map(jar), came)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('a state counts in the browser where it began, for ten minutes, and only as it was made', async () => {
    await world.bound(world.member);
    const jar: Jar = new Map();
    const came = await comeBack(await world.begin(jar));
    // Somebody else's link, opened by this browser, signs nobody in as them.
    expect(await codeOf(await world.enter(new Map(), came))).toBe('wechat-ended');
    const mine: Jar = new Map();
    await world.begin(mine);
    expect(await codeOf(await world.enter(new Map(mine), came))).toBe('wechat-ended');
    const last = came.state.at(-1) === '0' ? '1' : '0';
    const forged = [came.state.slice(0, -1) + last, came.state.replace(/^d/, 'i'), 'd'.repeat(107), ''];
    for (const state of forged)
      expect(await codeOf(await world.enter(new Map(jar), { ...came, state }))).toBe('wechat-ended');
    const asked = world.wechat.asked.filter(({ pathname }) => pathname.endsWith('access_token')).length;
    world.app.clock.now += 10 * MINUTE_MS;
    expect(await codeOf(await world.enter(jar, came))).toBe('wechat-ended');
    // None of these ever asked WeChat about the code.
    expect(world.wechat.asked.filter(({ pathname }) => pathname.endsWith('access_token'))).toHaveLength(
      asked,
    );
  });

  it('a code that ended, and one that WeChat never gave, are told like that', async () => {
    const jar: Jar = new Map();
    const came = await comeBack(await world.begin(jar));
    world.wechat.endCodes();
    expect(await codeOf(await world.enter(jar, came))).toBe('wechat-ended');
    const { state } = await comeBack(await world.begin(jar));
    expect(await codeOf(await world.enter(jar, { state, code: 'made-up' }))).toBe('wechat-ended');
  });

  it.each(['busy', 'broken', 'nonsense', 'wrong-secret'] as Trouble[])(
    'where WeChat is %s the answer says that it does not answer, and when to try again',
    async (trouble) => {
      world.wechat.trouble = trouble;
      const answer = await world.through(new Map());
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
      expect(await codeOf(answer)).toBe('wechat-down');
    },
  );

  it('too many who come back wrongly from one address wait a while', async () => {
    const tries = Array.from({ length: 31 }, () => world.enter(new Map(), { state: 'd0', code: 'x' }));
    const codes = await Promise.all((await Promise.all(tries)).map(codeOf));
    expect(codes.filter((code) => code === 'locked-out')).toHaveLength(1);
  });

  it('the cookies of it are for this site alone, unseen by scripts, and bound to the host over https', async () => {
    const config = { origin: 'https://linli.test', wechat: world.wechat.config };
    const secure = await startApp(await open(), { config });
    const headers = { origin: 'https://linli.test' };
    const answer = await secure.request('/api/auth/wechat/beginning', { json: { way: 'desk' }, headers });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-linli\.wechat=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cross = await world.app.request('/api/auth/wechat/beginning', {
      json: { way: 'desk' },
      headers: { origin: 'http://elsewhere.test' },
    });
    expect(await codeOf(cross)).toBe('cross-site');
  });

  describe('without settings', () => {
    it('no route of it answers', async () => {
      const plain = await startApp(await open());
      const by = await plain.person({ role: 'member', place: await plain.place() });
      const asked = [
        ['/api/auth/wechat', undefined],
        ['/api/auth/wechat/beginning', { way: 'desk' }],
        ['/api/auth/sign-in/wechat', { state: 'd0', code: 'x' }],
        ['/api/v1/me/wechat', undefined],
      ] as const;
      for (const [path, json] of asked) {
        const answer = await plain.request(path, { by, ...(json && { json }) });
        expect([path, answer.status, await codeOf(answer)]).toEqual([path, 404, 'not-found']);
      }
    });

    it('of two ways only the one that is set up is there', async () => {
      world = await openWechatWorld(await open(), 'inside');
      expect(await (await world.app.request('/api/auth/wechat', { by: nobody })).json()).toEqual({
        ways: ['inside'],
      });
      expect((await world.ask(new Map(), '/api/auth/wechat/beginning', { way: 'desk' })).status).toBe(404);
    });
  });
});

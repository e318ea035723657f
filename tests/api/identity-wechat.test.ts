/** Sign-in with WeChat against a local server that answers as WeChat does: real requests, real redirects. */
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { erasePerson, sweepIdentity } from '../../api/identity/index.ts';
import { codeOf, nobody, PASSWORD, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { startFakeWechat, type FakeWechat, type Trouble } from '../support/fake-wechat.ts';

const ORIGIN = 'http://linli.test';
const MINUTE_MS = 60_000;
type Way = 'inside' | 'desk';
/** What a browser keeps between requests. */
type Jar = Map<string, string>;

eachEngine((_name, open) => {
  let wechat: FakeWechat;
  let app: TestApp;
  let estate: string;
  let member: TestPerson;

  beforeEach(async () => {
    wechat = await startFakeWechat();
    app = await startApp(await open(), { config: { origin: ORIGIN, wechat: wechat.config } });
    estate = await app.place();
    member = await app.person({ role: 'member', place: estate });
  });

  const visitor = (jar: Jar): Visitor => ({
    headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
  });
  const jarOf = (by: Visitor): Jar =>
    new Map((by.headers['cookie'] ?? '').split('; ').map((pair) => pair.split('=', 2) as [string, string]));
  async function ask(jar: Jar, path: string, json?: object, method?: string): Promise<Response> {
    const answer = await app.request(path, {
      by: visitor(jar),
      ...(json && { json }),
      ...(method !== undefined && { method }),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      const [name = '', value = ''] = pair.split('=', 2);
      if (/max-age=0/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  }

  async function begin(jar: Jar, way: Way = 'desk', next?: string): Promise<string> {
    const answer = await ask(jar, '/api/auth/wechat/beginning', { way, ...(next !== undefined && { next }) });
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { address: string }).address;
  }
  /** Through WeChat's own page, which leads the browser back to ours. */
  async function comeBack(address: string): Promise<{ state: string; code?: string; back: URL }> {
    const led = await fetch(address, { redirect: 'manual' });
    const back = new URL(led.headers.get('location') ?? 'http://nowhere.test');
    const { state = '', code } = Object.fromEntries(back.searchParams) as { state?: string; code?: string };
    return { state, ...(code !== undefined && { code }), back };
  }
  const enter = (jar: Jar, came: { state: string; code?: string }) =>
    ask(jar, '/api/auth/sign-in/wechat', {
      state: came.state,
      ...(came.code !== undefined && { code: came.code }),
    });
  const through = async (jar: Jar, way: Way = 'desk') => enter(jar, await comeBack(await begin(jar, way)));
  const confirm = (jar: Jar) => ask(jar, '/api/v1/me/wechat', {});
  const own = async (jar: Jar) => (await ask(jar, '/api/v1/me/wechat')).json();
  const remove = (jar: Jar, way: Way = 'desk') => ask(jar, `/api/v1/me/wechat/${way}`, undefined, 'DELETE');
  const signIn = (jar: Jar, by: TestPerson) =>
    ask(jar, '/api/auth/sign-in/username', { username: by.username, password: PASSWORD });
  const meOf = async (jar: Jar) => {
    const answer = await ask(jar, '/api/v1/me');
    return answer.ok ? ((await answer.json()) as { person: { id: string } }).person.id : answer.status;
  };
  async function bound(by: TestPerson, way: Way = 'desk'): Promise<void> {
    const jar = jarOf(by);
    expect(await (await through(jar, way)).json()).toEqual({ outcome: 'unbound' });
    expect((await confirm(jar)).status).toBe(204);
  }
  const logOf = (person: string) => {
    const { accessLog } = app.engine.tables;
    return app.engine.db
      .select()
      .from(accessLog)
      .where(eq(accessLog.subject, `person:${person}`));
  };

  it('an unknown WeChat makes nobody: its owner signs in once, confirms, and from then on is in with a scan', async () => {
    const { people, users } = app.engine.tables;
    const count = async () =>
      (await app.engine.db.select().from(people)).length + (await app.engine.db.select().from(users)).length;
    const before = await count();
    const jar: Jar = new Map();
    expect(await (await through(jar)).json()).toEqual({ outcome: 'unbound' });
    expect(await meOf(jar)).toBe(401);
    expect((await confirm(jar)).status).toBe(401);
    await signIn(jar, member);
    expect(await own(jar)).toEqual({ ways: [{ way: 'inside' }, { way: 'desk' }], waiting: 'desk' });
    expect((await confirm(jar)).status).toBe(204);
    expect(await own(jar)).toMatchObject({
      ways: [{ way: 'inside' }, { way: 'desk', boundAt: expect.any(String) }],
    });
    expect(await count()).toBe(before);

    const later: Jar = new Map();
    expect(await (await through(later)).json()).toEqual({ outcome: 'signed-in', person: member.id });
    expect(await meOf(later)).toBe(member.id);
  });

  it('inside WeChat it asks for the quiet grant, at a desk for the QR, and leads back to the page that was asked for', async () => {
    const inside = new URL(await begin(new Map(), 'inside', '/me/bills?a=1'));
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
    const desk = new URL(await begin(new Map(), 'desk'));
    expect([desk.pathname, desk.searchParams.get('scope')]).toEqual(['/connect/qrconnect', 'snsapi_login']);
    for (const next of ['https://elsewhere.test/', '//elsewhere.test', '/\\elsewhere.test'])
      expect((await ask(new Map(), '/api/auth/wechat/beginning', { way: 'desk', next })).status).toBe(422);
  });

  it('the two apps know one phone by two openids, and each is bound for itself', async () => {
    await bound(member, 'desk');
    expect(await (await through(new Map(), 'inside')).json()).toEqual({ outcome: 'unbound' });
    await bound(member, 'inside');
    expect(await (await through(new Map(), 'inside')).json()).toMatchObject({ outcome: 'signed-in' });
  });

  it('whoever does not agree is told so and is nobody', async () => {
    wechat.agrees = false;
    const jar: Jar = new Map();
    expect(await codeOf(await through(jar))).toBe('wechat-denied');
    expect(await meOf(jar)).toBe(401);
  });

  it('a state counts once: a second return with it, or with another code, finds it used', async () => {
    await bound(member);
    const jar: Jar = new Map();
    const came = await comeBack(await begin(jar));
    const again = new Map(jar);
    expect((await enter(jar, came)).status).toBe(200);
    expect(await codeOf(await enter(again, came))).toBe('wechat-ended');
    const other = await comeBack(await begin(new Map()));
    expect(await codeOf(await enter(again, { ...other, state: came.state }))).toBe('wechat-ended');
  });

  it('of two who return at the same moment with one state one is in', async () => {
    await bound(member);
    const jar: Jar = new Map();
    const came = await comeBack(await begin(jar));
    const both = await Promise.all([enter(new Map(jar), came), enter(new Map(jar), came)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('a state counts in the browser where it began, for ten minutes, and only as it was made', async () => {
    await bound(member);
    const jar: Jar = new Map();
    const came = await comeBack(await begin(jar));
    // Somebody else's link, opened by this browser, signs nobody in as them.
    expect(await codeOf(await enter(new Map(), came))).toBe('wechat-ended');
    const mine: Jar = new Map();
    await begin(mine);
    expect(await codeOf(await enter(new Map(mine), came))).toBe('wechat-ended');
    const last = came.state.at(-1) === '0' ? '1' : '0';
    const forged = [came.state.slice(0, -1) + last, came.state.replace(/^d/, 'i'), 'd'.repeat(107), ''];
    for (const state of forged)
      expect(await codeOf(await enter(new Map(jar), { ...came, state }))).toBe('wechat-ended');
    const asked = wechat.asked.filter(({ pathname }) => pathname.endsWith('access_token')).length;
    app.clock.now += 10 * MINUTE_MS;
    expect(await codeOf(await enter(jar, came))).toBe('wechat-ended');
    // None of these ever asked WeChat about the code.
    expect(wechat.asked.filter(({ pathname }) => pathname.endsWith('access_token'))).toHaveLength(asked);
  });

  it('a code that ended, and one that WeChat never gave, are told like that', async () => {
    const jar: Jar = new Map();
    const came = await comeBack(await begin(jar));
    wechat.endCodes();
    expect(await codeOf(await enter(jar, came))).toBe('wechat-ended');
    const { state } = await comeBack(await begin(jar));
    expect(await codeOf(await enter(jar, { state, code: 'made-up' }))).toBe('wechat-ended');
  });

  it.each(['busy', 'broken', 'nonsense', 'wrong-secret'] as Trouble[])(
    'where WeChat is %s the answer says that it does not answer, and when to try again',
    async (trouble) => {
      wechat.trouble = trouble;
      const answer = await through(new Map());
      expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '30']);
      expect(await codeOf(answer)).toBe('wechat-down');
    },
  );

  it('the picture that WeChat shows before a page is opened wholly is bound to nobody', async () => {
    wechat.trouble = 'snapshot';
    const jar = jarOf(member);
    expect(await codeOf(await through(jar, 'inside'))).toBe('wechat-snapshot');
    expect(await codeOf(await confirm(jar))).toBe('wechat-ended');
  });

  it('one WeChat is one person, and one person has one WeChat of an app', async () => {
    await bound(member);
    const neighbour = await app.person({ role: 'member', place: estate });
    const jar = jarOf(neighbour);
    expect(await codeOf(await through(jar))).toBe('wechat-of-another');
    expect(await meOf(jar)).toBe(neighbour.id);
    wechat.owner = 'li';
    const mine = jarOf(member);
    expect(await (await through(mine)).json()).toEqual({ outcome: 'unbound' });
    expect(await codeOf(await confirm(mine))).toBe('wechat-has-another');
    // Two confirm the same WeChat at the same moment.
    const [one, two] = [jarOf(neighbour), jarOf(await app.person({ role: 'member', place: estate }))];
    for (const each of [one, two]) await through(each);
    const both = await Promise.all([confirm(one), confirm(two)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  it('what waits to be confirmed counts for a quarter of an hour, in this browser, and cannot be made up', async () => {
    const jar = jarOf(member);
    await through(jar);
    const [name, sealed = ''] = [...jar].find(([key]) => key.endsWith('waiting'))!;
    jar.set(
      name,
      sealed.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    );
    expect(await codeOf(await confirm(jar))).toBe('wechat-ended');
    jar.set(name, sealed);
    app.clock.now += 15 * MINUTE_MS;
    expect(await codeOf(await confirm(jar))).toBe('wechat-ended');
  });

  it('a WeChat is removed, signs nobody in any more, and both stand in the access log', async () => {
    await bound(member);
    const jar = jarOf(member);
    expect((await remove(jar)).status).toBe(204);
    expect((await remove(jar)).status).toBe(204);
    expect(await (await through(new Map())).json()).toEqual({ outcome: 'unbound' });
    const logged = (await logOf(member.id)).filter(({ action }) => action.endsWith('wechat'));
    const who = { actor: `person:${member.id}`, place: estate };
    expect(logged).toMatchObject([
      { ...who, action: 'bind-wechat' },
      { ...who, action: 'unbind-wechat' },
    ]);
    const auditor = await app.person({ role: 'auditor', place: estate });
    const read = await app.request(`/api/v1/places/${estate}/access-log?action=bind-wechat`, { by: auditor });
    expect(((await read.json()) as { items: object[] }).items).toHaveLength(1);
  });

  it('a password that somebody else sets ends it, as it ends every other way in', async () => {
    await bound(member);
    const staff = await app.person({ role: 'staff', place: estate });
    const json = { username: member.username, password: 'what staff chose 2026' };
    await app.request(`/api/v1/people/${member.id}/sign-in`, { method: 'PUT', by: staff, json });
    const ended = (await logOf(member.id)).filter(({ action }) => action === 'unbind-wechat');
    expect(ended).toMatchObject([{ actor: `person:${staff.id}` }]);
    expect(await (await through(new Map())).json()).toEqual({ outcome: 'unbound' });
  });

  it('who is erased is signed in by nothing any more', async () => {
    await bound(member);
    const erased = { person: member.id, by: 'operator:test', place: estate, reason: '', now: app.clock.now };
    await erasePerson(app.engine, { ...erased, logId: app.server.deps.ids() });
    expect(await (await through(new Map())).json()).toEqual({ outcome: 'unbound' });
  });

  it('too many who come back wrongly from one address wait a while', async () => {
    const tries = Array.from({ length: 31 }, () => enter(new Map(), { state: 'd0', code: 'x' }));
    const codes = await Promise.all((await Promise.all(tries)).map(codeOf));
    expect(codes.filter((code) => code === 'locked-out')).toHaveLength(1);
  });

  it('nothing of WeChat’s is stored or logged: no token, no openid, no code', async () => {
    await bound(member);
    for (const trouble of ['wrong-secret', 'broken', 'none'] as const) {
      wechat.trouble = trouble;
      await through(new Map());
    }
    const { wechatBindings, wechatReturns, accessLog, credentials, users, sessions } = app.engine.tables;
    const tables = [wechatBindings, wechatReturns, accessLog, credentials, users, sessions];
    const rows = await Promise.all(tables.map((table) => app.engine.db.select().from(table)));
    const kept = JSON.stringify([rows, app.logged]);
    const codes = wechat.asked.flatMap((url) => url.searchParams.get('code') ?? []);
    expect(wechat.given.length * codes.length).toBeGreaterThan(0);
    for (const secret of [...wechat.given, ...codes, wechat.config.apps.desk!.secret])
      expect(kept).not.toContain(secret);
    app.clock.now += 11 * MINUTE_MS;
    await sweepIdentity(app.engine, app.clock.now);
    expect(await app.engine.db.select().from(wechatReturns)).toEqual([]);
  });

  it('the cookies of it are for this site alone, unseen by scripts, and bound to the host over https', async () => {
    const config = { origin: 'https://linli.test', wechat: wechat.config };
    const secure = await startApp(await open(), { config });
    const headers = { origin: 'https://linli.test' };
    const answer = await secure.request('/api/auth/wechat/beginning', { json: { way: 'desk' }, headers });
    const [cookie] = answer.headers.getSetCookie();
    expect(cookie).toMatch(
      /^__Host-linli\.wechat=[\w-]{43}; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const cross = await app.request('/api/auth/wechat/beginning', {
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
      const { inside } = wechat.config.apps;
      const config = { origin: ORIGIN, wechat: { ...wechat.config, apps: { inside: inside! } } };
      app = await startApp(await open(), { config });
      expect(await (await app.request('/api/auth/wechat', { by: nobody })).json()).toEqual({
        ways: ['inside'],
      });
      expect((await ask(new Map(), '/api/auth/wechat/beginning', { way: 'desk' })).status).toBe(404);
    });
  });
});

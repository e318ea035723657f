/** A member, browsers and a WeChat that answers as WeChat does; for the tests of signing in with it. */
import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { PASSWORD, startApp } from './app.ts';
import type { TestPerson, Visitor } from './app.ts';
import { startFakeWechat } from './fake-wechat.ts';

export const ORIGIN = 'http://linli.test';
export type Way = 'inside' | 'desk';
/** What a browser keeps between requests. */
export type Jar = Map<string, string>;
type Came = { state: string; code?: string };

export type WechatWorld = Awaited<ReturnType<typeof openWechatWorld>>;

const visitor = (jar: Jar): Visitor => ({
  headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
});

export function jarOf(by: Visitor): Jar {
  const pairs = (by.headers['cookie'] ?? '').split('; ');
  return new Map(pairs.map((pair) => pair.split('=', 2) as [string, string]));
}

/** Through WeChat's own page, which leads the browser back to ours. */
export async function comeBack(address: string): Promise<Came & { back: URL }> {
  const led = await fetch(address, { redirect: 'manual' });
  const back = new URL(led.headers.get('location') ?? 'http://nowhere.test');
  const { state = '', code } = Object.fromEntries(back.searchParams) as { state?: string; code?: string };
  return { state, ...(code !== undefined && { code }), back };
}

/** Both ways are set up, or `only` the one. */
export async function openWechatWorld(engine: Engine, only?: Way) {
  const wechat = await startFakeWechat();
  const ways = Object.entries(wechat.config.apps).filter(([way]) => only === undefined || way === only);
  const config = { origin: ORIGIN, wechat: { ...wechat.config, apps: Object.fromEntries(ways) } };
  const app = await startApp(engine, { config });
  const estate = await app.place();
  const member = await app.person({ role: 'member', place: estate });

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
  const enter = (jar: Jar, came: Came) =>
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
  return {
    ...{ wechat, app, estate, member, ask, begin, enter, through },
    ...{ confirm, own, remove, signIn, meOf, bound, logOf },
  };
}

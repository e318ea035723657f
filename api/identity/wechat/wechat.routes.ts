/** Sign-in with WeChat. Where no app of WeChat's is set up, none of these routes is there. */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import {
  answer,
  anybody,
  formatInstant,
  isProblem,
  json,
  newModule,
  noContent,
  originOf,
  personOf,
  problem,
  refuse,
  route,
} from '../../platform/index.ts';
import type { AppEnv } from '../../platform/index.ts';
import type { IdentityDeps } from '../deps.ts';
import { relayCookies } from '../relay-cookies.ts';
import { bindingsOf, bindWechat, unbindWechat } from './wechat-bindings.ts';
import { mintBrowserMark, STATE_MS, WAITING_MS } from './wechat-marks.ts';
import type { WechatProvider } from './wechat-provider.ts';
import { returnFromWechat } from './return-from-wechat.ts';
import * as examples from './wechat.examples.ts';
import {
  BeginWechatSchema,
  OwnWechatSchema,
  ReturnFromWechatSchema,
  WayParams,
  WechatAddressSchema,
  WechatReturnSchema,
  WechatWaysSchema,
} from './wechat.schemas.ts';

/** Where WeChat leads back to: a page of ours, which asks `sign-in/wechat` and leads on. */
const BACK = '/sign-in/wechat';

/** For /api/auth. The typed client knows these routes always. */
export const wechatRoutes = (deps: IdentityDeps) => {
  const { wechat } = deps.identity;
  return wechat === undefined ? (newModule(deps) as SignInModule) : signInRoutesOf(deps, wechat);
};

/** For /api/v1. */
export const ownWechatRoutes = (deps: IdentityDeps) => {
  const { wechat } = deps.identity;
  return wechat === undefined ? (newModule(deps) as OwnModule) : ownRoutesOf(deps, wechat);
};

type SignInModule = ReturnType<typeof signInRoutesOf>;
type OwnModule = ReturnType<typeof ownRoutesOf>;

const signInRoutesOf = (deps: IdentityDeps, provider: WechatProvider) => {
  const { auth, lockOut, wechatMarks: marks } = deps.identity;
  const cookies = cookiesOf(deps);
  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/wechat',
        summary: '能不能用微信登录 · Whether there is sign-in with WeChat',
        access: anybody,
        responses: { 200: answer(WechatWaysSchema, '开通了的办法 · The ways that are set up') },
        example: examples.wechatWays,
      }),
      (c) => c.json({ ways: [...provider.ways] }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/wechat/beginning',
        summary: '开始用微信登录 · Begin to sign in with WeChat',
        description:
          '十分钟内、从同一个浏览器回来才算数，回来一次就失效。Counts for ten minutes, from this browser, and once.',
        access: anybody,
        request: { body: json(BeginWechatSchema) },
        responses: { 200: answer(WechatAddressSchema, '微信的网址 · WeChat’s address') },
        problems: ['not-found', 'cross-site'],
        example: examples.beginWechat,
      }),
      (c) => {
        const { way, next } = c.req.valid('json');
        const browser = mintBrowserMark();
        const query = next === undefined ? '' : `?${new URLSearchParams({ next })}`;
        const back = `${originOf(c, deps.config)}${BACK}${query}`;
        const address = provider.addressOf(way, { back, state: marks.stateFor(browser, way, deps.clock()) });
        if (address === undefined) return refuse(c, problem('not-found'));
        cookies.keep(c, 'browser', browser, STATE_MS);
        return c.json({ address }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/sign-in/wechat',
        summary: '从微信回来 · Come back from WeChat',
        description:
          '不会因为微信登录新建居民：没有绑定的，先用别的办法登录一次再确认。Nobody is made by it: an unknown WeChat is confirmed by its owner, signed in otherwise.',
        access: anybody,
        request: { body: json(ReturnFromWechatSchema) },
        responses: { 200: answer(WechatReturnSchema, '是谁的微信 · Whose WeChat it is') },
        problems: [
          ...(['wechat-ended', 'wechat-denied', 'wechat-snapshot', 'wechat-down'] as const),
          ...(['wechat-of-another', 'account-ended', 'locked-out', 'cross-site'] as const),
        ],
        example: examples.returnFromWechat,
      }),
      async (c) => {
        const now = deps.clock();
        const counted = { kind: 'address', value: deps.addressOf(c) } as const;
        if (!(await lockOut.mayTry(counted, now)))
          return refuse(c, problem('locked-out', { retryAfterS: 15 * 60 }));
        const { state, code } = c.req.valid('json');
        const browser = cookies.read(c, 'browser');
        cookies.drop(c, 'browser');
        const came = { state, code, browser, actor: c.get('actor'), now };
        const outcome = await returnFromWechat({ engine: deps.engine, auth, marks, provider }, came);
        if (isProblem(outcome)) return refuse(c, outcome);
        await lockOut.forgive(counted);
        if (outcome.kind === 'unbound') {
          cookies.keep(c, 'waiting', marks.seal(outcome.waiting, now), WAITING_MS);
          return c.json({ outcome: outcome.kind }, 200);
        }
        if (outcome.kind === 'signed-in') relayCookies(c, outcome.answer);
        return c.json({ outcome: outcome.kind, person: outcome.person }, 200);
      },
    );
};

const ownRoutesOf = (deps: IdentityDeps, provider: WechatProvider) => {
  const { wechatMarks: marks } = deps.identity;
  const cookies = cookiesOf(deps);
  const waitingOf = (c: Context<AppEnv>) => marks.unseal(cookies.read(c, 'waiting'), deps.clock());
  return newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/wechat',
        summary: '我绑定的微信 · My WeChat',
        access: { signedIn: true },
        responses: { 200: answer(OwnWechatSchema, '绑定 · What is bound') },
        example: examples.ownWechat,
      }),
      async (c) => {
        const bound = await bindingsOf(deps.engine, personOf(c));
        const ways = provider.ways.map((way) => {
          const binding = bound.find(({ app }) => app === provider.appIdOf(way));
          return { way, ...(binding && { boundAt: formatInstant(binding.createdAt) }) };
        });
        const waiting = waitingOf(c);
        return c.json({ ways, ...(waiting && { waiting: waiting.way }) }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/me/wechat',
        summary: '确认绑定刚才的微信 · Confirm the WeChat that came back',
        access: { signedIn: true },
        responses: { 204: noContent },
        problems: ['wechat-ended', 'wechat-of-another', 'wechat-has-another', 'not-found', 'cross-site'],
        example: examples.bindWechat,
      }),
      async (c) => {
        const waiting = waitingOf(c);
        const app = waiting && provider.appIdOf(waiting.way);
        if (!waiting || app === undefined) return refuse(c, problem('wechat-ended'));
        const asked = { person: personOf(c), app, openidKey: waiting.openidKey, now: deps.clock() };
        const refused = await bindWechat(deps, asked);
        cookies.drop(c, 'waiting');
        return refused ? refuse(c, refused) : c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: '/me/wechat/{way}',
        summary: '解除微信绑定 · Remove a WeChat',
        access: { signedIn: true },
        request: { params: WayParams },
        responses: { 204: noContent },
        problems: ['cross-site'],
        example: examples.unbindWechat,
      }),
      async (c) => {
        const app = provider.appIdOf(c.req.valid('param').way);
        if (app !== undefined) await unbindWechat(deps, { person: personOf(c), app, now: deps.clock() });
        cookies.drop(c, 'waiting');
        return c.body(null, 204);
      },
    );
};

const NAMES = { browser: 'linli.wechat', waiting: 'linli.wechat_waiting' } as const;

/** Over https under a name that no other host of the domain can set. */
function cookiesOf({ config }: IdentityDeps) {
  const isSecure = config.origin?.startsWith('https://') ?? false;
  const kept = { httpOnly: true, sameSite: 'Lax', path: '/', secure: isSecure } as const;
  const prefix = isSecure ? ('host' as const) : undefined;
  const how = { ...kept, ...(prefix && { prefix }) };
  return {
    read: (c: Context, name: keyof typeof NAMES) =>
      (prefix ? getCookie(c, NAMES[name], prefix) : getCookie(c, NAMES[name])) ?? '',
    keep: (c: Context, name: keyof typeof NAMES, value: string, ms: number) =>
      setCookie(c, NAMES[name], value, { ...how, maxAge: ms / 1000 }),
    drop: (c: Context, name: keyof typeof NAMES) => void deleteCookie(c, NAMES[name], how),
  };
}

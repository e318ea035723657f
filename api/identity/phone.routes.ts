/** Sign-in by phone and one-time code. Mounted at /api/auth, beside user name and password. */
import type { Context } from 'hono';
import {
  answer,
  anybody,
  isProblem,
  json,
  newModule,
  noContent,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import type { AppEnv, Problem } from '../platform/index.ts';
import { askForCode } from './ask-for-code.ts';
import type { IdentityDeps } from './deps.ts';
import type { LockSubject } from './lock-out.ts';
import { AskForCodeSchema, digitsIn, phoneOf, SignInByCodeSchema } from './phone.schemas.ts';
import { relayCookies } from './relay-cookies.ts';
import { signInByCode } from './sign-in-by-code.ts';
import { SignedInSchema } from './sign-in.schemas.ts';
import * as examples from './sign-in.examples.ts';

export const phoneRoutes = (deps: IdentityDeps) => {
  const { engine, identity } = deps;
  const { auth, lockOut, secrets } = identity;
  const count = async (c: Context<AppEnv>, what: LockSubject): Promise<Problem | undefined> => {
    const now = deps.clock();
    const free =
      (await lockOut.mayTry({ kind: 'address', value: deps.addressOf(c) }, now)) &&
      (await lockOut.mayTry(what, now));
    return free ? undefined : problem('locked-out', { retryAfterS: 15 * 60 });
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/phone/code',
        summary: '发登录验证码 · Ask for a sign-in code',
        description:
          '不论手机号登记没登记，答复都一样。六位数字，5 分钟内有效，用一次就失效；再要一次，前一个就不能用了。\n\nThe same answer for any phone. Six digits, for five minutes and once; asking again ends the one before.',
        access: anybody,
        request: { body: json(AskForCodeSchema) },
        responses: { 204: noContent },
        problems: ['locked-out', 'cross-site'],
        example: examples.askForCode,
      }),
      async (c) => {
        const phone = phoneOf(c.req.valid('json').phone) ?? '';
        const locked = await count(c, { kind: 'phone', value: phone });
        if (locked) return refuse(c, locked);
        await askForCode({ ...deps, secrets }, phone);
        return c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/sign-in/phone',
        summary: '用手机号和验证码登录 · Sign in by phone and code',
        access: anybody,
        request: { body: json(SignInByCodeSchema) },
        responses: {
          200: answer(SignedInSchema, '已登录，会话在 Cookie 里 · Signed in; the session is in a cookie'),
        },
        problems: ['wrong-code', 'locked-out', 'cross-site'],
        example: examples.signInByCode,
      }),
      async (c) => {
        const typed = c.req.valid('json');
        const phone = phoneOf(typed.phone) ?? '';
        const locked = await count(c, { kind: 'digits', value: phone });
        if (locked) return refuse(c, locked);
        const input = { phone, code: digitsIn(typed.code), now: deps.clock() };
        const done = await signInByCode({ engine, auth, secrets, places: deps.places, ids: deps.ids }, input);
        if (isProblem(done)) return refuse(c, done);
        await lockOut.forgive({ kind: 'digits', value: phone });
        await lockOut.forgive({ kind: 'address', value: deps.addressOf(c) });
        relayCookies(c, done.answer);
        return c.json({ person: done.person }, 200);
      },
    );
};

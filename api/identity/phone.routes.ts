/** Sign-in by phone and one-time code. Mounted at /api/auth, beside user name and password. */
import type { Context } from 'hono';
import {
  answer,
  anybody,
  isProblem,
  json,
  newModule,
  noContent,
  personOf,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import type { AppEnv, Problem } from '../platform/index.ts';
import { askForCode } from './ask-for-code.ts';
import type { IdentityDeps } from './deps.ts';
import { knownPhone } from './known-phone.ts';
import type { LockSubject } from './lock-out.ts';
import { phoneForFirstPassword, setFirstPassword } from './first-password.ts';
import {
  AskForCodeSchema,
  ChoosePersonSchema,
  CodeAskedSchema,
  digitsIn,
  FirstPasswordSchema,
  phoneOf,
  SignedInByCodeSchema,
  SignInByCodeSchema,
} from './phone.schemas.ts';
import { relayCookies } from './relay-cookies.ts';
import { signInAsChosen, signInByCode } from './sign-in-by-code.ts';
import { SignedInSchema } from './sign-in.schemas.ts';
import * as examples from './sign-in.examples.ts';

export const phoneRoutes = (deps: IdentityDeps) => {
  const { engine, identity } = deps;
  const { auth, lockOut, secrets } = identity;
  const codeDeps = { engine, auth, secrets, places: deps.places, ids: deps.ids };
  /** Each counts only what those before it let through. */
  const countAll = async (...subjects: LockSubject[]): Promise<Problem | undefined> => {
    const now = deps.clock();
    for (const subject of subjects)
      if (!(await lockOut.mayTry(subject, now))) return problem('locked-out', { retryAfterS: 15 * 60 });
    return undefined;
  };
  const count = (c: Context<AppEnv>, what: LockSubject) =>
    countAll({ kind: 'address', value: deps.addressOf(c) }, what);
  /** Counts the try against the code that was asked for with this challenge; answers its id. */
  const countDigits = async (c: Context<AppEnv>, challenge: string): Promise<string | Problem> => {
    const locked = await countAll({ kind: 'address', value: deps.addressOf(c) });
    if (locked) return locked;
    const id = secrets.codeOfChallenge(challenge);
    if (id === undefined) return problem('wrong-code');
    const isLeft = await lockOut.mayTry({ kind: 'digits', value: id }, deps.clock());
    return isLeft ? id : problem('code-tries-used');
  };
  const known = knownPhone(deps);
  /** `person`: who is signed in. */
  const countAsking = async (c: Context<AppEnv>, { phone, person }: { phone: string; person?: string }) => {
    const isKnown = known.isOf(c, phone);
    const address = deps.addressOf(c);
    const from = isKnown ? 'known' : person === undefined ? address : `person:${person}`;
    const asker = `${from}\n${phone}`;
    const asking: LockSubject[] = isKnown ? [] : [{ kind: 'asking', value: address }];
    const locked = await countAll(...asking, { kind: 'phone', value: asker });
    if (locked) return locked;
    const budgets: LockSubject[] = isKnown
      ? [{ kind: 'known', value: phone }]
      : [
          { kind: 'asker', value: asker },
          { kind: 'messages', value: phone },
        ];
    for (const budget of budgets)
      if (!(await lockOut.mayTry(budget, deps.clock())))
        return problem('codes-used-up', { retryAfterS: 60 * 60 });
    return undefined;
  };
  const forgive = async (c: Context<AppEnv>, what: LockSubject): Promise<void> => {
    await lockOut.forgive(what);
    await lockOut.forgive({ kind: 'address', value: deps.addressOf(c) });
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/phone/code',
        summary: '发登录验证码 · Ask for a sign-in code',
        description:
          '不论手机号登记没登记，答复都一样。六位数字，5 分钟内有效，用一次就失效，最多填 5 次；只能和这次答复里的 challenge 一起用，别人再要一个也不影响。\n\nThe same answer for any phone. Six digits, for five minutes, once, and five tries; they count only with the challenge of this answer, whoever else asks for another.',
        access: anybody,
        request: { body: json(AskForCodeSchema) },
        responses: { 200: answer(CodeAskedSchema, '已经要了 · Asked for') },
        problems: ['locked-out', 'codes-used-up', 'cross-site'],
        example: examples.askForCode,
      }),
      async (c) => {
        const phone = phoneOf(c.req.valid('json').phone) ?? '';
        const locked = await countAsking(c, { phone });
        if (locked) return refuse(c, locked);
        const { challenge, number } = await askForCode({ ...deps, secrets }, phone);
        return c.json({ challenge, number }, 200);
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
          200: answer(
            SignedInByCodeSchema,
            '已登录，会话在 Cookie 里 · Signed in; the session is in a cookie',
          ),
        },
        problems: ['wrong-code', 'code-tries-used', 'account-ended', 'locked-out', 'cross-site'],
        example: examples.signInByCode,
      }),
      async (c) => {
        const typed = c.req.valid('json');
        const id = await countDigits(c, typed.challenge);
        if (isProblem(id)) return refuse(c, id);
        const input = { id, code: digitsIn(typed.code), now: deps.clock() };
        const done = await signInByCode(codeDeps, input);
        if (isProblem(done)) return refuse(c, done);
        await forgive(c, { kind: 'digits', value: id });
        if ('choose' in done)
          return c.json({ choose: { ...done.choose, people: [...done.choose.people] } }, 200);
        relayCookies(c, done.answer);
        known.keep(c, done.phoneKey);
        return c.json({ person: done.person }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/sign-in/phone/choice',
        summary: '合用手机的，选是哪一位 · Of those who share a phone, which one',
        description:
          '验证码对了才有这张凭条；选一次，登录一次，5 分钟内有效。\n\nThe ticket comes with the right code; one choice is one sign-in, within five minutes.',
        access: anybody,
        request: { body: json(ChoosePersonSchema) },
        responses: {
          200: answer(SignedInSchema, '已登录，会话在 Cookie 里 · Signed in; the session is in a cookie'),
        },
        problems: ['wrong-code', 'account-ended', 'locked-out', 'cross-site'],
        example: examples.choosePerson,
      }),
      async (c) => {
        const chosen = c.req.valid('json');
        const what = { kind: 'digits', value: chosen.ticket } as const;
        const locked = await count(c, what);
        if (locked) return refuse(c, locked);
        const done = await signInAsChosen(codeDeps, { ...chosen, now: deps.clock() });
        if (isProblem(done)) return refuse(c, done);
        await forgive(c, what);
        relayCookies(c, done.answer);
        known.keep(c, done.phoneKey);
        return c.json({ person: done.person }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/first-password/code',
        summary: '给自己登记的手机发验证码 · A code to one’s own phone',
        access: { signedIn: true },
        responses: { 200: answer(CodeAskedSchema, '已经要了 · Asked for') },
        problems: ['already-exists', 'phone-missing', 'locked-out', 'codes-used-up', 'cross-site'],
        example: examples.askForOwnCode,
      }),
      async (c) => {
        const phone = await phoneForFirstPassword(deps, personOf(c));
        if (isProblem(phone)) return refuse(c, phone);
        const locked = await countAsking(c, { phone, person: personOf(c) });
        if (locked) return refuse(c, locked);
        const { challenge, number } = await askForCode({ ...deps, secrets }, phone);
        return c.json({ challenge, number }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/first-password',
        summary: '第一次设用户名和密码 · Choose a first user name and password',
        description:
          '只用手机验证码或微信登录过的人，用一个新的验证码证明是本人。\n\nFor whoever has signed in by code or WeChat alone; a fresh code proves that it is they.',
        access: { signedIn: true },
        request: { body: json(FirstPasswordSchema) },
        responses: { 204: noContent },
        problems: [
          ...(['already-exists', 'phone-missing', 'wrong-code', 'code-tries-used'] as const),
          ...(['locked-out', 'cross-site'] as const),
        ],
        example: examples.firstPassword,
      }),
      async (c) => {
        const person = personOf(c);
        const { challenge, code, ...chosen } = c.req.valid('json');
        const codeId = await countDigits(c, challenge);
        if (isProblem(codeId)) return refuse(c, codeId);
        const done = await setFirstPassword(deps, { person, codeId, code: digitsIn(code), ...chosen });
        if (isProblem(done)) return refuse(c, done);
        await forgive(c, { kind: 'digits', value: codeId });
        relayCookies(c, done);
        return c.body(null, 204);
      },
    );
};

import type { Context } from 'hono';
import {
  actorOf,
  actorText,
  answer,
  anybody,
  EVERYWHERE,
  formatInstant,
  isProblem,
  json,
  maskPhone,
  newModule,
  noContent,
  personOf,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import type { AppEnv, Problem } from '../platform/index.ts';
import { changePassword } from './change-password.ts';
import { createSignIn } from './create-sign-in.ts';
import type { IdentityDeps } from './deps.ts';
import { PersonParams } from './identity.schemas.ts';
import { canSignIn } from './invite.ts';
import { findPerson } from './people.ts';
import { passwordGiven } from './password-given.ts';
import { phoneRoutes } from './phone.routes.ts';
import { relayCookies } from './relay-cookies.ts';
import { mayHelp, tiesOf } from './roles.ts';
import { GRANTORS } from './role-rules.ts';
import {
  ChangePasswordSchema,
  OwnSignInSchema,
  SetSignInSchema,
  SignedInSchema,
  SignInSchema,
} from './sign-in.schemas.ts';
import * as examples from './sign-in.examples.ts';
import { wechatRoutes } from './wechat/wechat.routes.ts';

/** Sign-in, sign-out and passwords. Mounted at /api/auth, where better-auth's clients look for them. */
export const signInRoutes = (deps: IdentityDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/sign-in/username',
        summary: '登录 · Sign in',
        access: anybody,
        request: { body: json(SignInSchema) },
        responses: {
          200: answer(SignedInSchema, '已登录，会话在 Cookie 里 · Signed in; the session is in a cookie'),
        },
        problems: ['wrong-credentials', 'account-ended', 'locked-out', 'cross-site'],
        example: examples.signIn,
      }),
      async (c) => {
        const { username, password, rememberMe } = c.req.valid('json');
        const locked = await countTry(deps, c, username);
        if (locked !== undefined) return refuse(c, locked);
        const signedIn = await deps.identity.auth.api.signInUsername({
          body: { username, password, ...(rememberMe !== undefined && { rememberMe }) },
          headers: c.req.raw.headers,
          asResponse: true,
        });
        // An unknown name, a name that no user could have and a wrong password are one answer.
        const isRight = signedIn.ok || (await isSessionRefused(signedIn));
        if (!isRight) return refuse(c, problem('wrong-credentials'));
        await forgive(deps, c, username);
        if (!signedIn.ok) return refuse(c, problem('account-ended'));
        relayCookies(c, signedIn);
        const { user } = (await signedIn.json()) as { user: { id: string } };
        return c.json({ person: user.id }, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/sign-out',
        summary: '退出登录 · Sign out',
        access: anybody,
        responses: { 204: noContent },
        problems: ['cross-site'],
        example: examples.signOut,
      }),
      async (c) => {
        relayCookies(
          c,
          await deps.identity.auth.api.signOut({ headers: c.req.raw.headers, asResponse: true }),
        );
        return c.body(null, 204);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/change-password',
        summary: '修改密码 · Change the password',
        access: { signedIn: true },
        request: { body: json(ChangePasswordSchema) },
        responses: { 204: noContent },
        problems: ['wrong-credentials', 'locked-out', 'cross-site'],
        example: examples.changePassword,
      }),
      async (c) => {
        // A borrowed phone must not be a place to guess at the password either.
        const locked = await countTry(deps, c, personOf(c));
        if (locked !== undefined) return refuse(c, locked);
        const { headers } = c.req.raw;
        const changed = await changePassword(deps, { person: personOf(c), headers, ...c.req.valid('json') });
        if (isProblem(changed)) return refuse(c, changed);
        await forgive(deps, c, personOf(c));
        relayCookies(c, changed);
        return c.body(null, 204);
      },
    )
    .route('/', phoneRoutes(deps))
    .route('/', wechatRoutes(deps));

/** Mounted with the rest of /api/v1: colleagues who help somebody in, and the person who hears of it. */
export const helpRoutes = (deps: IdentityDeps) =>
  newModule(deps)
    .openapi(
      route({
        method: 'get',
        path: '/me/sign-in',
        summary: '我的密码是不是别人设的 · Whether somebody else chose my password',
        access: { signedIn: true },
        responses: { 200: answer(OwnSignInSchema, '我的登录 · My sign-in') },
        example: examples.ownSignIn,
      }),
      async (c) => {
        const { engine } = deps;
        const [given, hasPassword, person] = await Promise.all([
          passwordGiven(engine, personOf(c)),
          canSignIn(engine, personOf(c)),
          findPerson(engine, personOf(c)),
        ]);
        const phone = typeof person?.phone === 'string' && { phone: maskPhone(person.phone) };
        if (given === undefined) return c.json({ hasPassword, ...phone }, 200);
        const { by, at, again } = given;
        const passwordGivenBy = { ...(by !== undefined && { by }), at: formatInstant(at), again };
        return c.json({ hasPassword, ...phone, passwordGiven: passwordGivenBy }, 200);
      },
    )
    .openapi(
      route({
        method: 'put',
        path: '/people/{person}/sign-in',
        summary: '为居民或同事开通登录、重设密码 · Give somebody a user name and a password',
        access: { who: GRANTORS },
        request: { params: PersonParams, body: json(SetSignInSchema) },
        responses: { 204: noContent },
        problems: ['not-found', 'already-exists'],
        example: examples.helpIn,
      }),
      async (c) => {
        const { person } = c.req.valid('param');
        const by = actorOf(c);
        const now = deps.clock();
        const held = await tiesOf(deps, person, now);
        if (by.kind !== 'person' || !(await mayHelp(deps, by, held))) return refuse(c, problem('not-found'));
        const { engine, ids } = deps;
        const refused = await createSignIn(
          { engine, ids, auth: deps.identity.auth },
          { person, ...c.req.valid('json'), now, by: actorText(by), place: held[0]?.place ?? EVERYWHERE },
        );
        return isProblem(refused) ? refuse(c, refused) : c.body(null, 204);
      },
    );

/** The password was right, and yet nobody may come in by it: its owner is registered as dead (auth.ts). */
async function isSessionRefused(answered: Response): Promise<boolean> {
  const { code } = (await answered.json()) as { code?: string };
  return code === 'FAILED_TO_CREATE_SESSION';
}

async function countTry(deps: IdentityDeps, c: Context<AppEnv>, name: string): Promise<Problem | undefined> {
  const now = deps.clock();
  const { lockOut } = deps.identity;
  const free =
    (await lockOut.mayTry({ kind: 'address', value: deps.addressOf(c) }, now)) &&
    (await lockOut.mayTry({ kind: 'user', value: name }, now));
  return free ? undefined : problem('locked-out', { retryAfterS: 15 * 60 });
}

async function forgive(deps: IdentityDeps, c: Context<AppEnv>, name: string): Promise<void> {
  await deps.identity.lockOut.forgive({ kind: 'user', value: name });
  await deps.identity.lockOut.forgive({ kind: 'address', value: deps.addressOf(c) });
}

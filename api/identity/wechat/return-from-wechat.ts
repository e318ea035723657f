/**
 * Somebody comes back from WeChat. A person is never made by it: an openid that nobody has confirmed waits until its
 * owner has signed in once in another way.
 */
import type { Engine } from '../../db/index.ts';
import { problem, type Actor, type Instant, type Problem } from '../../platform/index.ts';
import type { Auth } from '../auth.ts';
import { hasDied } from '../has-died.ts';
import { findPerson } from '../people.ts';
import { findBinding } from './wechat-bindings.ts';
import { hashOfState, type Waiting, type WechatMarks } from './wechat-marks.ts';
import type { WechatProvider } from './wechat-provider.ts';

interface Returned {
  readonly state: string;
  /** Missing where they did not agree. */
  readonly code: string | undefined;
  /** The mark of this browser's cookie. */
  readonly browser: string;
  /** Who is signed in here already. */
  readonly actor: Actor | undefined;
  readonly now: Instant;
}

type Outcome =
  | { readonly kind: 'signed-in'; readonly person: string; readonly answer: Response }
  | { readonly kind: 'bound'; readonly person: string }
  | { readonly kind: 'unbound'; readonly waiting: Waiting };

export async function returnFromWechat(
  deps: { engine: Engine; auth: Auth; marks: WechatMarks; provider: WechatProvider },
  { state, code, browser, actor, now }: Returned,
): Promise<Outcome | Problem> {
  const { engine, auth, marks, provider } = deps;
  const read = marks.readState(state, browser, now);
  const app = read && provider.appIdOf(read.way);
  if (!read || app === undefined || !(await useUp(engine, state, read.endsAt)))
    return problem('wechat-ended');
  if (code === undefined) return problem('wechat-denied');
  const asked = await provider.openidOf(read.way, code);
  if (asked === 'refused') return problem('wechat-ended');
  if (asked === 'snapshot') return problem('wechat-snapshot');
  if (asked === 'down') return problem('wechat-down', { retryAfterS: 30 });

  const openidKey = marks.openidKey(app, asked.openid);
  const bound = await findBinding(engine, { app, openidKey });
  if (!bound) return { kind: 'unbound', waiting: { way: read.way, openidKey } };
  const { person } = bound;
  if (actor?.kind === 'person')
    return actor.person === person ? { kind: 'bound', person } : problem('wechat-of-another');
  if ((await findPerson(engine, person))?.erasedAt !== null) return problem('wechat-ended');
  if (await hasDied(engine, person)) return problem('account-ended');
  const answer = await auth.api.signInPerson({ body: { person }, asResponse: true });
  return answer.ok ? { kind: 'signed-in', person, answer } : problem('wechat-ended');
}

/** Whoever comes back twice with one state comes back once; before the code is asked about. */
async function useUp(
  { db, tables: { wechatReturns: t } }: Engine,
  state: string,
  endsAt: Instant,
): Promise<boolean> {
  const row = { stateHash: hashOfState(state), endsAt };
  const used = await db.insert(t).values(row).onConflictDoNothing().returning({ stateHash: t.stateHash });
  return used.length === 1;
}

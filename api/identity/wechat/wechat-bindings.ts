/** Whose WeChat is whose: one openid of an app is one person, and a person has one of each app. */
import { and, eq } from 'drizzle-orm';
import type { Database, Engine } from '../../db/index.ts';
import {
  EVERYWHERE,
  problem,
  type Ids,
  type Instant,
  type PlaceTree,
  type Problem,
} from '../../platform/index.ts';
import { accessLogRow, type AccessLogEntry } from '../access-log.ts';
import { findPerson } from '../people.ts';
import { tiesOf } from '../roles.ts';

interface Binding {
  readonly app: string;
  readonly openidKey: string;
  readonly person: string;
  readonly createdAt: Instant;
}

export async function findBinding(
  { db, tables: { wechatBindings: t } }: Engine,
  { app, openidKey }: Pick<Binding, 'app' | 'openidKey'>,
): Promise<Binding | undefined> {
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.app, app), eq(t.openidKey, openidKey)));
  return row;
}

/** A handful: one for each app that the deployment ever had. */
export async function bindingsOf(
  { db, tables: { wechatBindings: t } }: Engine,
  person: string,
): Promise<Binding[]> {
  return db.select().from(t).where(eq(t.person, person));
}

interface BindingDeps {
  readonly engine: Engine;
  readonly places: PlaceTree;
  readonly ids: Ids;
}

/** From now on this openid signs this person in; twice is once. It stands in the access log, or it is not done. */
export async function bindWechat(
  deps: BindingDeps,
  { person, app, openidKey, now }: Omit<Binding, 'createdAt'> & { readonly now: Instant },
): Promise<Problem | undefined> {
  const { engine, ids } = deps;
  const found = await findPerson(engine, person);
  if (!found || found.erasedAt !== null) return problem('not-found');
  const standing = async () => {
    const bound = await findBinding(engine, { app, openidKey });
    if (bound) return bound.person === person ? 'done' : problem('wechat-of-another');
    const others = await bindingsOf(engine, person);
    return others.some((other) => other.app === app) ? problem('wechat-has-another') : 'free';
  };
  const before = await standing();
  if (before !== 'free') return before === 'done' ? undefined : before;
  const { wechatBindings: t, accessLog } = engine.tables;
  const log = await logOf(deps, { person, action: 'bind-wechat', now });
  const row = { id: ids(), version: 1, app, openidKey, person, createdAt: now };
  try {
    await engine.atomically((db) => [db.insert(t).values(row), db.insert(accessLog).values(log)]);
  } catch (error) {
    // Two confirmed in the same moment: the unique indexes let the first one in.
    const after = await standing();
    if (after === 'free') throw error;
    return after === 'done' ? undefined : after;
  }
  return undefined;
}

/** This person's WeChat of the app no longer signs anybody in; none is none. */
export async function unbindWechat(
  deps: BindingDeps,
  { person, app, now }: { person: string; app: string; now: Instant },
): Promise<void> {
  const { engine } = deps;
  const bound = (await bindingsOf(engine, person)).some((binding) => binding.app === app);
  if (!bound) return;
  const { wechatBindings: t, accessLog } = engine.tables;
  const log = await logOf(deps, { person, action: 'unbind-wechat', now });
  await engine.atomically((db) => [
    db.delete(t).where(and(eq(t.person, person), eq(t.app, app))),
    db.insert(accessLog).values(log),
  ]);
}

/** A password given by somebody else ends every other way in. */
export function endBindings(engine: Engine, db: Database, person: string): PromiseLike<unknown> {
  const { wechatBindings: t } = engine.tables;
  return db.delete(t).where(eq(t.person, person));
}

/** Kept where auditors of the person's place read it. */
async function logOf(
  deps: BindingDeps,
  { person, action, now }: { person: string; action: AccessLogEntry['action']; now: Instant },
): Promise<AccessLogEntry> {
  const [tie] = await tiesOf(deps, person, now);
  const who = `person:${person}`;
  const at = { id: deps.ids(), at: now, place: tie?.place ?? EVERYWHERE };
  return accessLogRow({ ...at, actor: who, subject: who, action, reason: '' });
}

/**
 * Somebody asks for a code to sign in with. The answer is made before anybody is looked for, so that it takes as long
 * and says as much for a phone that nobody has as for a neighbour's.
 */
import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Deps, Instant } from '../platform/index.ts';
import type { CodeSecrets } from './sign-in-codes.ts';
import { CODE_MS } from './sign-in-codes.ts';
import { tiesOf } from './roles.ts';

export type CodeDeps = Pick<Deps, 'engine' | 'ids' | 'clock' | 'log' | 'places' | 'messages'> & {
  readonly secrets: CodeSecrets;
};

/** Answers at once; `sent` ends when the code went out or waits to be read, and is for the log and for tests. */
export async function askForCode(deps: CodeDeps, phone: string): Promise<{ sent: Promise<void> }> {
  const { engine, ids, clock, secrets, log } = deps;
  const [id, now] = [ids(), clock()];
  const row = { id, phoneKey: secrets.phoneKey(phone), createdAt: now, endsAt: now + CODE_MS, place: '' };
  await engine.db.insert(engine.tables.signInCodes).values(row);
  const sent = bringCode(deps, { id, phone, now }).catch((error: unknown) =>
    log.warn({ error }, 'a sign-in code was not brought'),
  );
  return { sent };
}

async function bringCode(
  deps: CodeDeps,
  { id, phone, now }: { id: string; phone: string; now: Instant },
): Promise<void> {
  const { engine, secrets, messages, log } = deps;
  const person = await onlyPersonWith(engine, phone);
  if (person === undefined) return;
  const { signInCodes: t } = engine.tables;
  const bySms = messages?.channels.includes('sms') === true;
  const place = bySms ? '' : await placeToRead(deps, person, now);
  await engine.db.update(t).set({ person, place }).where(eq(t.id, id));
  if (!bySms) return;
  const text = `登录验证码 ${secrets.digitsOf(id)}，5 分钟内有效。不要告诉别人，工作人员不会向您要。`;
  const carried = await messages.send({ id, channel: 'sms', person, phone, text });
  if (carried !== 'sent') log.warn({ carried }, 'a sign-in code was not sent');
}

/** A phone that a household shares tells nobody which of them asks; a row that was merged is nobody. */
async function onlyPersonWith(
  { reader, tables: { people: t } }: Engine,
  phone: string,
): Promise<string | undefined> {
  const found = await reader
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.phone, phone), isNull(t.erasedAt), isNull(t.mergedInto)))
    .limit(2);
  return found.length === 1 ? found[0]?.id : undefined;
}

/**
 * Where staff may read a code out: the home of a resident who holds no post. Who can give points or move money signs in
 * with a password of their own, so that nobody at a desk comes in as them.
 */
async function placeToRead(deps: CodeDeps, person: string, now: Instant): Promise<string> {
  const ties = await tiesOf(deps, person, now);
  if (ties.some(({ role }) => role !== 'member')) return '';
  return ties.at(-1)?.place ?? '';
}

/**
 * Somebody asks for a code to sign in with. The answer is made before anybody is looked for, so that it takes as long
 * and says as much for a phone that nobody has as for a neighbour's.
 */
import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Deps, Instant } from '../platform/index.ts';
import { hasDied } from './has-died.ts';
import type { CodeSecrets } from './sign-in-codes.ts';
import { CODE_MS } from './sign-in-codes.ts';
import { tiesOf } from './roles.ts';

export type CodeDeps = Pick<Deps, 'engine' | 'ids' | 'clock' | 'log' | 'places' | 'messages'> & {
  readonly secrets: CodeSecrets;
};

/**
 * Answers at once with what the asking browser shows beside the digits; `sent` ends when the code went out or waits to be
 * read, and is for the log and for tests.
 */
export async function askForCode(
  deps: CodeDeps,
  phone: string,
): Promise<{ challenge: string; number: string; sent: Promise<void> }> {
  const { engine, ids, clock, secrets, log } = deps;
  const [id, now] = [ids(), clock()];
  const row = { id, phoneKey: secrets.phoneKey(phone), createdAt: now, endsAt: now + CODE_MS, place: '' };
  await engine.db.insert(engine.tables.signInCodes).values(row);
  const sent = bringCode(deps, { id, phone, now }).catch((error: unknown) =>
    log.warn({ error }, 'a sign-in code was not brought'),
  );
  return { challenge: secrets.challengeOf(id), number: secrets.numberOf(id), sent };
}

async function bringCode(
  deps: CodeDeps,
  { id, phone, now }: { id: string; phone: string; now: Instant },
): Promise<void> {
  const { engine, secrets, messages, log } = deps;
  const { people, haveDied } = await peopleWith(engine, phone);
  const [first, ...others] = people;
  if (first === undefined) return;
  const { signInCodes: t } = engine.tables;
  const bySms = messages?.channels.includes('sms') === true;
  const set = (change: Partial<typeof t.$inferInsert>) => engine.db.update(t).set(change).where(eq(t.id, id));
  const whose = others.length === 0 ? { person: first } : { people };
  if (!bySms) {
    // Whoever asks at the desk is told there.
    if (haveDied) return;
    const place = await placeToRead(deps, people, now);
    // A code that nobody can be brought would be a way in for whoever guesses alone.
    if (place !== '') await set({ ...whose, place });
    return;
  }
  await set(whose);
  const text = `登录验证码 ${secrets.digitsOf(id)}，5 分钟内有效。不要告诉别人，工作人员不会向您要。`;
  const carried = await messages.send({ id, channel: 'sms', person: first, phone, text });
  if (carried === 'sent') return;
  log.warn({ carried }, 'a sign-in code was not sent');
  if (carried === 'refused' && !haveDied) await set({ place: await placeToRead(deps, people, now) });
}

/** A phone of more people than a family has is one that somebody put in for whoever had none. */
const MOST_SHARERS = 8;

/**
 * The one who has it, or those who share it; nobody where it is nobody's, or half an estate's. A row that was merged is
 * nobody. The dead are not among those who share it; where all whose it was have died, it is one of them still, so that
 * somebody who was registered as dead by mistake hears of it once they have shown their code (sign-in-by-code.ts).
 */
async function peopleWith(engine: Engine, phone: string): Promise<{ people: string[]; haveDied: boolean }> {
  const { people: t } = engine.tables;
  const found = await engine.reader
    .select({ id: t.id })
    .from(t)
    .where(and(eq(t.phone, phone), isNull(t.erasedAt), isNull(t.mergedInto)))
    .limit(MOST_SHARERS + 1);
  if (found.length > MOST_SHARERS) return { people: [], haveDied: false };
  const all = found.map(({ id }) => id).toSorted();
  const dead = await Promise.all(all.map((id) => hasDied(engine, id)));
  const living = all.filter((_, at) => dead[at] === false);
  return living.length > 0
    ? { people: living, haveDied: false }
    : { people: all.slice(0, 1), haveDied: all.length > 0 };
}

/**
 * Where staff may read a code out: the home of a resident who holds no post, which those who share a phone have in
 * common. Who can give points or move money signs in with a password of their own, so that nobody at a desk comes in as
 * them.
 */
async function placeToRead(deps: CodeDeps, people: readonly string[], now: Instant): Promise<string> {
  const ties = await Promise.all(people.map((person) => tiesOf(deps, person, now)));
  if (ties.flat().some(({ role }) => role !== 'member')) return '';
  const [first = [], ...others] = ties.map((held) => held.map(({ place }) => place));
  return first.findLast((place) => others.every((places) => places.includes(place))) ?? '';
}

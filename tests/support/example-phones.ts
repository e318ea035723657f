/** What the examples of signing in by a phone name. */
import { eq, inArray } from 'drizzle-orm';
import { askForCode } from '../../api/identity/ask-for-code.ts';
import type { NamedInExamples } from '../../api/platform/index.ts';
import type { ExampleEstate } from './example-things.ts';

/** Nobody else of the world has it. */
const PHONE = '13627182818';
const SHARED_PHONE = '13627182819';

export function phonesOf({ app, made, phoneOnly }: ExampleEstate) {
  const { deps } = app.server;
  const { db, tables } = app.engine;
  const { people } = tables;

  const challenges = new Map<string, string>();
  const codeFor = async (phone: string) => {
    const { secrets } = deps.identity;
    const { challenge, sent } = await askForCode({ ...deps, secrets }, phone);
    await sent;
    challenges.set(phone, challenge);
    return secrets.digitsOf(secrets.codeOfChallenge(challenge)!);
  };
  /** Of the code that the same request names. */
  const challengeFor = async (phone: string) => {
    if (!challenges.has(phone)) await codeFor(phone);
    return challenges.get(phone)!;
  };
  let sharing: Promise<{ sharer: string; ticket: string }> | undefined;
  /** A couple with one phone, whose code was shown. */
  const shared = () =>
    (sharing ??= (async () => {
      const lives = { role: 'member', place: made.estate } as const;
      const couple = [await app.resident(lives), await app.resident(lives)];
      await db.update(people).set({ phone: SHARED_PHONE }).where(inArray(people.id, couple));
      const code = await codeFor(SHARED_PHONE);
      const json = { challenge: await challengeFor(SHARED_PHONE), code };
      const answer = await app.request('/api/auth/sign-in/phone', { json });
      const { choose } = (await answer.json()) as { choose: { ticket: string } };
      return { sharer: couple[0]!, ticket: choose.ticket };
    })());

  let owned: Promise<string> | undefined;
  const phone = () =>
    (owned ??= (async () => {
      const person = await app.resident({ role: 'member', place: made.estate });
      await db.update(people).set({ phone: PHONE }).where(eq(people.id, person));
      return PHONE;
    })());

  return {
    phone,
    phoneCode: async () => codeFor(await phone()),
    phoneChallenge: async () => challengeFor(await phone()),
    sharer: async () => (await shared()).sharer,
    phoneTicket: async () => (await shared()).ticket,
    ownCode: () => codeFor(phoneOnly.phone),
    ownChallenge: () => challengeFor(phoneOnly.phone),
  } satisfies Partial<Record<NamedInExamples, () => Promise<string>>>;
}

/** What the examples of signing in by a phone name. */
import { eq, inArray } from 'drizzle-orm';
import { askForCode } from '../../api/identity/ask-for-code.ts';
import { findLatestCode } from '../../api/identity/sign-in-codes.ts';
import type { NamedInExamples } from '../../api/platform/index.ts';
import type { ExampleEstate } from './example-things.ts';

/** Nobody else of the world has it. */
const PHONE = '13627182818';
const SHARED_PHONE = '13627182819';

export function phonesOf({ app, made, phoneOnly }: ExampleEstate) {
  const { deps } = app.server;
  const { db, tables } = app.engine;
  const { people } = tables;

  const codeFor = async (phone: string) => {
    const { secrets } = deps.identity;
    const { sent } = await askForCode({ ...deps, secrets }, phone);
    await sent;
    return secrets.digitsOf((await findLatestCode(app.engine, secrets.phoneKey(phone)))!.id);
  };
  let sharing: Promise<{ sharer: string; ticket: string }> | undefined;
  /** A couple with one phone, whose code was shown. */
  const shared = () =>
    (sharing ??= (async () => {
      const lives = { role: 'member', place: made.estate } as const;
      const couple = [await app.resident(lives), await app.resident(lives)];
      await db.update(people).set({ phone: SHARED_PHONE }).where(inArray(people.id, couple));
      const json = { phone: SHARED_PHONE, code: await codeFor(SHARED_PHONE) };
      const answer = await app.request('/api/auth/sign-in/phone', { json });
      const { choose } = (await answer.json()) as { choose: { ticket: string } };
      return { sharer: couple[0]!, ticket: choose.ticket };
    })());

  return {
    async phone() {
      const person = await app.resident({ role: 'member', place: made.estate });
      // Asked for by two examples, and whoever shares a phone is asked who they are.
      await db.update(people).set({ phone: null }).where(eq(people.phone, PHONE));
      await db.update(people).set({ phone: PHONE }).where(eq(people.id, person));
      return PHONE;
    },
    phoneCode: () => codeFor(PHONE),
    sharer: async () => (await shared()).sharer,
    phoneTicket: async () => (await shared()).ticket,
    ownCode: () => codeFor(phoneOnly.phone),
  } satisfies Partial<Record<NamedInExamples, () => Promise<string>>>;
}

/**
 * One-time codes for signing in by phone. Six digits could be guessed from any hash of them, so nothing of a code is
 * stored: it follows from its row's id and the deployment's secret, and whoever has the database alone has no code.
 * A row is made for every phone that asks, known or not, under a keyed hash: answers and rows tell nobody who lives here.
 *
 * A code belongs to who asked for it: the answer carries its challenge, without which the digits are worth nothing. So a
 * stranger who asks for codes to somebody's phone ends none of theirs, and wrong digits count against the stranger's own.
 * What is left to guess: five tries a code, each of which counts for five minutes; six codes a phone in an hour whoever
 * asks, and three more that only a browser asks for which has signed in by it (lock-out.ts). A stranger has thirty guesses
 * of a million in an hour for one phone, one chance in 33,000; with such a browser 45, one in 22,000. An hour begins with
 * its first code and does not slide, so around its end it may be twice as many within sixty minutes. From one address at most
 * thirty wrong ones in a quarter of an hour for all phones.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';

export const CODE_MS = 5 * 60_000;

/** What only whoever has the secret can work out. */
export interface CodeSecrets {
  digitsOf(code: string): string;
  phoneKey(phone: string): string;
  /** Given to who asked for a code, who types it with the digits. */
  challengeOf(code: string): string;
  /** The id of the code that a challenge is for; undefined for one that was made up. */
  codeOfChallenge(challenge: string): string | undefined;
  /** Two digits by which staff tell the codes apart that were asked for to one phone at once. */
  numberOf(code: string): string;
  /** Kept by a browser that has signed in by this phone. */
  knownMark(phoneKey: string): string;
  /** For whoever has shown a code of a shared phone and has yet to say who they are. */
  ticketOf(code: string): string;
  /** Of the digits by which a relative is named (代办). */
  helperKey(digits: string): string;
  /** 24 bytes from which the pick-up code of an order follows; they are kept nowhere. */
  pickUpBytes(order: string): Uint8Array;
}

export function createCodeSecrets(secret: string): CodeSecrets {
  const keyed = (what: string, value: string) =>
    createHmac('sha256', secret).update(`sign-in-code\n${what}\n${value}`).digest();
  const challengeOf = (code: string) => `${code}.${keyed('challenge', code).toString('base64url')}`;
  return {
    challengeOf,
    codeOfChallenge(challenge) {
      const [code = ''] = challenge.split('.', 1);
      return isSameCode(challenge, challengeOf(code)) ? code : undefined;
    },
    numberOf: (code) => String(10 + (keyed('number', code).readUInt32BE(0) % 90)),
    knownMark: (phoneKey) => keyed('known', phoneKey).toString('base64url'),
    digitsOf: (code) => String(keyed('digits', code).readUIntBE(0, 6) % 1_000_000).padStart(6, '0'),
    phoneKey: (phone) => keyed('phone', phone).toString('base64url'),
    ticketOf: (code) => keyed('ticket', code).toString('base64url'),
    pickUpBytes: (order) => keyed('pick-up', order).subarray(0, 24),
    helperKey: (digits) => keyed('helper', digits).toString('base64url'),
  };
}

export type SignInCode = NonNullable<Awaited<ReturnType<typeof findCode>>>;

export async function findCode({ db, tables: { signInCodes: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

export function isSameCode(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}

/** Codes of an estate's residents that nobody could be sent and that still count, the oldest first, after `after`. */
export async function listCodesToRead(
  { reader, tables: { signInCodes: t } }: Engine,
  { place, now, after, limit }: { place: string; now: Instant; after?: string; limit: number },
): Promise<SignInCode[]> {
  const later = after === undefined ? undefined : gt(t.id, after);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), isNull(t.usedAt), gt(t.endsAt, now), later))
    .orderBy(asc(t.id))
    .limit(limit);
}

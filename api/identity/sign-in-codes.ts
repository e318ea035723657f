/**
 * One-time codes for signing in by phone. Six digits could be guessed from any hash of them, so nothing of a code is
 * stored: it follows from its row's id and the deployment's secret, and whoever has the database alone has no code.
 * A row is made for every phone that asks, known or not, under a keyed hash: answers and rows tell nobody who lives here.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { and, asc, desc, eq, gt, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';

export const CODE_MS = 5 * 60_000;

/** What only whoever has the secret can work out. */
export interface CodeSecrets {
  digitsOf(code: string): string;
  phoneKey(phone: string): string;
  /** For whoever has shown a code of a shared phone and has yet to say who they are. */
  ticketOf(code: string): string;
  /** Of the digits by which a relative is named (代办). */
  helperKey(digits: string): string;
}

export function createCodeSecrets(secret: string): CodeSecrets {
  const keyed = (what: string, value: string) =>
    createHmac('sha256', secret).update(`sign-in-code\n${what}\n${value}`).digest();
  return {
    digitsOf: (code) => String(keyed('digits', code).readUIntBE(0, 6) % 1_000_000).padStart(6, '0'),
    phoneKey: (phone) => keyed('phone', phone).toString('base64url'),
    ticketOf: (code) => keyed('ticket', code).toString('base64url'),
    helperKey: (digits) => keyed('helper', digits).toString('base64url'),
  };
}

export type SignInCode = NonNullable<Awaited<ReturnType<typeof findCode>>>;

export async function findCode({ db, tables: { signInCodes: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** The latest one of a phone that still counts; asking again ends those before. */
export async function findLatestCode(
  { db, tables: { signInCodes: t } }: Engine,
  phoneKey: string,
): Promise<SignInCode | undefined> {
  const [row] = await db.select().from(t).where(eq(t.phoneKey, phoneKey)).orderBy(desc(t.id)).limit(1);
  return row;
}

export function isSameCode(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
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

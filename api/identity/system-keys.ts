import { hash, randomBytes } from 'node:crypto';
import { and, eq, isNull, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Clock, Instant, KeyActor, Log, Scope } from '../platform/index.ts';

/** `linli_` and 256 random bits. The prefix lets secret scanners know a leaked one; the start tells keys apart. */
const TOKEN = /^linli_[A-Za-z0-9_-]{43}$/;
const PREFIX_LENGTH = 'linli_'.length + 6;

/** A revoked key works in other processes no longer than this; in the one that revoked it, not at all. */
const TRUST_MS = 1_000;
const USED_MS = 60_000;
const MOST_CACHED = 10_000;

export function mintToken(): { readonly token: string; readonly prefix: string; readonly hash: string } {
  const token = `linli_${randomBytes(32).toString('base64url')}`;
  return { token, prefix: token.slice(0, PREFIX_LENGTH), hash: hashToken(token) };
}

export function hashToken(token: string): string {
  return hash('sha256', token, 'hex');
}

/** The token of `Authorization: Bearer linli_…`; undefined for anything else, so that a guess costs no look-up. */
export function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined || !authorization.startsWith('Bearer ')) return undefined;
  const token = authorization.slice('Bearer '.length);
  return TOKEN.test(token) ? token : undefined;
}

export interface SystemKeys {
  /** At once when the key was looked up within the last second. */
  find(token: string): KeyActor | undefined | Promise<KeyActor | undefined>;
  /** After a revocation in this process. */
  forget(hash: string): void;
}

interface Known {
  readonly actor: KeyActor | undefined;
  readonly until: Instant;
}

/** Looks keys up by hash, at most once a second each, however many requests come. */
export function createSystemKeys(engine: Engine, clock: Clock, log: Log): SystemKeys {
  const known = new Map<string, Known>();
  const asking = new Map<string, Promise<KeyActor | undefined>>();
  /** Counts revocations: an answer that was asked for before one is not kept after it. */
  let revocations = 0;
  const { systemKeys } = engine.tables;

  async function ask(hashed: string): Promise<KeyActor | undefined> {
    const [now, asOf] = [clock(), revocations];
    const [row] = await engine.reader
      .select()
      .from(systemKeys)
      .where(and(eq(systemKeys.hash, hashed), isNull(systemKeys.revokedAt)));
    const actor: KeyActor | undefined = row && {
      kind: 'key',
      keyId: row.id,
      scopes: row.scopes as Scope[],
      book: row.book,
      place: row.place,
    };
    // A full cache is strangers' wrong keys; the true ones come back with their next request.
    if (known.size >= MOST_CACHED) known.clear();
    // Counted from before the question: an answer that took long is that much older.
    if (asOf === revocations) known.set(hashed, { actor, until: now + TRUST_MS });
    if (row && (row.lastUsedAt ?? 0) < now - USED_MS) noteUse(row.id, now);
    return actor;
  }

  /** Only for the list of keys ("last used"), so it neither delays nor fails the request. */
  function noteUse(id: string, now: Instant): void {
    engine.db
      .update(systemKeys)
      .set({ lastUsedAt: now })
      .where(
        and(
          eq(systemKeys.id, id),
          or(isNull(systemKeys.lastUsedAt), lt(systemKeys.lastUsedAt, now - USED_MS)),
        ),
      )
      .then(undefined, () => log.warn({ keyId: id }, 'the last use of a key could not be noted'));
  }

  return {
    find(token) {
      const hashed = hashToken(token);
      const found = known.get(hashed);
      if (found !== undefined && clock() < found.until) return found.actor;
      let question = asking.get(hashed);
      if (question === undefined) {
        question = ask(hashed).finally(() => {
          if (asking.get(hashed) === question) asking.delete(hashed);
        });
        asking.set(hashed, question);
      }
      return question;
    },
    forget(hashed) {
      revocations += 1;
      known.delete(hashed);
      asking.delete(hashed);
    },
  };
}

import { createHmac } from 'node:crypto';
import { eq, lt, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';

/**
 * Stops guessing: too many wrong tries for one user name, or from one address, lock it for a quarter of an hour. The
 * count is in the database, so all processes share it and a restart forgives nothing. A try is counted *before* the
 * password is looked at: a hundred parallel guesses are a hundred tries, not one.
 */
export interface LockOut {
  /** Counts a try. False: locked, do not even look. */
  mayTry(what: LockSubject, now: Instant): Promise<boolean>;
  /** The try was right: it no longer counts, and (but at an address or a till, which many share) nor do those before it. */
  forgive(what: LockSubject): Promise<void>;
}

export interface LockSubject {
  readonly kind: keyof typeof TRIES;
  readonly value: string;
}

/**
 * An address may be a whole estate's, behind one router, hence its wider allowance. Codes use `code` for a member's;
 * `digits` counts what is typed for one sign-in code, never for a phone, which strangers could lock; `helper` a relative's
 * code typed by a resident. Codes asked for from an address (`asking`) are counted apart: neighbours on one router who ask
 * lock nobody's password. For one phone they are counted by who asks, in a quarter of an hour (`phone`) and in an hour
 * (`asker`), so that one stranger leaves some to its owner, and all together (`messages`), so that many strangers do not fill
 * it: six in an hour. A browser that has signed in by the phone has three an hour of its own (`known`), whatever strangers do.
 */
const TRIES = {
  ...{ user: 5, code: 5, digits: 5, helper: 5, address: 30 },
  ...{ asking: 60, phone: 3, asker: 4, messages: 6, known: 3 },
} as const;
const BUDGETS: readonly string[] = ['asker', 'messages', 'known'] satisfies (keyof typeof TRIES)[];

export const LOCK_MS = 15 * 60_000;
/** An hour from the first message on; a lock begins anew with each try, this does not. */
const MESSAGES_MS = 60 * 60_000;

export function createLockOut(engine: Engine, secret: string): LockOut {
  const { signInAttempts } = engine.tables;
  const subjectOf = ({ kind, value }: LockSubject) =>
    `${kind}:${createHmac('sha256', secret).update(`lock-out\n${kind}\n${value.toLowerCase()}`).digest('base64url')}`;

  return {
    async mayTry(what, now) {
      const fresh = sql`${signInAttempts.endsAt} <= ${now}`;
      const isBudget = BUDGETS.includes(what.kind);
      const endsAt = now + (isBudget ? MESSAGES_MS : LOCK_MS);
      // The last free try starts the lock's quarter of an hour; further knocking does not prolong it.
      const begins = isBudget ? fresh : sql`${fresh} or ${signInAttempts.tries} < ${TRIES[what.kind]}`;
      const [counted] = await engine.db
        .insert(signInAttempts)
        .values({ subject: subjectOf(what), tries: 1, endsAt })
        .onConflictDoUpdate({
          target: signInAttempts.subject,
          set: {
            tries: sql`case when ${fresh} then 1 else ${signInAttempts.tries} + 1 end`,
            endsAt: sql`case when ${begins} then ${endsAt} else ${signInAttempts.endsAt} end`,
          },
        })
        .returning({ tries: signInAttempts.tries });
      return (counted?.tries ?? 1) <= TRIES[what.kind];
    },

    async forgive(what) {
      const of = eq(signInAttempts.subject, subjectOf(what));
      // A right password of one neighbour does not wipe out the wrong ones from the same address, nor a clerk's own code
      // what was guessed at the till.
      if (what.kind === 'address' || what.kind === 'code')
        await engine.db
          .update(signInAttempts)
          .set({ tries: sql`${signInAttempts.tries} - 1` })
          .where(of);
      else await engine.db.delete(signInAttempts).where(of);
    },
  };
}

/** Housekeeping: locks and sessions that have ended count for nothing. */
export async function sweepIdentity(engine: Engine, now: Instant): Promise<void> {
  const { signInAttempts, sessions, signInCodes, helperCodes, wechatReturns } = engine.tables;
  await engine.db.delete(helperCodes).where(lt(helperCodes.endsAt, now));
  await engine.db.delete(signInCodes).where(lt(signInCodes.endsAt, now));
  await engine.db.delete(wechatReturns).where(lt(wechatReturns.endsAt, now));
  await engine.db.delete(signInAttempts).where(lt(signInAttempts.endsAt, now));
  await engine.db.delete(sessions).where(lt(sessions.expiresAt, new Date(now)));
}

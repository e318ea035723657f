/** A relative shows eight digits, and the resident types them: so they know each other without a name or a phone. */
import { randomInt } from 'node:crypto';
import { and, eq, gt } from 'drizzle-orm';
import type { IdentityDeps } from '../identity/index.ts';
import type { Instant } from '../platform/index.ts';

const CODE_MS = 10 * 60_000;
const DIGITS = 8;

/** A new one ends the one before. */
export async function makeHelperCode(
  { engine, ids, clock, identity }: Pick<IdentityDeps, 'engine' | 'ids' | 'clock' | 'identity'>,
  person: string,
): Promise<{ digits: string; endsAt: Instant }> {
  const { helperCodes: t } = engine.tables;
  const now = clock();
  const digits = String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
  const row = { id: ids(), person, hash: identity.secrets.helperKey(digits), createdAt: now };
  const endsAt = now + CODE_MS;
  await engine.atomically((db) => [
    db
      .update(t)
      .set({ endsAt: now })
      .where(and(eq(t.person, person), gt(t.endsAt, now))),
    db.insert(t).values({ ...row, endsAt }),
  ]);
  return { digits, endsAt };
}

/** Whoever types the code that came to a phone has that phone. A code proves it once, whatever it is proved for. */
import { and, eq, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem, type Instant, type Problem } from '../platform/index.ts';
import { CODE_MS, findCode, isSameCode, type CodeSecrets, type SignInCode } from './sign-in-codes.ts';

/**
 * Uses the code up whose id the challenge gave. A wrong code, one that ended, one that was used and a phone that nobody has are one answer. The
 * caller has counted the try before.
 */
export async function proveCode(
  { engine, secrets }: { engine: Engine; secrets: CodeSecrets },
  { id, code, now }: { id: string; code: string; now: Instant },
): Promise<SignInCode | Problem> {
  const found = await findCode(engine, id);
  const isRight = isSameCode(found === undefined ? '' : secrets.digitsOf(found.id), code);
  if (!found || !isRight || found.usedAt !== null || found.endsAt <= now) return problem('wrong-code');
  if (found.person === null && found.people === null) return problem('wrong-code');
  const { signInCodes: t } = engine.tables;
  const unused = and(eq(t.id, found.id), isNull(t.usedAt));
  // Who shares the phone has as long again to say who of them it is.
  const used = { usedAt: now, endsAt: found.people === null ? found.endsAt : now + CODE_MS };
  const rows = await engine.db.update(t).set(used).where(unused).returning({ id: t.id });
  return rows.length === 0 ? problem('wrong-code') : { ...found, ...used };
}

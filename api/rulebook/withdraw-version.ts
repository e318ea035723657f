/** A version may be called off until the day it begins; from then on it was in force and stays for ever. */
import { and, eq, gt, isNull } from 'drizzle-orm';
import { actorText, problem, type Actor, type Deps, type Problem } from '../platform/index.ts';
import { findVersion } from './rule-versions.ts';

export async function withdrawVersion(
  { engine, clock }: Pick<Deps, 'engine' | 'clock'>,
  { version: id, reason, actor }: { version: string; reason: string; actor: Actor },
): Promise<Problem | undefined> {
  const { ruleVersions: t } = engine.tables;
  const now = clock();
  const done = await engine.db
    .update(t)
    .set({ version: 2, withdrawnBy: actorText(actor), withdrawnAt: now, withdrawnReason: reason })
    .where(and(eq(t.id, id), isNull(t.withdrawnAt), gt(t.validFrom, now)))
    .returning({ id: t.id });
  if (done.length === 1) return undefined;
  const version = await findVersion(engine, id);
  if (!version) return problem('not-found');
  return problem(version.withdrawnAt === null ? 'rule-began' : 'already-done');
}

import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { RuleInForce } from './find-rule.ts';

/** A version by its id: what was decided by it is judged by it for ever. */
export async function getRuleVersion(engine: Engine, id: string): Promise<RuleInForce | undefined> {
  const { ruleVersions: t } = engine.tables;
  const [row] = await engine.reader
    .select({ id: t.id, place: t.place, body: t.body, validFrom: t.validFrom })
    .from(t)
    .where(eq(t.id, id));
  return row;
}

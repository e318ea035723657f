import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { RuleInForce } from './find-rule.ts';
import { parseCitation } from './rule-citation.ts';

/** A version as it was cited: what was decided by it is judged by it for ever. */
export async function getRuleVersion(engine: Engine, citation: string): Promise<RuleInForce | undefined> {
  const { ruleVersions: t } = engine.tables;
  const [row] = await engine.reader
    .select({ id: t.id, place: t.place, kind: t.kind, body: t.body, validFrom: t.validFrom })
    .from(t)
    .where(eq(t.id, parseCitation(citation).id));
  return row;
}

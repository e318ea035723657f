/** A change of a rule is a new version from an instant on, with its reason; the past keeps its own version. */
import { actorText, problem, type Actor, type Deps, type Instant, type Problem } from '../platform/index.ts';
import type { RuleKind } from './find-rule.ts';

export async function publishRule(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  input: {
    place: string;
    kind: RuleKind;
    /** Already validated against the schema of its kind. */
    body: Record<string, unknown>;
    validFrom: Instant;
    reason: string;
    /** The document it rests on (依据). */
    basis?: string;
    actor: Actor | string;
  },
): Promise<{ id: string } | Problem> {
  const { ruleVersions } = engine.tables;
  const { place, kind, body, validFrom, reason } = input;
  const madeBy = typeof input.actor === 'string' ? input.actor : actorText(input.actor);
  const said = { reason, basis: input.basis ?? null, madeBy, createdAt: clock() };
  const row = { id: ids(), version: 1, place, kind, body, validFrom, ...said };
  const made = await engine.db
    .insert(ruleVersions)
    .values(row)
    .onConflictDoNothing()
    .returning({ id: ruleVersions.id });
  return made.length === 1 ? { id: row.id } : problem('already-exists');
}

/** Which rule is in force: that of the nearest place upwards, in the version of the day (trap 9). */
import { and, desc, eq, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import type { Instant } from '../platform/index.ts';

export type RuleKind = 'award' | 'purchase' | 'offset';
export type RuleInForce = { id: string; place: string; body: Record<string, unknown>; validFrom: Instant };

export async function findRule(
  { engine, places }: { engine: Engine; places: Places },
  input: { kind: RuleKind; place: string; at: Instant },
): Promise<RuleInForce | undefined> {
  const { ruleVersions: t } = engine.tables;
  for (const { id } of await places.lineage(input.place)) {
    const [row] = await engine.reader
      .select({ id: t.id, place: t.place, body: t.body, validFrom: t.validFrom })
      .from(t)
      .where(and(eq(t.place, id), eq(t.kind, input.kind), lte(t.validFrom, input.at)))
      .orderBy(desc(t.validFrom))
      .limit(1);
    if (row) return row;
  }
  return undefined;
}

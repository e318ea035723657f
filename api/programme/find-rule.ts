/** Which rule is in force: that of the nearest place upwards, in the version of the day (trap 9). */
import { desc, inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import { together, type Instant } from '../platform/index.ts';

export type RuleKind = 'award' | 'purchase' | 'offset';
export type RuleInForce = {
  id: string;
  place: string;
  kind: RuleKind;
  body: Record<string, unknown>;
  validFrom: Instant;
};

/** All versions of a place and kind, the newest first; a place makes a handful a year. */
const versionsOf = together(async ({ reader, tables: { ruleVersions: t } }: Engine, keys) => {
  const places = new Set(keys.map((key) => key.slice(key.indexOf(' ') + 1)));
  const rows = await reader
    .select({ id: t.id, place: t.place, kind: t.kind, body: t.body, validFrom: t.validFrom })
    .from(t)
    .where(inArray(t.place, [...places]))
    .orderBy(desc(t.validFrom));
  const found = new Map<string, RuleInForce[]>();
  for (const row of rows) {
    const key = `${row.kind} ${row.place}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
});

export async function findRule(
  { engine, places }: { engine: Engine; places: Places },
  input: { kind: RuleKind; place: string; at: Instant },
): Promise<RuleInForce | undefined> {
  const line = await places.lineage(input.place);
  const versions = await Promise.all(line.map(({ id }) => versionsOf(engine, `${input.kind} ${id}`)));
  for (const ofPlace of versions) {
    const inForce = ofPlace?.find(({ validFrom }) => validFrom <= input.at);
    if (inForce) return inForce;
  }
  return undefined;
}

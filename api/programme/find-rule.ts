/**
 * Which rule is in force: that of the nearest place upwards, in the version of the day (trap 9). Between an estate and what
 * is above it stands the firm that serves it that day, for what its bills may be offset by.
 */
import { and, desc, inArray, isNull } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firmServing, type Places } from '../places/index.ts';
import { together, type Instant } from '../platform/index.ts';
import { dayOf } from './calendar.ts';

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
    .where(and(inArray(t.place, [...places]), isNull(t.withdrawnAt)))
    .orderBy(desc(t.validFrom));
  const found = new Map<string, RuleInForce[]>();
  for (const row of rows) {
    const key = `${row.kind} ${row.place}`;
    found.set(key, [...(found.get(key) ?? []), row]);
  }
  return found;
});

/** The places whose rules of a kind may decide at a place, the nearest first. */
export async function placesDeciding(
  sources: { engine: Engine; places: Places },
  { kind, place, at }: { kind: RuleKind; place: string; at: Instant },
): Promise<string[]> {
  const line = await sources.places.lineage(place);
  const ids = line.map(({ id }) => id);
  if (kind !== 'offset' || line[0]?.kind !== 'estate') return ids;
  const firm = await firmServing(sources, { estate: place, day: dayOf(at) });
  return firm ? [place, firm.id, ...ids.slice(1)] : ids;
}

/** All versions that count of a kind, at those places: the nearest first, of each the newest. */
export async function rulesAlong(
  { engine, places }: { engine: Engine; places: Places },
  input: { kind: RuleKind; place: string; at: Instant },
): Promise<(readonly RuleInForce[])[]> {
  const line = await placesDeciding({ engine, places }, input);
  const versions = await Promise.all(line.map((id) => versionsOf(engine, `${input.kind} ${id}`)));
  return versions.map((ofPlace) => ofPlace ?? []);
}

export async function findRule(
  { engine, places }: { engine: Engine; places: Places },
  input: { kind: RuleKind; place: string; at: Instant },
): Promise<RuleInForce | undefined> {
  for (const ofPlace of await rulesAlong({ engine, places }, input)) {
    const inForce = ofPlace.find(({ validFrom }) => validFrom <= input.at);
    if (inForce) return inForce;
  }
  return undefined;
}

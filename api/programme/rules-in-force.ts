/** Every rule that was in force at a place at some time of a period, with who published it. */
import { and, inArray, isNull, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { firmChangesOf, type Places } from '../places/index.ts';
import type { Instant } from '../platform/index.ts';
import { dayOf, startOfDay } from './calendar.ts';
import { placesDeciding, type RuleInForce, type RuleKind } from './find-rule.ts';

/** `until`: the instant at which another took its place, within the period; undefined where it went on. */
export type RuleOfPeriod = RuleInForce & { madeBy: string; createdAt: Instant; until?: Instant };

const KINDS: readonly RuleKind[] = ['award', 'purchase', 'offset'];

/** `to` is exclusive. By kind, then by when they came. */
export async function rulesInForce(
  { engine, places }: { engine: Engine; places: Places },
  { place, from, to }: { place: string; from: Instant; to: Instant },
): Promise<RuleOfPeriod[]> {
  const { ruleVersions: t } = engine.tables;
  const firmDays = (await firmChangesOf(engine, { estate: place, from: dayOf(from), to: dayOf(to) })).map(
    startOfDay,
  );
  const starts = [from, ...firmDays];
  const lines = await Promise.all(
    starts.map((at) => placesDeciding({ engine, places }, { kind: 'offset', place, at })),
  );
  const own = (await places.lineage(place)).map(({ id }) => id);
  const lineAt = (kind: RuleKind) => (at: Instant) =>
    kind === 'offset' ? (lines[starts.findLastIndex((start) => start <= at)] ?? own) : own;
  const rows = await engine.reader
    .select({
      id: t.id,
      place: t.place,
      kind: t.kind,
      body: t.body,
      validFrom: t.validFrom,
      madeBy: t.madeBy,
      createdAt: t.createdAt,
    })
    .from(t)
    .where(
      and(
        inArray(t.place, [...new Set([...own, ...lines.flat()])]),
        lt(t.validFrom, to),
        isNull(t.withdrawnAt),
      ),
    );
  return KINDS.flatMap((kind) =>
    ofKind(
      rows.filter((row) => row.kind === kind),
      { lineAt: lineAt(kind), starts },
    ),
  );
}

/** The nearest place that has a rule at all decides, in its newest version of the moment. */
function ofKind(
  rows: readonly RuleOfPeriod[],
  { lineAt, starts }: { lineAt: (at: Instant) => readonly string[]; starts: readonly Instant[] },
): RuleOfPeriod[] {
  const from = Math.min(...starts);
  const changes = [...new Set([...starts, ...rows.map(({ validFrom }) => validFrom)])]
    .filter((at) => at >= from)
    .sort((a, b) => a - b);
  const found: RuleOfPeriod[] = [];
  for (const at of changes) {
    const known = rows.filter(({ validFrom }) => validFrom <= at);
    const nearest = lineAt(at).find((place) => known.some((row) => row.place === place));
    const rule = known
      .filter((row) => row.place === nearest)
      .sort((a, b) => b.validFrom - a.validFrom)
      .at(0);
    const last = found.at(-1);
    if (!rule || rule.id === last?.id) continue;
    if (last) found[found.length - 1] = { ...last, until: at };
    found.push(rule);
  }
  return found;
}

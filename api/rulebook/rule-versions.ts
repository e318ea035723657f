/** The versions of a place's rules as they are read: in force, earlier, to come, and those called off before their day. */
import { and, asc, desc, eq, isNull, lt, lte, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import type { Instant } from '../platform/index.ts';
import { findRule, rulesAlong, type RuleKind } from '../programme/index.ts';

export type Version = NonNullable<Awaited<ReturnType<typeof findVersion>>>;
type VersionState = 'to-come' | 'in-force' | 'earlier' | 'withdrawn';
/** A version with how it stands at this moment, and when the next one of its place takes over. */
export type Standing = { version: Version; state: VersionState; until?: Instant };

type Sources = { engine: Engine; places: Places };

export async function findVersion({ reader, tables: { ruleVersions: t } }: Engine, id: string) {
  const [row] = await reader.select().from(t).where(eq(t.id, id));
  return row;
}

/** A page of a place's own versions of a kind, the latest beginning first. */
export async function listVersions(
  { reader, tables: { ruleVersions: t } }: Engine,
  input: { place: string; kind: RuleKind; after?: { validFrom: Instant; id: string }; limit: number },
): Promise<Version[]> {
  const { place, kind, after } = input;
  const earlier =
    after && or(lt(t.validFrom, after.validFrom), and(eq(t.validFrom, after.validFrom), lt(t.id, after.id)));
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.kind, kind), after && lte(t.validFrom, after.validFrom), earlier))
    .orderBy(desc(t.validFrom), desc(t.id))
    .limit(input.limit);
}

/** How versions of one place and kind stand at `now`. */
export async function standingOf(
  { engine }: Pick<Sources, 'engine'>,
  versions: readonly Version[],
  now: Instant,
): Promise<Standing[]> {
  const starts = new Map<string, Instant[]>();
  for (const { place, kind } of versions) {
    const key = `${kind} ${place}`;
    if (!starts.has(key)) starts.set(key, await startsOf(engine, { place, kind }));
  }
  return versions.map((version): Standing => {
    if (version.withdrawnAt !== null) return { version, state: 'withdrawn' };
    const known = starts.get(`${version.kind} ${version.place}`) ?? [];
    const until = known.find((start) => start > version.validFrom);
    const begun = version.validFrom <= now;
    const state = !begun ? 'to-come' : until !== undefined && until <= now ? 'earlier' : 'in-force';
    return until === undefined ? { version, state } : { version, state, until };
  });
}

/** When each version that counts begins, the first one first; a place makes a handful a year. */
async function startsOf(
  { reader, tables: { ruleVersions: t } }: Engine,
  { place, kind }: { place: string; kind: RuleKind },
): Promise<Instant[]> {
  const rows = await reader
    .select({ validFrom: t.validFrom })
    .from(t)
    .where(and(eq(t.place, place), eq(t.kind, kind), isNull(t.withdrawnAt)))
    .orderBy(asc(t.validFrom));
  return rows.map(({ validFrom }) => validFrom);
}

/** What holds at a place, its own or the nearest above it, and the first version that is to come there. */
export async function holdingAt(
  sources: Sources,
  input: { place: string; kind: RuleKind; now: Instant },
): Promise<{ inForce?: Standing; next?: Standing }> {
  const { now, ...of } = input;
  const found = await findRule(sources, { ...of, at: now });
  const along = await rulesAlong(sources, { ...of, at: now });
  const coming = along.map((ofPlace) => ofPlace.filter(({ validFrom }) => validFrom > now).at(-1));
  const [inForce, next] = await Promise.all(
    [found, coming.find((rule) => rule !== undefined)].map(async (rule) => {
      const version = rule && (await findVersion(sources.engine, rule.id));
      return version && (await standingOf(sources, [version], now))[0];
    }),
  );
  return { ...(inForce && { inForce }), ...(next && { next }) };
}

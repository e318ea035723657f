/**
 * Which property firm serves an estate, by the day: whoever does on a day is owed for the points that its bills take on
 * it. Where nobody said so, it is the only firm near the estate; among several none is guessed.
 */
import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, notExists, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Engine } from '../db/index.ts';
import { isProblem, problem, type After, type Problem } from '../platform/index.ts';
import { listChildren, pieceByPiece } from './list-places.ts';
import type { Place, PlaceKind, Places } from './place-tree.ts';

export type EstateFirm = {
  id: string;
  version: number;
  estate: string;
  firm: string;
  since: string;
  until: string | null;
  reason: string;
  namedBy: string;
  createdAt: number;
};
type Sources = { engine: Engine; places: Pick<Places, 'find' | 'lineage'> };

/** More firms than any place has. */
const MOST_FIRMS = 200;

const unclear = problem('no-firm', {
  detail: {
    zh: '附近有几家物业公司，还没有选定由哪家服务这个小区。请社区工作人员在“岗位授权”里打开这个小区，选定物业公司',
    en: 'There are several property firms near, and nobody has said which serves this estate. Have the community’s staff open the estate under “Posts” and choose',
  },
});

/** The firm of an estate on a day ('2026-06-20'), or `no-firm`: there is none, or nobody said which. */
export async function firmOf(
  sources: Sources,
  { estate, day }: { estate: string; day: string },
): Promise<Place | Problem> {
  const { reader, tables } = sources.engine;
  const { estateFirms: t } = tables;
  const [named] = await reader
    .select({ firm: t.firm })
    .from(t)
    .where(and(eq(t.estate, estate), isInForce(sources.engine, day)))
    .orderBy(desc(t.since))
    .limit(1);
  if (named) return (await sources.places.find(named.firm)) ?? problem('no-firm');
  const near = await nearestFirms(sources.engine, await sources.places.lineage(estate), 2);
  return near.length > 1 ? unclear : (near[0] ?? problem('no-firm'));
}

/** The same where nothing hangs on it: undefined where it is not known. */
export async function firmServing(
  sources: Sources,
  of: { estate: string; day: string },
): Promise<Place | undefined> {
  const firm = await firmOf(sources, of);
  return isProblem(firm) ? undefined : firm;
}

export function isInForce({ tables: { estateFirms: t } }: Engine, day: string): SQL | undefined {
  return and(lte(t.since, day), or(isNull(t.until), gt(t.until, day)));
}

/** The firms placed under an estate or, where there is none, under the nearest place above. */
async function nearestFirms(
  engine: Engine,
  lineage: readonly Pick<Place, 'id'>[],
  most: number,
): Promise<Place[]> {
  for (const { id } of lineage) {
    const firms = await listChildren(engine, { place: id, kind: 'firm', limit: most });
    if (firms.length > 0) return firms;
  }
  return [];
}

/** The one firm that serves an estate without anybody's having said so; undefined for none or several. */
export async function onlyFirmNear(
  engine: Engine,
  lineage: readonly Pick<Place, 'id'>[],
): Promise<Place | undefined> {
  const [firm, another] = await nearestFirms(engine, lineage, 2);
  return another ? undefined : firm;
}

/** The firms that may serve an estate: those of the estate itself and of all places above it, the nearest first. */
export async function firmsNear(engine: Engine, lineage: readonly Pick<Place, 'id'>[]): Promise<Place[]> {
  const found: Place[] = [];
  for (const { id } of lineage)
    found.push(...(await listChildren(engine, { place: id, kind: 'firm', limit: MOST_FIRMS })));
  return found.slice(0, MOST_FIRMS);
}

/** The days after `from` and before `to` on which another firm takes an estate over, or the last one ends. */
export async function firmChangesOf(
  { reader, tables: { estateFirms: t } }: Engine,
  { estate, from, to }: { estate: string; from: string; to: string },
): Promise<string[]> {
  const rows = await reader.select({ since: t.since, until: t.until }).from(t).where(eq(t.estate, estate));
  const days = rows.flatMap(({ since, until }) => (until === null ? [since] : [since, until]));
  return [...new Set(days)].filter((day) => day > from && day < to).sort();
}

/** The firms of an estate, the last one first, those to come included; before the row that a page ended with. */
export async function listEstateFirms(
  { reader, tables: { estateFirms: t } }: Engine,
  { estate, after, limit }: { estate: string; after: After | undefined; limit: number },
): Promise<EstateFirm[]> {
  const earlier = after && lt(t.since, String(after.value));
  return reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), earlier))
    .orderBy(desc(t.since))
    .limit(limit);
}

/**
 * The estates that a firm serves on a day: those of which somebody said so, and those of which nobody said anything, where
 * it is the only firm near.
 */
export async function estatesServedBy(
  engine: Engine,
  { firm, day }: { firm: Pick<Place, 'id' | 'parent'>; day: string },
  atOnce = AT_ONCE,
): Promise<string[]> {
  const { estateFirms: t } = engine.tables;
  const next = (last: { estate: string } | undefined) =>
    engine.reader
      .select({ estate: t.estate })
      .from(t)
      .where(and(eq(t.firm, firm.id), isInForce(engine, day), last && gt(t.estate, last.estate)))
      .orderBy(asc(t.estate))
      .limit(atOnce);
  const named = await pieceByPiece(next, atOnce);
  const only = (await onlyFirmNear(engine, [{ id: firm.parent }]))
    ? await unnamedNear(engine, firm, { day, atOnce })
    : [];
  return [...new Set([...named.map(({ estate }) => estate), ...only])];
}

const AT_ONCE = 500;
const PARENTS_AT_ONCE = 200;

/** Estates without a row in force, from the firm's place down to where another firm is nearer. */
async function unnamedNear(
  engine: Engine,
  { parent }: Pick<Place, 'parent'>,
  { day, atOnce }: { day: string; atOnce: number },
): Promise<string[]> {
  const { places: p, estateFirms: t } = engine.tables;
  const nearer = alias(p, 'nearer');
  const isFree = notExists(
    engine.reader
      .select({ id: nearer.id })
      .from(nearer)
      .where(and(eq(nearer.parent, p.id), eq(nearer.kind, 'firm'))),
  );
  const isUnnamed = notExists(
    engine.reader
      .select({ id: t.id })
      .from(t)
      .where(and(eq(t.estate, p.id), isInForce(engine, day))),
  );
  type Seen = { id: string; kind: PlaceKind; parent: string };
  const within = (parents: readonly string[]) =>
    pieceByPiece((last: Seen | undefined) => {
      const beyond =
        last && sql`(${p.parent}, ${p.kind}, ${p.id}) > (${last.parent}, ${last.kind}, ${last.id})`;
      const isMeant = or(inArray(p.kind, ['street', 'community']), and(eq(p.kind, 'estate'), isUnnamed));
      return engine.reader
        .select({ id: p.id, kind: p.kind, parent: p.parent })
        .from(p)
        .where(and(inArray(p.parent, [...parents]), isMeant, isFree, beyond))
        .orderBy(asc(p.parent), asc(p.kind), asc(p.id))
        .limit(atOnce);
    }, atOnce);
  const own = and(eq(p.id, parent), eq(p.kind, 'estate'), isUnnamed);
  const found = (await engine.reader.select({ id: p.id }).from(p).where(own)).map(({ id }) => id);
  for (const open = [parent]; open.length > 0;) {
    const places = await within(open.splice(0, PARENTS_AT_ONCE));
    for (const { id, kind } of places) (kind === 'estate' ? found : open).push(id);
  }
  return found;
}

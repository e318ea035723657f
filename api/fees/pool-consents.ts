/**
 * 一起抵扣: who of a household agreed that their points pay its fees too. Given and taken back by each for themselves.
 *
 * Protects: a word counts while the link to the house lasts in which it was given, and not beyond: whoever sold, moved out,
 * died or was erased gives nothing any more, and who comes back is asked anew.
 */
import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { hasDied } from '../identity/index.ts';
import { dayIn, type ProductDeps, type Relation } from '../places/index.ts';
import { problem, type Problem } from '../platform/index.ts';

/** More people than one house is paid by. */
export const MOST_TOGETHER = 20;

export type PoolConsent = {
  id: string;
  version: number;
  person: string;
  relation: Relation;
  since: string;
  until: string | null;
};

/** Those who agreed and belong to the house on this day, in an order that stays the same. */
export async function consentsOfHouse(
  engine: Engine,
  { house, day }: { house: string; day: string },
): Promise<PoolConsent[]> {
  const { poolConsents: t, residencies: r } = engine.tables;
  const rows = await engine.db
    .select({
      ...{ id: t.id, version: t.version, person: t.person, since: t.since, until: t.until },
      relation: r.relation,
    })
    .from(t)
    .innerJoin(r, and(eq(r.id, t.residency), eq(r.house, t.house), eq(r.person, t.person)))
    .where(
      and(
        ...[eq(t.house, house), isNull(t.endedAt), lte(t.since, day), lte(r.since, day)],
        ...[or(isNull(t.until), gt(t.until, day)), or(isNull(r.until), gt(r.until, day))],
      ),
    )
    .orderBy(asc(t.person))
    .limit(MOST_TOGETHER);
  const dead = await Promise.all(rows.map(({ person }) => hasDied(engine, person)));
  return rows.filter((_, nth) => dead[nth] !== true);
}

type PoolDeps = Pick<ProductDeps, 'engine' | 'ids' | 'clock'>;

/** From today on; who agreed already has agreed. `until`: the first day on which it no longer holds. */
export function agreeToPool(
  deps: PoolDeps,
  { house, person, until }: { house: string; person: string; until: string | null },
): Promise<PoolConsent | Problem> {
  const day = dayIn(deps.clock());
  return deps.engine.exclusively(turnOf(house, person), async (engine) => {
    const mine = await myConsent(engine, { house, person, day });
    if (mine?.until === until) return mine;
    const { poolConsents: t, residencies: r } = engine.tables;
    const today = and(lte(r.since, day), or(isNull(r.until), gt(r.until, day)));
    const [link] = await engine.db
      .select({ id: r.id, relation: r.relation })
      .from(r)
      .where(and(eq(r.house, house), eq(r.person, person), today))
      .limit(1);
    if (!link) return problem('not-found');
    const now = deps.clock();
    const by = `person:${person}`;
    const given = { id: deps.ids(), version: 1, person, since: day, until };
    await engine.atomically((db) => [
      db
        .update(t)
        .set(ended(engine, now, by))
        .where(standing(engine, { house, person })),
      db.insert(t).values({ ...given, house, residency: link.id, givenBy: by, createdAt: now }),
    ]);
    return { ...given, relation: link.relation };
  });
}

/** At once; what was offset before stays. Taking back what was not given changes nothing. */
export function leavePool(
  deps: PoolDeps,
  { house, person }: { house: string; person: string },
): Promise<void> {
  return deps.engine.exclusively(turnOf(house, person), async (engine) => {
    const { poolConsents: t } = engine.tables;
    const by = `person:${person}`;
    await engine.atomically((db) => [
      db
        .update(t)
        .set(ended(engine, deps.clock(), by))
        .where(standing(engine, { house, person })),
    ]);
  });
}

export async function myConsent(
  engine: Engine,
  { person, ...at }: { house: string; person: string; day: string },
): Promise<PoolConsent | undefined> {
  return (await consentsOfHouse(engine, at)).find((each) => each.person === person);
}

function turnOf(house: string, person: string): string {
  return `pool:${house}:${person}`;
}

function standing({ tables: { poolConsents: t } }: Engine, of: { house: string; person: string }) {
  return and(eq(t.house, of.house), eq(t.person, of.person), isNull(t.endedAt));
}

function ended({ tables: { poolConsents: t } }: Engine, endedAt: number, endedBy: string) {
  return { endedAt, endedBy, version: sql`${t.version} + 1` };
}

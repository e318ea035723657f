/**
 * The places that a rule of this place would decide about: all within it, save those that have a rule of their own, or
 * whose nearest rule lies between.
 */
import { inArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Places } from '../places/index.ts';
import type { Instant } from '../platform/index.ts';
import { findRule, type RuleKind } from '../programme/index.ts';

const PARENTS_AT_ONCE = 200;

export type Governed = { places: string[]; ownRule: number };

/** Undefined where more than `most` places lie within. */
export async function placesGoverned(
  sources: { engine: Engine; places: Places },
  { place, kind, at, most }: { place: string; kind: RuleKind; at: Instant; most: number },
): Promise<Governed | undefined> {
  const within = await placesWithin(sources.engine, place, most);
  if (within === undefined) return undefined;
  const rules = await Promise.all(
    within.map(async (id) => ({ id, rule: await findRule(sources, { kind, place: id, at }) })),
  );
  const inner = new Set(within);
  const governed = rules.filter(
    ({ rule }) => rule === undefined || rule.place === place || !inner.has(rule.place),
  );
  return { places: governed.map(({ id }) => id), ownRule: rules.length - governed.length };
}

/** The place and all within it, level by level. */
async function placesWithin(engine: Engine, place: string, most: number): Promise<string[] | undefined> {
  const found = [place];
  for (let level = [place]; level.length > 0;) {
    const next: string[] = [];
    for (let at = 0; at < level.length; at += PARENTS_AT_ONCE) {
      next.push(
        ...(await childrenOf(engine, level.slice(at, at + PARENTS_AT_ONCE), most - found.length + 1)),
      );
      if (found.length + next.length > most) return undefined;
    }
    found.push(...next);
    level = next;
  }
  return found;
}

async function childrenOf(
  { reader, tables: { places: t } }: Engine,
  parents: readonly string[],
  most: number,
): Promise<string[]> {
  const rows = await reader
    .select({ id: t.id })
    .from(t)
    .where(inArray(t.parent, [...parents]))
    .limit(most);
  return rows.map(({ id }) => id);
}

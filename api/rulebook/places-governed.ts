/**
 * The places that a rule of this place would decide about: all within it, save those that have a rule of their own, or
 * whose nearest rule lies between.
 */
import type { Engine } from '../db/index.ts';
import { placesWithin, type Places } from '../places/index.ts';
import type { Instant } from '../platform/index.ts';
import { findRule, type RuleKind } from '../programme/index.ts';

export type Governed = { places: string[]; ownRule: number };

/** Undefined where more than `most` places lie within. */
export async function placesGoverned(
  sources: { engine: Engine; places: Places },
  { place, kind, at, most }: { place: string; kind: RuleKind; at: Instant; most: number },
): Promise<Governed | undefined> {
  const within = await placesWithin(sources.engine, { place, most });
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

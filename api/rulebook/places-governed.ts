/**
 * The places that a rule of this place would decide about: all within it, save those that have a rule of their own, or
 * whose nearest rule lies between.
 */
import type { Engine } from '../db/index.ts';
import { estatesServedBy, placesWithin, type Places } from '../places/index.ts';
import type { Instant } from '../platform/index.ts';
import { dayOf, findRule, placesDeciding, type RuleKind } from '../programme/index.ts';

export type Governed = { places: string[]; ownRule: number };

/** Undefined where more than `most` places lie within. */
export async function placesGoverned(
  sources: { engine: Engine; places: Places },
  { place, kind, at, most }: { place: string; kind: RuleKind; at: Instant; most: number },
): Promise<Governed | undefined> {
  const inside = await placesWithin(sources.engine, { place, most });
  const firm = kind === 'offset' ? await sources.places.find(place) : undefined;
  const served = firm?.kind === 'firm' ? await estatesServedBy(sources.engine, { firm, day: dayOf(at) }) : [];
  const within = inside && [...new Set([...inside, ...served])];
  if (within === undefined || within.length > most) return undefined;
  const rules = await Promise.all(
    within.map(async (id) => ({
      id,
      line: await placesDeciding(sources, { kind, place: id, at }),
      rule: await findRule(sources, { kind, place: id, at }),
    })),
  );
  // Decided by what is nearer than this place: its own rule, one between, or its firm's.
  const governed = rules.filter(({ rule, line }) => {
    const nearest = rule ? line.indexOf(rule.place) : line.length;
    return nearest >= line.indexOf(place) && line.includes(place);
  });
  return { places: governed.map(({ id }) => id), ownRule: rules.length - governed.length };
}

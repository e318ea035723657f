import { actsForFirm } from '../identity/index.ts';
import { EVERYWHERE, isProblem, type Instant, type Role } from '../platform/index.ts';
import { firmOf } from './estate-firms.ts';
import { dayIn } from './houses.ts';
import type { ProductDeps } from './index.ts';

/** The places whose posts of a role act at a place now: itself, all above it, and for its estate the firm that serves it. */
export async function postsActingAt(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  { role, place, now }: { role: Role; place: string; now: Instant },
): Promise<string[]> {
  const line = await places.lineage(place);
  const found = [...line.map(({ id }) => id), EVERYWHERE];
  const estate = line.find(({ kind }) => kind === 'estate');
  if (!estate || !actsForFirm(role)) return found;
  const firm = await firmOf({ engine, places }, { estate: estate.id, day: dayIn(now) });
  return isProblem(firm) ? found : [...found, firm.id];
}

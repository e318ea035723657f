/**
 * Which points to take: nearest expiry first, then the oldest series, never one that has expired, whether or not
 * the expiry run has passed. Protects trap 3: what is chosen here is what the same draft then debits.
 */
import type { Amount, Instant } from './amount.ts';
import { isLive, type AssetRow } from './asset.ts';
import type { SeriesPart, Take } from './command.ts';
import { refuse, type Refusal } from './refusals.ts';
import { pointsTowards } from './whole-worth.ts';

export type Holding = { asset: AssetRow; available: Amount };
export type Taken = { asset: AssetRow; points: Amount };

export function byExpiry(a: Holding, b: Holding): number {
  return a.asset.expiresAt - b.asset.expiresAt || a.asset.id - b.asset.id;
}

/** The points to take from each series, or why they cannot be taken in full. */
export function allocate(take: Take, holdings: readonly Holding[], at: Instant): Taken[] | Refusal {
  const spendable = holdings.filter((h) => h.available > 0 && isLive(h.asset, at)).sort(byExpiry);
  return 'points' in take ? allocatePoints(take, spendable) : allocateValue(take, spendable);
}

function allocatePoints(
  take: { points: Amount; unit: string; fund?: string },
  spendable: readonly Holding[],
): Taken[] | Refusal {
  let wanted = take.points;
  const taken: Taken[] = [];
  for (const { asset, available } of spendable) {
    if (wanted === 0) break;
    if (asset.unit !== take.unit || (take.fund !== undefined && asset.fund !== take.fund)) continue;
    const points = Math.min(wanted, available);
    taken.push({ asset, points });
    wanted -= points;
  }
  return wanted === 0 ? taken : refuse('insufficient-points', { role: 'available', short: wanted });
}

/** Nearest expiry first, of each unit whole fen; the value must be reached exactly. */
function allocateValue(
  take: Extract<Take, { valueMicro: Amount }>,
  spendable: readonly Holding[],
): Taken[] | Refusal {
  const worthy = spendable.flatMap(({ asset, available }) => {
    const worthMicro = Object.hasOwn(take.worthMicro, asset.unit) ? take.worthMicro[asset.unit] : undefined;
    return worthMicro ? [{ asset, available, worthMicro, unit: asset.unit }] : [];
  });
  const towards = pointsTowards(take.valueMicro, worthy);
  const taken: Taken[] = [];
  let short = take.valueMicro;
  for (const [at, { asset, worthMicro }] of worthy.entries()) {
    const points = towards[at] ?? 0;
    if (points === 0) continue;
    taken.push({ asset, points });
    short -= points * worthMicro;
  }
  if (take.madeOf && !isMadeOf(taken, take.madeOf)) return refuse('version-conflict', { shortMicro: short });
  return short === 0 ? taken : refuse('value-not-reachable', { shortMicro: short });
}

function isMadeOf(taken: readonly Taken[], madeOf: readonly SeriesPart[]): boolean {
  return (
    taken.length === madeOf.length &&
    taken.every(({ asset, points }, nth) => asset.id === madeOf[nth]?.series && points === madeOf[nth].points)
  );
}

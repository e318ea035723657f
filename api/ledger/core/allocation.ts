/**
 * Which points to take: nearest expiry first, then the oldest series, never one that has expired, whether or not
 * the expiry run has passed. Protects trap 3: what is chosen here is what the same draft then debits.
 */
import type { Amount, Instant } from './amount.ts';
import { isLive, type AssetRow } from './asset.ts';
import type { SeriesPart, Take } from './command.ts';
import { refuse, type Refusal } from './refusals.ts';

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

/** Whole points of each series as far as their value fits; the value must be reached exactly. */
function allocateValue(
  take: Extract<Take, { valueMicro: Amount }>,
  spendable: readonly Holding[],
): Taken[] | Refusal {
  let wanted = take.valueMicro;
  const taken: Taken[] = [];
  for (const { asset, available } of spendable) {
    const worth = Object.hasOwn(take.worthMicro, asset.unit) ? take.worthMicro[asset.unit] : undefined;
    if (!worth) continue;
    const points = Math.min(available, Math.floor(wanted / worth));
    if (points === 0) continue;
    taken.push({ asset, points });
    wanted -= points * worth;
  }
  if (take.madeOf && !isMadeOf(taken, take.madeOf)) return refuse('version-conflict', { shortMicro: wanted });
  return wanted === 0 ? taken : refuse('value-not-reachable', { shortMicro: wanted });
}

function isMadeOf(taken: readonly Taken[], madeOf: readonly SeriesPart[]): boolean {
  return (
    taken.length === madeOf.length &&
    taken.every(({ asset, points }, nth) => asset.id === madeOf[nth]?.series && points === madeOf[nth].points)
  );
}

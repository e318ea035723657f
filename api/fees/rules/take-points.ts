/**
 * Which points pay an offset: of whoever asks first, and what these do not reach of those of the household who agreed,
 * one after the other, whose points end soonest first. Of each, nearest expiry first, as the ledger takes them.
 *
 * Protects: each member's part is whole fen, and exactly what the ledger takes of that member for the part's value; nobody
 * gives anything while whoever comes before them has points enough.
 */
import { pointsInWholeFen, pointsTowards } from '../../ledger/core/index.ts';
import { MICRO_PER_FEN } from '../../platform/money/index.ts';
import type { Instant } from '../../programme/rules/index.ts';

/** Points of one series that a member could spend. `series` is the ledger's asset id: the lower, the older. */
export type Holding = { series: number; unit: string; expiresAt: Instant; available: number };
/** Somebody of the household who agreed to pay along. */
export type Purse = { member: string; holdings: readonly Holding[] };
export type Take = { series: number; unit: string; points: number; worthMicro: number; expiresAt: Instant };
/** What one member gives; `member` is left out of whoever asks. */
export type Part = { member?: string; valueFen: number; valueMicro: number; takes: Take[] };

type Worth = Readonly<Record<string, number>>;
type Usable = Holding & { worthMicro: number };

/** Undefined where nobody has points that count. */
export function takeParts(
  own: readonly Holding[],
  others: readonly Purse[],
  of: { worthMicro: Worth; wantedFen: number; at: Instant },
): Part[] | undefined {
  const { worthMicro, wantedFen, at } = of;
  const family = others
    .map(({ member, holdings }) => ({ member, holdings: usableHoldings(worthMicro, holdings, at) }))
    .sort((a, b) => endOf(a) - endOf(b));
  const purses: { member?: string; holdings: Usable[] }[] = [
    { holdings: usableHoldings(worthMicro, own, at) },
    ...family,
  ];
  if (purses.every(({ holdings }) => holdings.length === 0)) return undefined;
  const parts: Part[] = [];
  let leftFen = wantedFen;
  for (const { holdings, ...whose } of purses) {
    const takes = takeWholeFen(holdings, leftFen);
    const valueMicro = worthOf(takes);
    const valueFen = valueMicro / MICRO_PER_FEN;
    if (valueMicro > 0) parts.push({ ...whose, valueFen, valueMicro, takes });
    leftFen -= valueFen;
    if (keepsEnough(holdings, takes, leftFen)) break;
  }
  return parts;
}

/** What is missing is less than one of the points that this member could still give: nobody else is asked for the rest of a point. */
function keepsEnough(holdings: readonly Usable[], takes: readonly Take[], leftFen: number): boolean {
  const kept = new Map<string, number>();
  for (const { unit, available } of holdings) kept.set(unit, (kept.get(unit) ?? 0) + available);
  for (const { unit, points } of takes) kept.set(unit, (kept.get(unit) ?? 0) - points);
  return holdings.some(
    ({ unit, worthMicro }) =>
      (kept.get(unit) ?? 0) >= pointsInWholeFen(worthMicro) && worthMicro > leftFen * MICRO_PER_FEN,
  );
}

function endOf({ holdings }: { holdings: readonly Usable[] }): Instant {
  return holdings[0]?.expiresAt ?? Number.MAX_SAFE_INTEGER;
}

/** Live points of the units that count, nearest expiry first, then the oldest series: the ledger's own order. */
function usableHoldings(worthMicro: Worth, holdings: readonly Holding[], at: Instant): Usable[] {
  return holdings
    .map((holding) => ({ ...holding, worthMicro: worthMicro[holding.unit] ?? 0 }))
    .filter((holding) => holding.worthMicro > 0 && holding.available > 0 && holding.expiresAt > at)
    .sort((a, b) => a.expiresAt - b.expiresAt || a.series - b.series);
}

/** Of each unit whole fen, as the ledger will take them. */
function takeWholeFen(holdings: readonly Usable[], wantedFen: number): Take[] {
  const towards = pointsTowards(wantedFen * MICRO_PER_FEN, holdings);
  return holdings.flatMap(({ series, unit, expiresAt, worthMicro }, at) => {
    const points = towards[at] ?? 0;
    return points === 0 ? [] : [{ series, unit, points, worthMicro, expiresAt }];
  });
}

function worthOf(takes: readonly Take[]): number {
  return takes.reduce((sum, take) => sum + take.points * take.worthMicro, 0);
}

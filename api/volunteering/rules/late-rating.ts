/** A rating that comes after the end of the points that it gives: the resident is told what became of them. */
import { expiryOf, lastDayBefore, type Expiry, type Step } from '../../programme/rules/index.ts';

/** The step that says so; none where the points are rated in time. */
export function lateRatingSteps(
  expiry: Expiry,
  { earnedAt, givenAt, points }: { earnedAt: number; givenAt: number; points: number },
): Step[] {
  const isLate = expiryOf(expiry, earnedAt, earnedAt) <= givenAt;
  if (!isLate || points === 0) return [];
  const value = String(points);
  const end = expiryOf(expiry, earnedAt, givenAt);
  if (end <= givenAt)
    return [
      { zh: '评价时已过有效期，积分作废', en: 'Rated after their end: the points have expired', value },
    ];
  const last = lastDayBefore(end) ?? '';
  return [
    {
      zh: `评价时已过有效期，按宽限可用到 ${last}`,
      en: `Rated after their end; by the grace they end on ${last}`,
      value,
    },
  ];
}

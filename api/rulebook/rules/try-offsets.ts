/** Offsets under a rule, as they come: each with what its household had left of the month. */
import { quoteOffset, type OffsetRequest, type OffsetRule } from '../../fees/rules/index.ts';

export type OffsetOutcome = { valueFen: number; points: Readonly<Record<string, number>> };
const NOTHING: OffsetOutcome = { valueFen: 0, points: {} };

/**
 * Remembers what each household used. `chosenFen`: what the resident wanted where that was less than the most; cut to
 * the most where the rule allows no more.
 */
export function offsetTrial(): (
  rule: OffsetRule,
  request: OffsetRequest,
  chosenFen?: number,
) => OffsetOutcome {
  const used = new Map<string, number>();
  return (rule, request, chosenFen) => {
    const key = `${request.household} ${request.bill.period}`;
    const usedThisMonthFen = used.get(key) ?? 0;
    const asked = { ...request, usedThisMonthFen };
    const most = quoteOffset(rule, asked);
    if ('refusal' in most) return NOTHING;
    const isLess = chosenFen !== undefined && chosenFen < most.quote.valueFen;
    const wanted = isLess ? quoteOffset(rule, { ...asked, wantedFen: chosenFen }) : most;
    if ('refusal' in wanted) return NOTHING;
    const { valueFen, takes } = wanted.quote;
    used.set(key, usedThisMonthFen + valueFen);
    const points: Record<string, number> = {};
    for (const take of takes) points[take.unit] = (points[take.unit] ?? 0) + take.points;
    return { valueFen, points };
  };
}

/** Offsets under a rule, as they come: each with what its household had left of the month, and with what it had offset before. */
import { quoteOffset, type OffsetRequest, type OffsetRule } from '../../fees/rules/index.ts';

export type OffsetOutcome = { valueFen: number; points: Readonly<Record<string, number>> };
const NOTHING: OffsetOutcome = { valueFen: 0, points: {} };

/**
 * Remembers what each household used, and on which of its lines. `chosenFen`: what the resident wanted where that was less
 * than the most; cut to the most where the rule allows no more.
 */
export function offsetTrial(): (
  rule: OffsetRule,
  request: OffsetRequest,
  chosenFen?: number,
) => OffsetOutcome {
  const used = new Map<string, number>();
  const onLine = new Map<string, number>();
  return (rule, request, chosenFen) => {
    const { household, bill } = request;
    const key = `${household} ${bill.period}`;
    const lineOf = (line: { item: string; period: string }) => `${household} ${line.period} ${line.item}`;
    const usedThisMonthFen = used.get(key) ?? 0;
    const waiting = (request.waiting ?? []).map((line) => {
      const fen = onLine.get(lineOf(line)) ?? 0;
      return { ...line, offsetFen: line.offsetFen + fen, leftFen: Math.max(0, line.leftFen - fen) };
    });
    const asked = { ...request, usedThisMonthFen, waiting };
    const most = quoteOffset(rule, asked);
    if ('refusal' in most) return NOTHING;
    const isLess = chosenFen !== undefined && chosenFen < most.quote.valueFen;
    const wanted = isLess ? quoteOffset(rule, { ...asked, wantedFen: chosenFen }) : most;
    if ('refusal' in wanted) return NOTHING;
    const { valueFen, takes } = wanted.quote;
    used.set(key, usedThisMonthFen + valueFen);
    onLine.set(lineOf(bill), (onLine.get(lineOf(bill)) ?? 0) + valueFen);
    const points: Record<string, number> = {};
    for (const take of takes) points[take.unit] = (points[take.unit] ?? 0) + take.points;
    return { valueFen, points };
  };
}

type Tried = { offset: { item: string } };

/**
 * In the order in which residents would offset them: where the rule goes by turns, nobody is sent back who would have
 * begun with the right line. Households do not wait for each other.
 */
export function inOrderOf<One extends Tried>(rule: OffsetRule, offsets: readonly One[]): One[] {
  if (rule.itemOrder !== 'as-listed') return [...offsets];
  const place = ({ offset }: One) => {
    const at = rule.feeItems.indexOf(offset.item);
    return at < 0 ? rule.feeItems.length : at;
  };
  return offsets.toSorted((one, other) => place(one) - place(other));
}

/** Whether what was decided by one rule was in turn for the other as well: nobody is asked twice. */
export function sameTurns(one: OffsetRule, other: OffsetRule): boolean {
  const listed = ({ itemOrder, feeItems }: OffsetRule) => (itemOrder === undefined ? '' : feeItems.join('|'));
  return one.arrears === other.arrears && listed(one) === listed(other);
}

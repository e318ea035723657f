import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { formatFen, formatPoints } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

type Trials = ReturnType<typeof api>['v1']['places'][':place']['rule-trials'];
/** What a draft would have changed, as the API tells it. */
export type TrialAnswer = InferResponseType<Trials['$post'], 200>;
type Sums = { before: string; after: string };

/** Points, or the yuan of offsets. */
export function amountText(amount: string, measure: TrialAnswer['measure']): string {
  return measure === 'fen' ? formatFen(amount) : m.try_points({ points: formatPoints(amount) });
}

/** How much more or less, with its sign; nothing is said as such. */
export function changeText({ before, after }: Sums, measure: TrialAnswer['measure']): string {
  const change = BigInt(after) - BigInt(before);
  if (change === 0n) return m.try_no_change();
  return measure === 'fen'
    ? formatFen(change, true)
    : m.try_points({ points: formatPoints(change, 0, true) });
}

/** The answer in one sentence: how much more or less that month would have been. */
export function answerText(
  { before, after, measure }: Sums & Pick<TrialAnswer, 'measure'>,
  month: string,
): string {
  const change = BigInt(after) - BigInt(before);
  const amount = amountText(String(change < 0n ? -change : change), measure);
  if (change === 0n) return m.try_same({ month });
  if (measure === 'fen')
    return change > 0n ? m.try_offset_more({ month, amount }) : m.try_offset_less({ month, amount });
  return change > 0n ? m.try_more({ month, amount }) : m.try_less({ month, amount });
}

/** The funds whose budget does not reach for what one such month would give more; points that are used take no budget. */
export function fundsTooShort({
  funds,
  measure,
}: Pick<TrialAnswer, 'funds' | 'measure'>): TrialAnswer['funds'] {
  if (measure === 'fen') return [];
  return funds.filter(({ before, after, unissued }) => BigInt(after) - BigInt(before) > BigInt(unissued));
}

/** What the change would cost a fund when all of it is used, in micro-yuan. */
export function costMicro({ before, after, rateMicro }: Sums & { rateMicro: string }): bigint {
  return (BigInt(after) - BigInt(before)) * BigInt(rateMicro);
}

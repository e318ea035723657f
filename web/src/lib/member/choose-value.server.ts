import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { fenOf, plainNumber } from '$lib/yuan.ts';

type Quote = { value: string };
type Answered<Q> = Pick<Response, 'ok' | 'status' | 'headers'> & { json: () => Promise<Q | object> };

/** What a bill can be offset by: the most, or the less that was chosen; what the rule says against it is an answer. */
export type ChosenValue<Q> =
  { problem: Problem } | { problem: null; quote: Q; most: string; wanted: string; error: string | null };

/** `value` of the address is what somebody would rather offset. Whoever chose wrongly is shown the most, and why. */
export async function chooseValue<Q extends Quote>(
  ask: (value?: string) => Promise<Answered<Q>>,
  { url, locale }: { url: URL; locale: string },
): Promise<ChosenValue<Q>> {
  const unknown = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const wanted = plainNumber(url.searchParams.get('value') ?? '');
  const answer = await ask();
  if (!answer.ok) return { problem: await readProblem(answer as Response, locale, unknown) };
  const best = (await answer.json()) as Q;
  const plain = { problem: null, quote: best, most: best.value, wanted, error: null };
  if (wanted === '') return plain;
  if (fenOf(wanted) === undefined) return { ...plain, error: m.me_bill_value_wrong() };
  const less = await ask(wanted);
  if (less.ok) return { ...plain, quote: (await less.json()) as Q };
  const refused = await readProblem(less as Response, locale, unknown);
  return { ...plain, error: refused.detail ?? refused.title };
}

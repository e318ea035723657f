import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';
import { readProblem, type Problem } from '$lib/problem.ts';
import { fenOf, plainNumber } from '$lib/yuan.ts';

/** The member asks one route and the desk another, which answer the same. */
type Ask = ReturnType<typeof api>['v1']['bills'][':bill']['offset-quote']['$get'];
type Answered = Awaited<ReturnType<Ask>>;
type Quote = Awaited<ReturnType<Extract<Answered, { ok: true }>['json']>>;

/** What a bill can be offset by: the most, or the less that was chosen; what the rule says against it is an answer. */
export type ChosenValue =
  | { problem: Problem }
  | { problem: null; quote: Quote; most: string; wanted: string; error: string | null };

/**
 * Whose own points reach nothing may still have a family who agreed: who, where it is these points that would pay; nobody
 * otherwise. Also where one has no points at all.
 */
export async function familyWhoCouldPay(
  ask: () => Promise<Answered>,
  { problem, whose }: { problem: Problem; whose: 'own' | 'household' },
): Promise<Quote['agreed']> {
  if (whose === 'household' || !['no-points', 'nothing-to-offset'].includes(problem.code)) return undefined;
  const answer = await ask();
  if (!answer.ok) return undefined;
  const { seen, agreed } = await answer.json();
  return seen === undefined ? undefined : agreed;
}

/** `value` of the address is what somebody would rather offset. Whoever chose wrongly is shown the most, and why. */
export async function chooseValue(
  ask: (value?: string) => Promise<Answered>,
  { url, locale }: { url: URL; locale: string },
): Promise<ChosenValue> {
  const unknown = { title: m.error_busy_title(), advice: m.error_busy_advice() };
  const wanted = plainNumber(url.searchParams.get('value') ?? '');
  const answer = await ask();
  if (!answer.ok) return { problem: await readProblem(answer, locale, unknown) };
  const best = await answer.json();
  const plain = { problem: null, quote: best, most: best.value, wanted, error: null };
  if (wanted === '') return plain;
  if (fenOf(wanted) === undefined) return { ...plain, error: m.me_bill_value_wrong() };
  const less = await ask(wanted);
  if (less.ok) return { ...plain, quote: await less.json() };
  const refused = await readProblem(less, locale, unknown);
  return { ...plain, error: refused.detail ?? refused.title };
}

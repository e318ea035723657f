import { m } from '$lib/paraglide/messages.js';

/** Ends that a consent is offered: the same day three months, a year and three years from now, in Shanghai. */
export const terms = ['quarter', 'year', 'three'] as const;
export type Term = (typeof terms)[number];

const names: Record<Term, () => string> = {
  quarter: m.acting_until_quarter,
  year: m.acting_until_year,
  three: m.acting_until_three,
};
export const termName = (term: Term): string => names[term]();

const months: Record<Term, number> = { quarter: 3, year: 12, three: 36 };

/** The first day on which it no longer holds; of a month's end, the end of that month. */
export function endOf(term: Term, now: number): string {
  const day = new Date(now + 8 * 3_600_000);
  const [year, month] = [day.getUTCFullYear(), day.getUTCMonth() + months[term]];
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, Math.min(day.getUTCDate(), last))).toISOString().slice(0, 10);
}

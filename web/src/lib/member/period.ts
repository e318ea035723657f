import { formatMonth } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

/** `2026-06` as people say the month; `2026-01~2026-12`, of a bill for several, as 2026年1月至12月, January to December 2026. */
export function periodName(period: string): string {
  const locale = getLocale();
  const [first = '', last] = period.split('~');
  if (last === undefined) return formatMonth(first, locale);
  const isSameYear = first.slice(0, 4) === last.slice(0, 4);
  const bare = (month: string) => formatMonth(month, locale, false);
  // The year stands once, where the language puts it.
  const from = isSameYear && locale === 'en' ? bare(first) : formatMonth(first, locale);
  const to = isSameYear && locale !== 'en' ? bare(last) : formatMonth(last, locale);
  return m.me_period_to({ from, to });
}

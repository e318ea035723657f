import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

/** `2026-06` as people say the month; `2026-01~2026-12`, of a bill for several, as 2026年1月至12月. */
export function periodName(period: string): string {
  const [first = '', last] = period.split('~');
  if (last === undefined) return monthName(first);
  const [year = '', month = ''] = last.split('-');
  const isSameYear = first.startsWith(year) && getLocale() !== 'en';
  const to = isSameYear ? m.me_period_month({ month: String(Number(month)) }) : monthName(last);
  return m.me_period_to({ from: monthName(first), to });
}

function monthName(period: string): string {
  if (getLocale() === 'en') return period;
  const [year = '', month = ''] = period.split('-');
  return m.me_period({ year, month: String(Number(month)) });
}

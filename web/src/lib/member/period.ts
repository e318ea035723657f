import { m } from '$lib/paraglide/messages.js';
import { getLocale } from '$lib/paraglide/runtime.js';

/** `2026-06` as people say the month. */
export function periodName(period: string): string {
  if (getLocale() === 'en') return period;
  const [year = '', month = ''] = period.split('-');
  return m.me_period({ year, month: String(Number(month)) });
}

/** Several months that follow each other, as one word: `2026-01~2026-12`. One month is itself: `2026-06`. */
import type { Month } from './calendar.ts';

/** The first month and, where there are several, the last. */
export function splitMonths(text: string): { period: Month; periodTo: Month | null } {
  const [period = '', periodTo = null] = text.split('~');
  return { period, periodTo };
}

export function joinMonths({ period, periodTo }: { period: Month; periodTo?: Month | null }): string {
  return periodTo ? `${period}~${periodTo}` : period;
}

/** As people read it: one month as it is, several as 2026年1月至12月. */
export function sayMonths(text: string): { zh: string; en: string } {
  const { period, periodTo } = splitMonths(text);
  if (periodTo === null) return { zh: text, en: text };
  const [year = '', month = ''] = period.split('-');
  const [lastYear = '', lastMonth = ''] = periodTo.split('-');
  const last = `${lastYear === year ? '' : `${lastYear}年`}${Number(lastMonth)}月`;
  return { zh: `${year}年${Number(month)}月至${last}`, en: `${period} to ${periodTo}` };
}

import { monthLater } from '$lib/disclosure/months.ts';

const MONTH = /^20\d{2}-(?:0[1-9]|1[0-2])$/;

/** The present month in Shanghai. */
export function presentMonth(): string {
  return new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
}

/** The month that the address names, if it is one that has begun. */
export function monthIn(url: URL, otherwise: string, name = 'month'): string {
  const asked = url.searchParams.get(name) ?? '';
  return MONTH.test(asked) && asked <= presentMonth() ? asked : otherwise;
}

/** How far back pages lead month by month: three years. */
export function firstMonth(): string {
  return monthLater(presentMonth(), -36);
}

import { m } from '$lib/paraglide/messages.js';
import type { SortOption } from './table.ts';

/** Orders that lists have, as the API calls them. */
const names = {
  newest: m.ui_sort_newest,
  oldest: m.ui_sort_oldest,
  most: m.ui_sort_most,
  house: m.ui_sort_house,
  day: m.ui_sort_day,
  granted: m.ui_sort_oldest,
} as const satisfies Record<string, () => string>;

/** The orders of one list, the one it has by itself first. */
export function sortOptions(sorts: readonly (keyof typeof names)[]): SortOption[] {
  return sorts.map((value) => ({ value, label: names[value]() }));
}

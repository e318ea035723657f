/** A word under each group of bars: the month. Which year it is of stands in the table. */
export function monthLabels(months: readonly string[]): string[] {
  return months.map((month) => String(Number(month.slice(5))));
}

/** From the first month that has anything on: what was before the first offset is no line of a table. */
export function sinceFirst<Month extends { count: number }>(months: readonly Month[]): Month[] {
  const first = months.findIndex(({ count }) => count > 0);
  return first < 0 ? [] : months.slice(first);
}

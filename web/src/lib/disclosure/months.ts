/** `2026-06` and so many months later; negative for earlier ones. */
export function monthLater(month: string, months: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, of - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The month that a notice board shows first: the last one that is over, where there is one. */
export function firstShown({ first, last }: { first: string; last: string }): string {
  const over = monthLater(last, -1);
  return over < first ? last : over;
}

/** The months from one to another, the newest first. */
export function monthsBetween({ first, last }: { first: string; last: string }): string[] {
  const months: string[] = [];
  for (let month = last; month >= first && months.length < 600; month = monthLater(month, -1))
    months.push(month);
  return months;
}

/** Minutes as hours, with at most one digit after the point: 7,340 as `122.3`. */
export function hoursText(minutes: number): string {
  return (Math.round(minutes / 6) / 10).toLocaleString('en', { maximumFractionDigits: 1 });
}

/** A word under each group of bars: the month, and its year where the year begins. */
export function monthLabels(months: readonly string[]): string[] {
  return months.map((month, at) => {
    const [year = '', number = ''] = month.split('-');
    const begins = at > 0 && months[at - 1]?.slice(0, 4) !== year;
    return begins ? `${Number(number)} · ${year}` : String(Number(number));
  });
}

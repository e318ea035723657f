/** A round number at or above the largest value, and the rules to draw: 0 and up to four above it. */
export function axisOf(values: readonly number[]): { top: number; ticks: number[] } {
  const most = Math.max(0, ...values);
  if (most === 0) return { top: 1, ticks: [0] };
  const power = 10 ** Math.floor(Math.log10(most / 4));
  const step = Math.max(1, ([1, 2, 2.5, 5, 10].find((one) => one * power * 4 >= most) ?? 10) * power);
  const count = Math.ceil(most / step);
  return { top: count * step, ticks: Array.from({ length: count + 1 }, (_, nth) => nth * step) };
}

type Documents = { count: number; first: string; last: string };

/** Whether other estates of the firm have numbers between the first and the last, or a second series stands beside. */
export function hasOthersBetween({ count, first, last }: Documents): boolean {
  const [from, to] = [endOf(first), endOf(last)];
  return from.series !== to.series || to.nth - from.nth + 1 !== count;
}

function endOf(number: string): { series: string; nth: number } {
  const digits = /\d*$/.exec(number)?.[0] ?? '';
  return { series: number.slice(0, number.length - digits.length), nth: Number(digits) };
}

/**
 * Whether somebody looks for an offset by its number (DK-2606-0001, 2606-0001) and not by a house: 2201-05, B0501 and
 * A-2-0501 are houses. The middle is a year of this century and a month.
 */
export function isNumber(text: string): boolean {
  return /^(dk(-|$)|\d{2}(0[1-9]|1[0-2])-[a-z]?\d{4,6}$)/i.test(text);
}

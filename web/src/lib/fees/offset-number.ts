/** Whether somebody looks for an offset by its number (DK-2606-0001, 2606-0001) and not by a house (3-2-0501). */
export function isNumber(text: string): boolean {
  return /^[a-z][a-z0-9-]*$/i.test(text) || /^\d{4}-\d{1,6}$/.test(text);
}

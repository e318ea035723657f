/** Yuan as the API writes and takes them (`35.49`), in fen and back; nothing goes through a float. */

/** Undefined for anything that is not an amount like 58.50: no `1e9`, no `-0`, no `0.001`. */
export function fenOf(yuan: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/.test(yuan)) return undefined;
  const [whole = '', rest = ''] = yuan.split('.');
  return Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}

/** What people type: full-width digits, a yuan sign, thousands separators, blanks. */
export function plainNumber(text: string): string {
  return text.normalize('NFKC').replace(/[\s,¥元]/g, '');
}

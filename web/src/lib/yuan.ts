/** Yuan as the API writes and takes them (`35.49`), in fen and back; nothing goes through a float. */

/** Undefined for anything that is not an amount like 58.50: no `1e9`, no `-0`, no `0.001`. */
export function fenOf(yuan: string): number | undefined {
  if (!/^(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/.test(yuan)) return undefined;
  const [whole = '', rest = ''] = yuan.split('.');
  return Number(whole) * 100 + Number(rest.padEnd(2, '0'));
}

/** Separators of thousands stand before every three digits and nowhere else. */
const grouped = /^\d{1,3}(?:[,\s]\d{3})+(?:\.\d*)?$/;

/**
 * What people type as a plain number: full-width digits, a yuan sign, thousands separators. A comma anywhere else may
 * be meant as a point (`12,5`) and is left standing, so that the number is refused instead of read ten times too large.
 */
export function plainNumber(text: string): string {
  const bare = text.normalize('NFKC').replace(/^[\s¥]+|[\s元]+$/g, '');
  return grouped.test(bare) ? bare.replace(/[,\s]/g, '') : bare;
}

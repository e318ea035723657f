/** Protects rule 8: texts are well-formed Unicode without U+0000, which PostgreSQL could not keep. */

/** In UTF-16 units: three of them still fit an index entry of either engine. */
export const MAX_TEXT = 256;

export function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\u0000');
}

/** A text of the ledger's own, short enough for an index. */
export function isShortText(value: string): boolean {
  return value.length <= MAX_TEXT && isText(value);
}

/** A part of a natural key: never empty, and without the spaces and bars that separate such parts. */
export function isName(value: string): boolean {
  return value.length > 0 && isShortText(value) && !/[\s|]/.test(value);
}

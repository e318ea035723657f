/**
 * A cell as its author meant it: full-width letters, digits and signs (０５０１，＃) as plain ones, no outer spaces. Chinese
 * characters are left alone: NFKC would replace some that stand in people's names.
 */
export function cleanCell(text: string): string {
  if (CLEAN.test(text)) return text;
  const plain = text
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00A0\t\r\n]+/g, ' ')
    .replace(/[\u200B-\u200F\u2060\uFEFF\u202A-\u202E]/g, '')
    .trim();
  // Our own files guard a cell that a program would run; sent back, the guard comes off (see write-csv.ts).
  const unguarded = plain.replace(/^'(?=[=+\-@])/, '');
  // Many programs export ="0501", a formula that keeps the zeros.
  return unguarded.replace(/^="([^"]*)"$/, '$1');
}

/** Nearly every cell is clean already; that is seen in one look. */
const CLEAN = /^[!-&(-<>-~\u4e00-\u9fff]*$/;

/** Without any space inside: for codes, amounts and header words. */
export function squeeze(text: string): string {
  if (CLEAN.test(text)) return text;
  return cleanCell(text).replace(/\s+/g, '');
}

/** A header word to compare by: no spaces, no unit or hint in brackets, no star or colon. */
export function headerKey(text: string): string {
  return squeeze(text)
    .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】|〔[^〕]*〕/g, '')
    .replace(/^[*＊]+|[*＊::。.、]+$/g, '')
    .toLowerCase();
}

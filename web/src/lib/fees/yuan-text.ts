import { kept } from '$lib/format.ts';

/** `1449.04` as the API writes it, to `¥1,449.04`; a minus keeps its sign, and signed puts + before a gain. */
export function yuanText(yuan: string, signed = false): string {
  const isNegative = yuan.startsWith('-');
  const [whole = '0', rest = '00'] = yuan.replace('-', '').split('.');
  const digits = `¥${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
  if (isNegative) return `\u2212${kept}${digits}`;
  return signed && !isZero(yuan) ? `+${kept}${digits}` : digits;
}

export function isZero(yuan: string): boolean {
  return /^-?0(?:\.0+)?$/.test(yuan);
}

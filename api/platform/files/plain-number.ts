const DIGITS = 15;

/**
 * A stored number as Excel shows it: at most 15 significant digits, no exponent. 104.39999999999999 (104.4 computed in
 * binary) is `104.4`, 1.38E10 is `13800000000`. Text that is no number comes back as it is.
 */
export function plainNumber(stored: string): string {
  const value = Number(stored);
  if (stored.trim() === '' || !Number.isFinite(value)) return stored;
  const rounded = Number(value.toPrecision(DIGITS));
  if (Object.is(rounded, -0)) return '0';
  return withoutExponent(String(rounded));
}

function withoutExponent(text: string): string {
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text);
  if (found === null) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = found;
  const shift = Number(exponent);
  const digits = whole + fraction;
  if (shift >= 0) return sign + digits.padEnd(shift + 1, '0');
  return `${sign}0.${'0'.repeat(-shift - 1)}${digits}`;
}

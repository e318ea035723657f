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

/**
 * A plain number as a cell shows it that is formatted with two places, half a cent away from zero as Excel does it, and
 * what was left off, in hundredths: 100.6595 is `100.66` and -0.05. Undefined where two places show all of it.
 */
export function shownWithCents(plain: string): { text: string; restCents: number } | undefined {
  const found = /^(-?)(\d+)\.(\d\d)(\d+)$/.exec(plain);
  if (found === null) return undefined;
  const [, sign = '', whole = '', cents = '', more = ''] = found;
  const up = more >= '5';
  const digits = String(BigInt(whole + cents) + (up ? 1n : 0n)).padStart(3, '0');
  const text = `${digits.slice(0, -2)}.${digits.slice(-2)}`;
  const rest = Number(`0.${more}`) - (up ? 1 : 0);
  return { text: sign + text, restCents: sign === '' ? rest : -rest };
}

/** The numbers of a rule as they are typed and as they are kept; nothing goes through a float. */

/** `0.6` as `60`, `0.125` as `12.5`. */
export function percentText(share: string): string {
  const [whole = '0', rest = ''] = share.split('.');
  const digits = `${whole}${rest.padEnd(2, '0')}`;
  const cut = digits.length - Math.max(0, rest.length - 2);
  const decimals = digits.slice(cut).replace(/0+$/, '');
  return `${digits.slice(0, cut).replace(/^0+(?=\d)/, '')}${decimals === '' ? '' : `.${decimals}`}`;
}

/** `60` as `0.6`; undefined for more than 100 % or more than two decimals. */
export function shareOf(percent: string): string | undefined {
  const [, whole = '', rest = ''] = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(percent) ?? [];
  if (whole === '') return undefined;
  const digits = `${whole.padStart(3, '0')}${rest}`;
  const share =
    `${digits.slice(0, -2 - rest.length).replace(/^0+(?=\d)/, '')}.${digits.slice(-2 - rest.length)}`.replace(
      /\.?0+$/,
      '',
    );
  return /^(?:0(?:\.\d{1,4})?|1)$/.test(share) ? share : undefined;
}

/** Fen as typed yuan: `50`, `0.35`. */
export function yuanText(fen: number): string {
  return decimalText(fen, 2);
}

/** Micro-yuan as typed yuan: `0.1`. */
export function microText(micro: number): string {
  return decimalText(micro, 6);
}

/** `0.1` yuan in micro-yuan; undefined for nothing, for more than ¥100 or for more than four decimals. */
export function microOf(yuan: string): number | undefined {
  const [, whole = '', rest = ''] = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(yuan) ?? [];
  if (whole === '') return undefined;
  const micro = Number(`${whole}${rest.padEnd(6, '0')}`);
  return micro >= 1 && micro <= 100_000_000 ? micro : undefined;
}

function decimalText(amount: number, decimals: number): string {
  const digits = String(amount).padStart(decimals + 1, '0');
  const rest = digits.slice(-decimals).replace(/0+$/, '');
  return `${digits.slice(0, -decimals)}${rest === '' ? '' : `.${rest}`}`;
}

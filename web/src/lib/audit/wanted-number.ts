/** What an auditor may type to open a transaction: its number as a page writes it, or the id out of an address. */
export type Wanted = { number: string } | { id: string } | 'none' | 'wrong';

const bookSpan = 1n << 40n;

export function wantedNumber(typed: string): Wanted {
  // NFKC writes № as No, and full-width digits as plain ones.
  const bare = typed
    .normalize('NFKC')
    .trim()
    .replace(/^No\.?\s*/i, '')
    .replace(/(?<=\d)[,\s](?=\d{3}(?!\d))/g, '');
  if (bare === '') return 'none';
  if (!/^[1-9]\d{0,15}$/.test(bare)) return 'wrong';
  return BigInt(bare) < bookSpan ? { number: bare } : { id: bare };
}

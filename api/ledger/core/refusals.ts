/**
 * Protects: a refusal decided by the rules is a value of a closed union, remembered under its key, so that a
 * retry hears the same answer. Bugs are exceptions and never end up here.
 */
export type RefusalCode =
  | 'insufficient-points'
  | 'budget-exhausted'
  | 'value-not-reachable'
  | 'hold-not-found'
  | 'hold-ended'
  | 'hold-exceeded'
  | 'award-not-found'
  | 'award-settled'
  | 'transaction-not-found'
  | 'not-reversible'
  | 'reversal-exceeded'
  | 'not-yet-expired'
  | 'overpaid'
  | 'exposure-exceeded'
  | 'month-closed'
  | 'effective-in-future'
  | 'cap-exceeded'
  | 'already-done'
  | 'not-balanced'
  | 'wrong-account'
  | 'between-members'
  | 'invariant-broken'
  | 'out-of-bounds'
  | 'too-many-series'
  | 'too-many-entries'
  | 'amount-out-of-range'
  | 'bad-text'
  | 'reserved-key'
  | 'rate-not-exact'
  | 'terms-missing'
  | 'row-not-found'
  | 'version-conflict'
  | 'key-reused';

/** Facts are ids, codes and numbers only: they are stored with the key and must never hold personal data. */
export type Refusal = { code: RefusalCode; facts?: Readonly<Record<string, string | number>> };

/** Rule 4: bad input and conflicts may succeed under the same key once mended, so their answer is not kept. */
const FORGOTTEN: ReadonlySet<RefusalCode> = new Set([
  'amount-out-of-range',
  'bad-text',
  'reserved-key',
  'version-conflict',
  'key-reused',
]);

export function isRemembered(refusal: Refusal): boolean {
  return !FORGOTTEN.has(refusal.code);
}

export function refuse(code: RefusalCode, facts?: Readonly<Record<string, string | number>>): Refusal {
  return facts ? { code, facts } : { code };
}

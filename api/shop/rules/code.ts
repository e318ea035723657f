/**
 * The redemption code (积分码): one code for earning and spending, as a QR and as digits.
 *
 * Protects: a code is random enough not to be guessed, lives for at most a minute, and works once. Randomness and
 * time come in from outside; what is kept of token and digits are their hashes, which is the store's business.
 */
import type { Instant } from '../../programme/rules/index.ts';
import { hasValidCheckDigit, withCheckDigit } from './check-digit.ts';

/** A photograph of a code is of no use a minute later. */
export const CODE_LIFE_MS = 60_000;
/** 128 bits for the token, 64 for the digits. */
export const CODE_RANDOM_BYTES = 24;
const TOKEN_BYTES = 16;
/** Eleven random digits and their check digit: three groups of four to read out. */
const RANDOM_DIGITS = 11;

export type Code = {
  /** In the QR's link: 22 characters of base64url. */
  token: string;
  /** For whoever cannot scan: twelve digits. */
  digits: string;
  createdAt: Instant;
  endsAt: Instant;
};

/** A new code of fresh random bytes, at least `CODE_RANDOM_BYTES` of them. */
export function createCode(random: Uint8Array, at: Instant): Code {
  if (random.length < CODE_RANDOM_BYTES) throw new RangeError('too few random bytes for a code');
  const token = base64url(random.subarray(0, TOKEN_BYTES));
  let number = 0n;
  for (const byte of random.subarray(TOKEN_BYTES, CODE_RANDOM_BYTES)) number = (number << 8n) | BigInt(byte);
  // 2^64 is 10^8 times as many as eleven digits can tell apart, so the division's bias is nothing.
  const digits = (number % 10n ** BigInt(RANDOM_DIGITS)).toString().padStart(RANDOM_DIGITS, '0');
  return { token, digits: withCheckDigit(digits), createdAt: at, endsAt: at + CODE_LIFE_MS };
}

/** What was scanned or typed: a token (also inside our link), or digits; `typo` when the check digit says so. */
export type ReadCode = { token: string } | { digits: string } | { fault: 'typo' | 'not-a-code' };

/** `origin` is where our links begin, such as `https://linli.example`; a link to anywhere else is not ours. */
export function readCode(text: string, origin: string): ReadCode {
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/[\s-]/g, '');
  if (/^\d+$/.test(digits)) {
    if (digits.length !== RANDOM_DIGITS + 1) return { fault: 'typo' };
    return hasValidCheckDigit(digits) ? { digits } : { fault: 'typo' };
  }
  // Shorter than any code: what somebody typed, and not what a till has read.
  if (plain.length <= RANDOM_DIGITS + 1) return { fault: 'typo' };
  const link = codeLink(origin, '');
  const token = plain.startsWith(link) ? plain.slice(link.length) : plain;
  return isToken(token) ? { token } : { fault: 'not-a-code' };
}

/** The link in the QR: on our own origin, so that WeChat's scanner or a phone's camera opens the till. */
export function codeLink(origin: string, token: string): string {
  return `${origin}/c/${token}`;
}

/** 123456789012 as 1234 5678 9012. */
export function formatDigits(digits: string): string {
  return digits.replace(/(\d{4})(?=\d)/g, '$1 ');
}

export type CodeState = 'live' | 'used' | 'ended';

/** Used comes before ended: a repeat must hear that it was done, with time and clerk, not that it came too late. */
export function codeState(code: { endsAt: Instant; usedAt: Instant | null }, now: Instant): CodeState {
  if (code.usedAt !== null) return 'used';
  return now < code.endsAt ? 'live' : 'ended';
}

/** Nine random digits of a pick-up code and their check digit: told from a member's twelve by their number. */
const PICK_UP_DIGITS = 9;

/** The code of an order, as long as the order lives: for the till, and for a relative who fetches it. */
export function createPickUp(random: Uint8Array): { token: string; digits: string } {
  const { token, digits } = createCode(random, 0);
  return { token, digits: withCheckDigit(digits.slice(0, PICK_UP_DIGITS)) };
}

/** A pick-up code as it was scanned or typed; `origin` as for `readCode`. */
export function readPickUp(text: string, origin: string): ReadCode {
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replace(/[\s-]/g, '');
  if (/^\d+$/.test(digits))
    return digits.length === PICK_UP_DIGITS + 1 && hasValidCheckDigit(digits)
      ? { digits }
      : { fault: 'typo' };
  const link = pickUpLink(origin, '');
  const token = plain.startsWith(link) ? plain.slice(link.length) : '';
  return isToken(token) ? { token } : { fault: 'not-a-code' };
}

/** The link in an order's QR. */
export function pickUpLink(origin: string, token: string): string {
  return `${origin}/p/${token}`;
}

/** 1234567890 as 123 456 7890, the last four together as on a phone. */
export function formatPickUp(digits: string): string {
  return digits.replace(/^(\d{3})(\d{3})/, '$1 $2 ');
}

function isToken(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}$/.test(text);
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function base64url(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 6) {
      bits -= 6;
      text += ALPHABET.charAt((held >> bits) & 63);
    }
    held &= (1 << bits) - 1;
  }
  return bits > 0 ? text + ALPHABET.charAt((held << (6 - bits)) & 63) : text;
}

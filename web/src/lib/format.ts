/**
 * Numbers and times as residents read them. Amounts arrive as integers in the smallest step (strings on the wire);
 * nothing here goes through a float, and nothing depends on the machine's own zone.
 */
export type Whole = number | string | bigint;

const minus = '\u2212';
const zone = 'Asia/Shanghai';

function parts(amount: Whole, decimals: number): { negative: boolean; whole: string; rest: string } {
  const value = BigInt(amount);
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  return {
    negative: value < 0n,
    whole: digits.slice(0, cut).replace(/\B(?=(\d{3})+$)/g, ','),
    rest: digits.slice(cut),
  };
}

function signOf(negative: boolean, zero: boolean, signed: boolean): string {
  if (negative) return minus;
  return signed && !zero ? '+' : '';
}

/** `formatPoints('3189', 0)` is `3,189`; signed puts + before a gain. */
export function formatPoints(amount: Whole, decimals = 0, signed = false): string {
  const { negative, whole, rest } = parts(amount, decimals);
  return `${signOf(negative, BigInt(amount) === 0n, signed)}${whole}${decimals > 0 ? `.${rest}` : ''}`;
}

/** Fen to `¥1,234.56`. */
export function formatFen(amountFen: Whole, signed = false): string {
  const { negative, whole, rest } = parts(amountFen, 2);
  return `${signOf(negative, BigInt(amountFen) === 0n, signed)}¥${whole}.${rest}`;
}

/** Micro-yuan to `¥2.00`, or with as many places as it has, up to six: what accrues is never shown rounded. */
export function formatMicro(amountMicro: Whole, signed = false): string {
  const { negative, whole, rest } = parts(amountMicro, 6);
  const places = rest.replace(/0{1,4}$/, '');
  return `${signOf(negative, BigInt(amountMicro) === 0n, signed)}¥${whole}.${places}`;
}

type Moment = string | number | Date;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    formatters.set(key, found);
  }
  return found;
}

/** `2026年6月13日` / `13 June 2026`. */
export function formatDate(at: Moment, locale: string): string {
  const language = locale === 'en' ? 'en-GB' : locale;
  return formatter(language, 'date', { year: 'numeric', month: 'long', day: 'numeric' }).format(new Date(at));
}

/** `6月13日 19:00` / `13 Jun, 19:00`. */
export function formatDateTime(at: Moment, locale: string): string {
  const when = new Date(at);
  const language = locale === 'en' ? 'en-GB' : locale;
  const day = formatter(language, 'day', { month: 'short', day: 'numeric' }).format(when);
  const time = formatter(language, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    when,
  );
  return locale === 'en' ? `${day}, ${time}` : `${day} ${time}`;
}

/** Seconds until then, never below zero. */
export function secondsUntil(at: Moment, now: number): number {
  return Math.max(0, Math.ceil((new Date(at).getTime() - now) / 1000));
}

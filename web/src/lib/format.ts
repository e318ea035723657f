/**
 * Numbers and times as residents read them. Amounts arrive as integers in the smallest step (strings on the wire);
 * nothing here goes through a float, and nothing depends on the machine's own zone.
 */
export type Whole = number | string | bigint;

const minus = '\u2212';
/** Between a sign and ¥, where a line would otherwise end: an amount that has lost its minus is another amount. */
export const kept = '\u2060';
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

function signOfYuan(...of: Parameters<typeof signOf>): string {
  const sign = signOf(...of);
  return sign === '' ? '' : sign + kept;
}

/** `formatPoints('3189', 0)` is `3,189`; signed puts + before a gain. */
export function formatPoints(amount: Whole, decimals = 0, signed = false): string {
  const { negative, whole, rest } = parts(amount, decimals);
  return `${signOf(negative, BigInt(amount) === 0n, signed)}${whole}${decimals > 0 ? `.${rest}` : ''}`;
}

/** Fen to `¥1,234.56`. */
export function formatFen(amountFen: Whole, signed = false): string {
  const { negative, whole, rest } = parts(amountFen, 2);
  return `${signOfYuan(negative, BigInt(amountFen) === 0n, signed)}¥${whole}.${rest}`;
}

/** Micro-yuan to `¥2.00`, or with as many places as it has, up to six: what accrues is never shown rounded. */
export function formatMicro(amountMicro: Whole, signed = false): string {
  const { negative, whole, rest } = parts(amountMicro, 6);
  const places = rest.replace(/0{1,4}$/, '');
  return `${signOfYuan(negative, BigInt(amountMicro) === 0n, signed)}¥${whole}.${places}`;
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

const languageOf = (locale: string): string => (locale === 'en' ? 'en-GB' : locale);

/** `2026年6月13日` / `13 June 2026`. */
export function formatDate(at: Moment, locale: string): string {
  return formatter(languageOf(locale), 'date', { year: 'numeric', month: 'long', day: 'numeric' }).format(
    new Date(at),
  );
}

/** `2026-06` as `2026年6月` / `June 2026`, without its year as `6月` / `June`; what is no month stays as it is. */
export function formatMonth(period: string, locale: string, withYear = true): string {
  const at = new Date(`${period}-15T00:00:00Z`);
  if (!/^\d{4}-\d{2}$/.test(period) || Number.isNaN(at.getTime())) return period;
  // The long month alone is 六月.
  const month = { month: locale === 'en' ? 'long' : 'short' } as const;
  const options = withYear ? ({ year: 'numeric', ...month } as const) : month;
  return formatter(languageOf(locale), `month ${withYear}`, options).format(at);
}

/** What stands in quotation marks is somebody's own: a sheet, a house, an account. */
const QUOTED = /“[^”]*”|"[^"]*"|「[^」]*」|‘[^’]*’/;
/** A month or a day, and not a part of a number, of a file's name or of a moment. */
const DATED =
  /(?<![\w~-])(20\d\d-(?:0[1-9]|1[0-2]))(-\d\d)?(?![\w~-]|[^\s，。；：、！？,;:“”"「」]*\.[a-z]|[^，。；：、！？,;:“”"「」]{0,40}\.(?:xlsx?|csv|tsv|pdf|ofd|xml|zip|png|jpe?g)\b)/;
const DATES = new RegExp(`${QUOTED.source}|${DATED.source}`, 'gi');

/**
 * A sentence's months and days as people say them: `计费月份 2026-06` as `计费月份 2026年6月`. What is quoted, numbers of
 * documents, names of files and days that are none stay.
 */
export function formatDatesIn(text: string, locale: string): string {
  return text.replace(DATES, (found: string, month: string | undefined, day: string | undefined) => {
    if (month === undefined) return found;
    if (day === undefined) return formatMonth(month, locale);
    const at = new Date(`${found}T00:00:00Z`);
    const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(found);
    return isDay ? formatDate(found, locale) : found;
  });
}

/** `6月13日` / `13 Jun`, with its year where that is not the one of `now`. */
function formatDay(at: Date, locale: string, now: Moment): string {
  const language = languageOf(locale);
  const yearOf = (moment: Date): string => formatter(language, 'year', { year: 'numeric' }).format(moment);
  const day = { month: 'short', day: 'numeric' } as const;
  return yearOf(at) === yearOf(new Date(now))
    ? formatter(language, 'day', day).format(at)
    : formatter(language, 'day of a year', { year: 'numeric', ...day }).format(at);
}

function formatTime(at: Date, locale: string): string {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return formatter(languageOf(locale), 'time', options).format(at);
}

/** `6月13日 19:00` / `13 Jun, 19:00`; of another year than that of `now`, `2025年6月13日 19:00` / `13 Jun 2025, 19:00`. */
export function formatDateTime(at: Moment, locale: string, now: Moment = Date.now()): string {
  const when = new Date(at);
  return `${formatDay(when, locale, now)}${locale === 'en' ? ',' : ''} ${formatTime(when, locale)}`;
}

/** `6月13日 19:00–20:30`; the day stands once where both ends are on it. */
export function formatTimeRange(
  start: Moment,
  end: Moment,
  locale: string,
  now: Moment = Date.now(),
): string {
  const [from, to] = [new Date(start), new Date(end)];
  const isOneDay = formatDay(from, locale, now) === formatDay(to, locale, now);
  return isOneDay
    ? `${formatDateTime(from, locale, now)}–${formatTime(to, locale)}`
    : `${formatDateTime(from, locale, now)} – ${formatDateTime(to, locale, now)}`;
}

/** Seconds until then, never below zero. */
export function secondsUntil(at: Moment, now: number): number {
  return Math.max(0, Math.ceil((new Date(at).getTime() - now) / 1000));
}

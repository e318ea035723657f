/** How a number in a cell is meant: Excel keeps dates as day numbers and marks them only by their format. */
/** `decimals`: shown with two places, whatever is stored. */
export type NumberMeaning = 'number' | 'date' | { readonly digits: number } | { readonly decimals: 2 };

/** Formats that a file refers to by number alone (ECMA-376 part 1, 18.8.30), the Chinese ones among them. */
const BUILT_IN_DATES: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Those of them that show two places: 0.00, #,##0.00, money and accounts. */
const BUILT_IN_CENTS: readonly number[] = [2, 4, 7, 8, 39, 40, 43, 44];
/** A percentage, an exponent or a scale (a comma behind) shows something else than the number. */
const CENTS = /^[^0-9#?.%Ee]*[#0?,]*[#0?]\.00[^0-9#?.%Ee,]*$/;

export function meaningOf(formatId: number, code: string | undefined): NumberMeaning {
  if (code === undefined) {
    if (BUILT_IN_CENTS.includes(formatId)) return { decimals: 2 };
    return BUILT_IN_DATES.some(([from, to]) => formatId >= from && formatId <= to) ? 'date' : 'number';
  }
  const bare = (code.split(';')[0] ?? '')
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .trim();
  // `0000` shows 501 as 0501: that is the room's number.
  if (/^0{2,20}$/.test(bare)) return { digits: bare.length };
  if (/[ymdhs年月日]/i.test(bare) && !/^general$/i.test(bare)) return 'date';
  return CENTS.test(bare) ? { decimals: 2 } : 'number';
}

const DAY_MS = 86_400_000;
const DAYS_TO_1970 = 25_569;
const DAYS_1904 = 1_462;
/** 9999-12-31, Excel's last day. */
const LAST_DAY = 2_958_465;

/**
 * A day number as an ISO date, with its time when it has one; a time alone when there is no day. Excel believes in
 * 1900-02-29 (day 60); it is written as such and refused later, as any day that does not exist.
 */
export function dateText(stored: string, from1904: boolean): string {
  const value = Number(stored) + (from1904 ? DAYS_1904 : 0);
  if (!Number.isFinite(value) || value < 0 || value > LAST_DAY + 1) return stored;
  const day = Math.floor(value);
  const seconds = Math.round((value - day) * 86_400);
  const clock = new Date(seconds * 1_000).toISOString().slice(11, 19);
  if (day === 0) return clock;
  if (day === 60 && seconds < 86_400) return '1900-02-29';
  const sinceEpoch = (day < 60 ? day + 1 : day) - DAYS_TO_1970;
  const instant = new Date(sinceEpoch * DAY_MS + seconds * 1_000).toISOString();
  return seconds % 86_400 === 0 ? instant.slice(0, 10) : `${instant.slice(0, 10)} ${clock}`;
}

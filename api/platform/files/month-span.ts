/** The months that one line stands for: one, or several that follow each other, such as a year paid at once. */
import { parsePeriod, type CellReason, type CellValue } from './cell-values.ts';
import { squeeze } from './clean-text.ts';

/** Nobody charges more at once; more is a slip of the pen. */
const MOST_MONTHS = 24;

const REFUSED = {
  backwards: {
    code: 'months-backwards',
    zh: '结束月份早于开始月份，请核对',
    en: 'The last month comes before the first; please check it',
  },
  many: {
    code: 'months-too-many',
    zh: `一笔账单最多 ${MOST_MONTHS} 个月，请核对`,
    en: `One line stands for at most ${MOST_MONTHS} months; please check it`,
  },
  broken: {
    code: 'months-not-whole',
    zh: '起止日期不是整月（要从 1 号到月末），请写成 2026-01~2026-12 这样',
    en: 'These days are not whole months; write it like 2026-01~2026-12',
  },
} as const satisfies Record<string, CellReason>;

const TO = '(?:至|到|~|～|—|--|——|-)';
const MONTH = '(\\d{4})(?:[-/.]|年)?(0?[1-9]|1[0-2])月?(?:份)?';
const DAY = '(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?';
const YEAR = /^(20\d{2})(?:年|年度|年全年|全年|年整年)?$/;
const QUARTER = /^(20\d{2})年?(?:第?([一二三四1-4])季度?|[Qq]([1-4])|([上下])半年)$/;
const WITHIN_YEAR = new RegExp(`^(20\\d{2})年(\\d{1,2})月?${TO}(\\d{1,2})月(?:份)?$`);
const MONTHS = new RegExp(`^${MONTH}${TO}${MONTH}$`);
const DAYS = new RegExp(`^${DAY}${TO}${DAY}$`);
const NUMERALS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4 };

/** `2026-11` for one month in any of the ways it is written; `2026-01~2026-12` for several. */
export function parseMonths(text: string): CellValue<string> {
  const bare = squeeze(text).replace(/(?:物业费|账单)$/, '');
  return spanOf(bare) ?? parsePeriod(text);
}

function spanOf(bare: string): CellValue<string> | undefined {
  const year = YEAR.exec(bare)?.[1];
  if (year !== undefined) return months(year, 1, year, 12);
  const part = QUARTER.exec(bare);
  if (part) {
    const [, of = '', numeral, digit, half] = part;
    if (half !== undefined) return half === '上' ? months(of, 1, of, 6) : months(of, 7, of, 12);
    const quarter = NUMERALS[numeral ?? ''] ?? Number(numeral ?? digit);
    return months(of, quarter * 3 - 2, of, quarter * 3);
  }
  const within = WITHIN_YEAR.exec(bare);
  if (within) return months(within[1], Number(within[2]), within[1], Number(within[3]));
  const days = DAYS.exec(bare);
  if (days) return wholeMonths(days);
  const both = MONTHS.exec(bare);
  return both ? months(both[1], Number(both[2]), both[3], Number(both[4])) : undefined;
}

function months(fromYear = '', from = 0, toYear = '', to = 0): CellValue<string> | undefined {
  if (from < 1 || from > 12 || to < 1 || to > 12) return undefined;
  const count = (Number(toYear) - Number(fromYear)) * 12 + to - from + 1;
  if (count < 1) return { reason: REFUSED.backwards };
  if (count > MOST_MONTHS) return { reason: REFUSED.many };
  const first = `${fromYear}-${String(from).padStart(2, '0')}`;
  return { value: count === 1 ? first : `${first}~${toYear}-${String(to).padStart(2, '0')}` };
}

/** Days within one month are that month; days over several must be whole months. */
function wholeMonths([, y1 = '', m1, d1, y2 = '', m2, d2]: RegExpExecArray): CellValue<string> | undefined {
  const [from, to] = [Number(m1), Number(m2)];
  if (y1 === y2 && from === to) return undefined;
  const lastDay = new Date(Date.UTC(Number(y2), to, 0)).getUTCDate();
  if (Number(d1) !== 1 || Number(d2) !== lastDay) return { reason: REFUSED.broken };
  return months(y1, from, y2, to);
}

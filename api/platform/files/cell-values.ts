/** Reads one cell as what it stands for. A cell that could mean two things is refused with its reason, never guessed. */
import type { Words } from '../language.ts';
import { parseYuan } from '../money/index.ts';
import { squeeze } from './clean-text.ts';

export interface CellReason extends Words {
  readonly code: string;
}
export type CellValue<Value> = { readonly value: Value } | { readonly reason: CellReason };

function refuse(code: string, zh: string, en: string): { reason: CellReason } {
  return { reason: { code, zh, en } };
}

/** ¥100,000,000 on one line is a typing error, in any estate. */
const MOST_FEN = 10_000_000_000;

/** `1,318.32`, `￥12.40` or `12.4元` in fen. Digits beyond the fen are refused unless they are zeros. */
export function parseAmount(text: string, form: { negative?: boolean } = {}): CellValue<number> {
  const bare = squeeze(text)
    .replace(/^(-?)[¥￥]/, '$1')
    .replace(/元$/, '');
  const broken = brokenCell(bare);
  if (broken !== undefined) return broken;
  const plain = bare.replace(/^(-?[\d,]+\.\d\d)0+$/, '$1');
  const parsed = parseYuan(plain, { separators: true, negative: form.negative ?? false });
  if ('fault' in parsed) return refuse(`amount-${parsed.fault}`, parsed.zh, parsed.en);
  if (Math.abs(parsed.amountFen) > MOST_FEN)
    return refuse(
      'amount-too-large',
      '金额超过一亿元，请核对',
      'The amount is above ¥100,000,000; please check it',
    );
  return { value: parsed.amountFen };
}

/** What a workbook holds instead of a value: a formula without its result, or `#REF!`. */
function brokenCell(text: string): { reason: CellReason } | undefined {
  if (text.startsWith('='))
    return refuse(
      'formula-without-result',
      '公式没有保存结果，请用 Excel 打开、保存一次再上传',
      'The formula has no saved result; open the file in Excel, save it and upload it again',
    );
  if (/^#(?:REF!|N\/A|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!)$/i.test(text))
    return refuse('formula-error', '公式出错，请改正后再上传', 'The formula has an error; please mend it');
  return undefined;
}

/** `2026-11-30`, `2026/11/30`, `2026.11.30`, `2026年11月30日` or `20261130`, with or without a time, as ISO date. */
export function parseDate(text: string): CellValue<string> {
  const found =
    /^(\d{4})([-/.年])(\d{1,2})([-/.月])(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(
      text.trim(),
    ) ?? /^(\d{4})()(\d{2})()(\d{2})$/.exec(text.trim());
  if (found === null) {
    if (/^\d{5}(?:\.\d+)?$/.test(text.trim()))
      return refuse(
        'date-as-number',
        '日期成了一个数字，请把这一列设成日期格式再保存',
        'The date has become a number; format the column as a date and save it',
      );
    return refuse(
      'date-unreadable',
      '看不懂这个日期，请写成 2026-11-30 这样',
      'This is not a date; write it like 2026-11-30',
    );
  }
  const [, year = '', , month = '', , day = ''] = found;
  if (!dayExists(Number(year), Number(month), Number(day)))
    return refuse('date-does-not-exist', '没有这一天，请核对', 'There is no such day; please check it');
  return { value: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` };
}

function dayExists(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2999 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `202611`, `2026.06`, `2026-11`, `2026年6月` or a day in the month, as `2026-11`. */
export function parsePeriod(text: string): CellValue<string> {
  const bare = withinOneMonth(squeeze(text));
  const found =
    /^(\d{4})(?:[-/]|年)(\d{1,2})月?(?:份)?(?:账单)?$/.exec(bare) ??
    /^(\d{4})\.(\d{2})$/.exec(bare) ??
    /^(\d{4})(\d{2})$/.exec(bare) ??
    /^(\d{4})[-/.年](\d{1,2})[-/.月]\d{1,2}日?$/.exec(bare);
  if (found === null) {
    if (/^\d{4}\.\d$/.test(bare))
      return refuse(
        'period-ambiguous',
        '可能是 1 月，也可能是被 Excel 去掉末尾 0 的 10 月，请写成 2026-01 或 2026-10',
        'This may be January, or October without its last zero; write 2026-01 or 2026-10',
      );
    return refuse(
      'period-unreadable',
      '看不懂这个计费月份，请写成 2026-11 这样，一行一个月',
      'This is not a month; write it like 2026-11, one month a row',
    );
  }
  const [, year = '', month = ''] = found;
  if (Number(month) < 1 || Number(month) > 12 || Number(year) < 2000 || Number(year) > 2999)
    return refuse('period-does-not-exist', '没有这个月份，请核对', 'There is no such month; please check it');
  return { value: `${year}-${month.padStart(2, '0')}` };
}

const DAY = '(\\d{4}[-/.年]\\d{1,2}[-/.月])\\d{1,2}日?';
const RANGE = new RegExp(`^${DAY}(?:至|到|~|-|—|--|——)${DAY}$`);

/** `2026-11-01至2026-11-30` as its first day, if the last is in the same month; else the text as it is. */
function withinOneMonth(text: string): string {
  const [, first, last] = RANGE.exec(text) ?? [];
  return first !== undefined && first === last ? `${first}1` : text;
}

/** A phone as digits (`0371-1234567` keeps its hyphen). Those that cannot be one are dropped with a warning. */
export function parsePhone(text: string): CellValue<string> {
  const bare = squeeze(text).replace(/^(?:\+?86-?)(?=1\d{10}$)/, '');
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(bare))
    return refuse(
      'phone-spoilt',
      '手机号被 Excel 改成了科学记数法，末几位已丢失，没有导入。请把这一列设成“文本”后重新填写',
      'Excel has turned the phone into scientific notation and lost its last digits; it was left out. Format the column as text and enter it again',
    );
  const digits = bare.replace(/[-()]/g, '');
  if (/^1[3-9]\d{9}$/.test(digits)) return { value: digits };
  if (/^0\d{2,3}-?\d{7,8}$/.test(bare)) return { value: bare };
  return refuse(
    'phone-unreadable',
    '看不出是电话号码，没有导入',
    'This is not a phone number and was left out',
  );
}

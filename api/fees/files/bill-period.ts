import {
  cleanCell,
  fileProblem,
  parseMonths,
  type FileProblem,
  type Implied,
  type TableFile,
} from '../../platform/files/index.ts';
import type { Words } from '../../platform/index.ts';

const MONTH_IN_TEXT = /(?<!\d)(20\d{2})(?:年度?|[-./])(0?[1-9]|1[0-2])(?:月|(?![\d.]))/g;

/** A bare 2026年 in a title is as often the year of a month that stands elsewhere; a year is meant where it says so. */
const SEVERAL_IN_TEXT =
  /(?<!\d)20\d{2}(?:年?第?[一二三四1-4]季度|年?[Qq][1-4]|年[上下]半年|年\d{1,2}月?[至到~～—-]\d{1,2}月|[年./-]\d{1,2}月?[至到~～—]20\d{2}[年./-]\d{1,2}月?)/g;
const YEAR_IN_TEXT = /(?<!\d)20\d{2}(?:年度|年全年)/g;
const YEAR_ALONE = /^20\d{2}(?:年度|年?全年|年整年)$/;
/** Some month is meant, whichever: 6月, 十二月份, 202606. */
const A_MONTH = /(?:\d|[一二三四五六七八九十])月|(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?!\d)/;

/** A month, or several, and where it was found. */
export type ImpliedPeriod = { readonly period: string; readonly source: Words };

/** Those of a file without such a column: by a person's word or the file's, which may say something else. */
export type GivenMonths = ImpliedPeriod & { readonly otherwise?: ImpliedPeriod };

const TITLE = { zh: '标题', en: 'the title' };
const SHEET = { zh: '工作表名', en: 'the name of the sheet' };
const FILE_NAME = { zh: '文件名', en: 'the name of the file' };

/**
 * The month of a sheet without a month column, or the months of its bills: from its title or the sheet's name, which must
 * agree; else from the file's name. A title's date of printing counts only when no other cell names a month. A year comes
 * last, and only where none of them names a month at all: June's sheet may stand in the year's workbook.
 */
export function impliedPeriod(table: TableFile, headerRow: number): ImpliedPeriod | FileProblem {
  const fileName = table.fileName.replace(/\.[a-z]+$/i, '');
  const titles = table.rows.slice(0, headerRow).flatMap((row) => row.map(cleanCell));
  const undated = titles.filter((text) => !/日期|时间|制表|打印/.test(text));
  const texts = [...undated, table.sheet];
  const named = months(texts);
  const said = (period: string, of: typeof months) => {
    const inTitle = of(undated).includes(period);
    return { period, source: inTitle ? TITLE : of([table.sheet]).includes(period) ? SHEET : FILE_NAME };
  };
  if (named.length > 1) return fileProblem('period-unclear', named);
  const found = named[0] ?? only(months([fileName]));
  if (found !== undefined) return said(found, months);
  if ([...texts, fileName].some((text) => A_MONTH.test(text))) return fileProblem('period-unknown');
  const ofYear = years(texts);
  if (ofYear.length > 1) return fileProblem('period-unclear', ofYear);
  const year = ofYear[0] ?? only(years([fileName]));
  return year === undefined ? fileProblem('period-unknown') : said(year, years);
}

function months(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    addAll(found, text.matchAll(SEVERAL_IN_TEXT));
    // What several months begin with is no month of its own.
    for (const [, year = '', month = ''] of text.replaceAll(SEVERAL_IN_TEXT, ' ').matchAll(MONTH_IN_TEXT))
      found.add(`${year}-${month.padStart(2, '0')}`);
    const whole = /^20\d\d年?$/.test(text) || YEAR_ALONE.test(text) ? undefined : parseMonths(text);
    if (whole && 'value' in whole) found.add(whole.value);
  }
  return [...found].sort();
}

function years(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) addAll(found, YEAR_ALONE.test(text) ? [[text]] : text.matchAll(YEAR_IN_TEXT));
  return [...found].sort();
}

function addAll(found: Set<string>, matches: Iterable<readonly string[]>): void {
  for (const [words = ''] of matches) {
    const parsed = parseMonths(words);
    if ('value' in parsed) found.add(parsed.value);
  }
}

function only(periods: readonly string[]): string | undefined {
  return periods.length === 1 ? periods[0] : undefined;
}

export function sayImplied({ period, source, otherwise }: GivenMonths): Implied {
  const said = { label: '计费月份', value: period, source };
  return otherwise ? { ...said, otherwise: otherwise.period } : said;
}

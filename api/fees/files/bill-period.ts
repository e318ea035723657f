import {
  cleanCell,
  fileProblem,
  parseMonths,
  type FileProblem,
  type TableFile,
} from '../../platform/files/index.ts';

const MONTH_IN_TEXT = /(?<!\d)(20\d{2})(?:年度?|[-./])(0?[1-9]|1[0-2])(?:月|(?![\d.]))/g;

/** A bare 2026年 in a title is as often the year of a month that stands elsewhere; a year is meant where it says so. */
const SEVERAL_IN_TEXT =
  /(?<!\d)20\d{2}(?:年?第?[一二三四1-4]季度|年?[Qq][1-4]|年[上下]半年|年\d{1,2}月?[至到~～—-]\d{1,2}月|[年./-]\d{1,2}月?[至到~～—]20\d{2}[年./-]\d{1,2}月?)/g;
const YEAR_IN_TEXT = /(?<!\d)20\d{2}(?:年度|年全年)/g;
const YEAR_ALONE = /^20\d{2}(?:年度|年?全年|年整年)$/;
/** Some month is meant, whichever: 6月, 十二月份, 202606. */
const A_MONTH = /(?:\d|[一二三四五六七八九十])月|(?<!\d)20\d{2}(?:0[1-9]|1[0-2])(?!\d)/;

/**
 * The month of a sheet without a month column, or the months of its bills: from its title or the sheet's name, which must
 * agree; else from the file's name. A title's date of printing counts only when no other cell names a month. A year comes
 * last, and only where none of them names a month at all: June's sheet may stand in the year's workbook.
 */
export function impliedPeriod(table: TableFile, headerRow: number): string | FileProblem {
  const titles = table.rows.slice(0, headerRow).flatMap((row) => row.map(cleanCell));
  const texts = [...titles.filter((text) => !/日期|时间|制表|打印/.test(text)), table.sheet];
  const named = months(texts);
  if (named.length > 1) return fileProblem('period-unclear', named);
  const found = named[0] ?? only(months([table.fileName]));
  if (found !== undefined) return found;
  if ([...texts, table.fileName].some((text) => A_MONTH.test(text))) return fileProblem('period-unknown');
  const ofYear = years(texts);
  if (ofYear.length > 1) return fileProblem('period-unclear', ofYear);
  return ofYear[0] ?? only(years([table.fileName])) ?? fileProblem('period-unknown');
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

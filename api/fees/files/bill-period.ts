import {
  cleanCell,
  fileProblem,
  parseMonths,
  type FileProblem,
  type TableFile,
} from '../../platform/files/index.ts';

const MONTH_IN_TEXT = /(?<!\d)(20\d{2})(?:年|[-./])(0?[1-9]|1[0-2])(?:月|(?![\d.]))/g;

/** A bare 2026年 in a title is as often the year of a month that stands elsewhere; a year is meant where it says so. */
const SEVERAL_IN_TEXT =
  /(?<!\d)20\d{2}(?:年?第?[一二三四1-4]季度|年?[Qq][1-4]|年[上下]半年|年\d{1,2}月?[至到~～—-]\d{1,2}月|[年./-]\d{1,2}月?[至到~～—]20\d{2}[年./-]\d{1,2}月?)/g;
const YEAR_IN_TEXT = /(?<!\d)20\d{2}(?:年度|年全年)/g;

/**
 * The month of a sheet without a month column, or the months of its bills: from its title or the sheet's name, which must
 * agree; else from the file's name. A title's date of printing counts only when no other cell names a month.
 */
export function impliedPeriod(table: TableFile, headerRow: number): string | FileProblem {
  const titles = table.rows.slice(0, headerRow).flatMap((row) => row.map(cleanCell));
  const named = months([...titles.filter((text) => !/日期|时间|制表|打印/.test(text)), table.sheet]);
  if (named.length > 1) return fileProblem('period-unclear', named);
  return named[0] ?? only(months([table.fileName])) ?? fileProblem('period-unknown');
}

function months(texts: readonly string[]): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    addAll(found, text.matchAll(SEVERAL_IN_TEXT));
    // What several months begin with is no month of its own.
    for (const [, year = '', month = ''] of text.replaceAll(SEVERAL_IN_TEXT, ' ').matchAll(MONTH_IN_TEXT))
      found.add(`${year}-${month.padStart(2, '0')}`);
    const whole = /^20\d\d年?$/.test(text) ? undefined : parseMonths(text);
    if (whole && 'value' in whole) found.add(whole.value);
  }
  if (found.size === 0) for (const text of texts) addAll(found, text.matchAll(YEAR_IN_TEXT));
  return [...found].sort();
}

function addAll(found: Set<string>, matches: Iterable<RegExpMatchArray>): void {
  for (const [words] of matches) {
    const parsed = parseMonths(words);
    if ('value' in parsed) found.add(parsed.value);
  }
}

function only(periods: readonly string[]): string | undefined {
  return periods.length === 1 ? periods[0] : undefined;
}

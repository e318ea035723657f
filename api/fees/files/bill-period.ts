import {
  cleanCell,
  fileProblem,
  parsePeriod,
  type FileProblem,
  type TableFile,
} from '../../platform/files/index.ts';

const MONTH_IN_TEXT = /(?<!\d)(20\d{2})(?:年|[-./])(0?[1-9]|1[0-2])(?:月|(?![\d.]))/g;

/**
 * The month of a sheet without a month column: from its title or the sheet's name, which must agree; else from the
 * file's name. A title's date of printing counts only when no other cell names a month.
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
    for (const [, year = '', month = ''] of text.matchAll(MONTH_IN_TEXT))
      found.add(`${year}-${month.padStart(2, '0')}`);
    const whole = parsePeriod(text);
    if ('value' in whole) found.add(whole.value);
  }
  return [...found].sort();
}

function only(periods: readonly string[]): string | undefined {
  return periods.length === 1 ? periods[0] : undefined;
}

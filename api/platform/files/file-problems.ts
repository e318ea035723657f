import type { Words } from '../language.ts';
import { LIMITS } from './limits.ts';

/** Why a file as a whole cannot be read or imported, in words for the person who chose it. */
export interface FileProblem extends Words {
  readonly code: FileProblemCode;
}

const million = (bytes: number) => Math.round(bytes / (1024 * 1024));
const columnName = (column: number) =>
  column < 26 ? letter(column) : letter(Math.trunc(column / 26) - 1) + letter(column % 26);
const letter = (index: number) => String.fromCharCode(65 + index);

const SAVE_AS_XLSX = {
  zh: '请用 Excel 或 WPS 打开它，选择“另存为 → Excel 工作簿（.xlsx）”，再上传新文件。',
  en: 'Open it in Excel or WPS, choose “Save as → Excel workbook (.xlsx)” and upload the new file.',
};

/** One entry per code. Each function takes the facts that the sentence names. */
const catalogue = {
  'file-empty': () => ({
    zh: '文件里没有内容。请确认选对了文件。',
    en: 'The file is empty. Please check that it is the right one.',
  }),
  'file-too-large': () => ({
    zh: `文件超过 ${million(LIMITS.bytes)} MB。请按楼栋或月份拆成几个文件再上传。`,
    en: `The file is larger than ${million(LIMITS.bytes)} MB. Please split it by building or month.`,
  }),
  'too-many-rows': () => ({
    zh: `表格超过 ${LIMITS.rows} 行。请拆成几个文件再上传。`,
    en: `The table has more than ${LIMITS.rows} rows. Please split it into several files.`,
  }),
  'too-many-columns': (row: number) => ({
    zh: `第 ${row} 行超过 ${LIMITS.columns} 列。请只保留需要的列。`,
    en: `Row ${row} has more than ${LIMITS.columns} columns. Please keep only the columns needed.`,
  }),
  'too-much-text': () => ({
    zh: '表格里的内容太多，请只保留需要的列，或拆成几个文件再上传。',
    en: 'The table holds too much. Please keep only the columns needed, or split it into several files.',
  }),
  'cell-too-long': (row: number, column: number) => ({
    zh: `第 ${row} 行 ${columnName(column)} 列的文字超过 ${LIMITS.cellCharacters} 个字，请缩短后再上传。`,
    en: `Row ${row}, column ${columnName(column)} holds more than ${LIMITS.cellCharacters} characters. Please shorten it.`,
  }),
  'too-many-merges': () => ({
    zh: `表格里合并的单元格超过 ${LIMITS.merges} 处。请取消合并后再上传。`,
    en: `The table has more than ${LIMITS.merges} merged cells. Please unmerge them.`,
  }),
  'expands-too-far': () => ({
    zh: '这个文件解压后大得不正常，没有读取。请重新从原系统导出，或另存为 CSV 再上传。',
    en: 'The file unpacks to an abnormal size and was not read. Please export it again, or save it as CSV.',
  }),
  'old-xls': () => ({
    zh: `这是旧版 Excel 文件（.xls），读不了。${SAVE_AS_XLSX.zh}`,
    en: `This is an old Excel file (.xls), which cannot be read. ${SAVE_AS_XLSX.en}`,
  }),
  'html-xls': () => ({
    zh: `这个文件虽然名字像 Excel，里面其实是网页（有些软件这样导出）。${SAVE_AS_XLSX.zh}`,
    en: `The file is named like Excel but holds a web page, as some programs export. ${SAVE_AS_XLSX.en}`,
  }),
  'xml-xls': () => ({
    zh: `这是 2003 版的 XML 表格，读不了。${SAVE_AS_XLSX.zh}`,
    en: `This is an XML spreadsheet of 2003, which cannot be read. ${SAVE_AS_XLSX.en}`,
  }),
  xlsb: () => ({
    zh: `这是二进制的 Excel 文件（.xlsb），读不了。${SAVE_AS_XLSX.zh}`,
    en: `This is a binary Excel file (.xlsb), which cannot be read. ${SAVE_AS_XLSX.en}`,
  }),
  encrypted: () => ({
    zh: '这个 Excel 文件设了打开密码。请在 Excel 里打开，到“文件 → 信息 → 保护工作簿 → 用密码进行加密”清空密码，保存后再上传。',
    en: 'The Excel file is locked with a password. Open it in Excel, clear the password under “File → Info → Protect Workbook → Encrypt with Password”, save it and upload it again.',
  }),
  'macro-workbook': () => ({
    zh: '这个 Excel 文件带有宏（.xlsm）。宏是程序，为了安全没有读取。请用 Excel 打开，选择“另存为 → Excel 工作簿（.xlsx）”，再上传新文件。',
    en: 'The Excel file holds macros (.xlsm). Macros are programs, so for safety it was not read. Open it in Excel, choose “Save as → Excel workbook (.xlsx)” and upload the new file.',
  }),
  'not-a-table': (what: Words) => ({
    zh: `这个文件是${what.zh}，不是表格。请上传 Excel（.xlsx）或 CSV 文件。`,
    en: `The file is ${what.en}, not a table. Please upload an Excel (.xlsx) or CSV file.`,
  }),
  'broken-xlsx': () => ({
    zh: '这个 Excel 文件不完整或已损坏，可能没有下载完。请重新导出或重新下载后再上传。',
    en: 'The Excel file is incomplete or damaged; the download may have stopped early. Please export it again.',
  }),
  'no-such-sheet': (wanted: string, sheets: readonly string[]) => ({
    zh: `文件里没有名为“${wanted}”的工作表。有的是：${sheets.join('、')}。`,
    en: `The file has no sheet named “${wanted}”. It has: ${sheets.join(', ')}.`,
  }),
  'bad-encoding': (row: number) => ({
    zh: `从第 ${row} 行起有认不出的文字（乱码）。请用 Excel 打开原文件，另存为“CSV UTF-8（逗号分隔）”或 .xlsx 再上传。`,
    en: `From row ${row} on, some text cannot be read (wrong encoding). Open the original in Excel and save it as “CSV UTF-8” or .xlsx.`,
  }),
  'broken-quotes': (row: number) => ({
    zh: `第 ${row} 行附近有一个双引号没有成对，后面的内容无法分列。请改正后再上传。`,
    en: `Near row ${row} a double quote is not closed, so what follows cannot be split into columns. Please mend it.`,
  }),
  'header-missing': (wanted: readonly string[], found: readonly string[]) => ({
    zh: `没有找到表头。表头里应当有：${wanted.join('、')}。文件开头是：${quoteList(found, '、')}。`,
    en: `No header row was found. It should hold: ${wanted.join(', ')}. The file begins with: ${quoteList(found, ', ')}.`,
  }),
  'columns-missing': (wanted: readonly string[], found: readonly string[], row: number) => ({
    zh: `缺少这些列：${wanted.join('、')}。第 ${row} 行表头里有：${quoteList(found, '、')}。`,
    en: `These columns are missing: ${wanted.join(', ')}. The header in row ${row} has: ${quoteList(found, ', ')}.`,
  }),
  'mapping-column-missing': (mapping: string, wanted: readonly string[], found: readonly string[]) => ({
    zh: `列对应方案“${mapping}”要用的列，这个文件里没有：${quoteList(wanted, '、')}。文件的表头是：${quoteList(found, '、')}。请换一个方案，或按这个文件重新对应。`,
    en: `The column mapping “${mapping}” uses columns that this file does not have: ${quoteList(wanted, ', ')}. Its header has: ${quoteList(found, ', ')}. Choose another mapping, or map this file's columns anew.`,
  }),
  'no-rows': () => ({
    zh: '表头下面没有内容，没有可以导入的行。',
    en: 'There is nothing below the header: no rows to import.',
  }),
  'bill-sheet': () => ({
    zh: '这是应收账单表：有“应收”和“已收”，没有抵扣单号、状态、收款方式和日期，看不出哪一笔是入账的抵扣。要导入账单，请到“物业费账单”页；这里请用物业入账以后的清单或收款明细。',
    en: 'This is a sheet of bills: it has what is due and what was received, and no number, state, way of payment or date, so nothing in it posts an offset. Bills are taken in on the page “Fee bills”; here it takes the list of what the firm has posted, or of payments.',
  }),
  'no-rows-of-estate': (estate: string, others: readonly Words[]) => ({
    zh: `这份文件里没有“${estate}”的行，有的是：${others.map(({ zh }) => zh).join('、')}。请到那些小区导入。`,
    en: `The file has no rows of “${estate}”. It has: ${others.map(({ en }) => en).join(', ')}. Please take it in for those estates.`,
  }),
  'no-readable-rows': (rows: number) => ({
    zh: `${rows} 行没有一行读得懂，没有可以导入的。请改好以后再传。`,
    en: `None of the ${rows} rows can be read: there is nothing to import. Please mend them and send the file again.`,
  }),
  'total-differs': (
    label: string,
    row: number,
    foundYuan: string,
    computedYuan: string,
    differenceYuan: string,
  ) => ({
    zh: `“${label}”第 ${row} 行写的合计是 ${foundYuan} 元，各行相加是 ${computedYuan} 元，差 ${differenceYuan} 元。请核对是否漏行或改过金额。`,
    en: `The total of “${label}” in row ${row} says ¥${foundYuan}, the rows add up to ¥${computedYuan}: a difference of ¥${differenceYuan}. Please check for missing rows or changed amounts.`,
  }),
  'total-unreadable': (label: string, row: number, text: string) => ({
    zh: `“${label}”第 ${row} 行的合计“${text}”读不出金额，无法核对。请用 Excel 打开并保存一次，或改成数字。`,
    en: `The total of “${label}” in row ${row}, “${text}”, is not a readable amount and cannot be checked. Open the file in Excel and save it once, or write the number.`,
  }),
  'period-unknown': () => ({
    zh: '看不出这是哪个月的账单。请加一列“计费月份”，或在标题里写明，如“2026年6月”。',
    en: 'The month of these bills is not given. Add a column 计费月份, or name the month in the title, such as 2026年6月.',
  }),
  'period-unclear': (months: readonly string[]) => ({
    zh: `标题和工作表名写的月份不一样：${months.join('、')}。请加一列“计费月份”，或改成同一个月。`,
    en: `The title and the sheet's name give different months: ${months.join(', ')}. Add a column 计费月份, or make them agree.`,
  }),
} as const;

export type FileProblemCode = keyof typeof catalogue;
export const FILE_PROBLEM_CODES = Object.keys(catalogue) as FileProblemCode[];

/** `fileProblem('bad-encoding', 12)`: the facts after the code are those that its sentence names. */
export function fileProblem<Code extends FileProblemCode>(
  code: Code,
  ...facts: Parameters<(typeof catalogue)[Code]>
): FileProblem {
  const say = catalogue[code] as (...facts: Parameters<(typeof catalogue)[Code]>) => Words;
  return { code, ...say(...facts) };
}

/** Header words come from the file: quoted, and never so many that the sentence is lost. */
function quoteList(texts: readonly string[], separator: string): string {
  const shown = texts.filter((text) => text !== '').slice(0, 20);
  return shown.length === 0 ? '–' : shown.map((text) => `“${text.slice(0, 40)}”`).join(separator);
}

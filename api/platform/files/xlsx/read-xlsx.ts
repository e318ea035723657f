import { fileProblem, type FileProblem } from '../file-problems.ts';
import { isFileProblem, type TableFile } from '../table.ts';
import { readSharedStrings } from './shared-strings.ts';
import { SheetReader } from './sheet-reader.ts';
import { readWorkbook, type Sheet } from './workbook.ts';
import { openZip, readPart } from './zip-parts.ts';

type Asked = { readonly sheet?: string; readonly onRows?: (rows: number) => void };
type SheetRead = Pick<TableFile, 'sheet' | 'otherSheets' | 'rows' | 'merges' | 'numbers'>;

/** The named sheet, or the first visible one that holds anything. */
export async function readXlsx(
  bytes: Uint8Array,
  { sheet: wanted, onRows }: Asked = {},
): Promise<SheetRead | FileProblem> {
  const zip = await openZip(bytes);
  if (isFileProblem(zip)) return zip;
  const workbook = await readWorkbook(zip);
  if (isFileProblem(workbook)) return workbook;
  const strings = await readSharedStrings(zip, workbook.sharedStringsPart);
  if (!Array.isArray(strings)) return strings;

  const visible = workbook.sheets.filter((sheet) => !sheet.hidden);
  const named = workbook.sheets.filter((sheet) => sheet.name === wanted);
  if (wanted !== undefined && named.length === 0)
    return fileProblem(
      'no-such-sheet',
      wanted,
      visible.map((sheet) => sheet.name),
    );
  for (const sheet of wanted === undefined ? visible : named) {
    const reader = new SheetReader(workbook, strings);
    const problem = await readPart(zip, sheet.part, {
      ...reader,
      // Asked once a piece: often enough for whoever waits, and no more.
      problem: () => {
        onRows?.(reader.rows.length);
        return reader.problem();
      },
    });
    if (problem !== undefined) return problem;
    if (reader.rows.length > 0)
      return {
        sheet: sheet.name,
        otherSheets: others(visible, sheet),
        rows: reader.rows,
        merges: reader.merges,
        numbers: reader.numbers,
      };
  }
  return fileProblem('file-empty');
}

function others(sheets: readonly Sheet[], read: Sheet): string[] {
  return sheets.filter((sheet) => sheet !== read).map((sheet) => sheet.name);
}

import { fileProblem, type FileProblem } from '../file-problems.ts';
import { isFileProblem, type OtherSheet, type TableFile } from '../table.ts';
import { readSharedStrings } from './shared-strings.ts';
import { SheetReader } from './sheet-reader.ts';
import { readWorkbook, type Sheet, type Workbook } from './workbook.ts';
import { openZip, readPart, type Zip } from './zip-parts.ts';

type Content = Pick<TableFile, 'sheet' | 'rows' | 'merges' | 'numbers' | 'rounded'>;
type Asked = {
  readonly sheet?: string | undefined;
  readonly fits?: ((sheet: Content) => boolean) | undefined;
  readonly onRows?: ((rows: number) => void) | undefined;
};
/** `isFirst`: it is the first sheet that a person sees. */
type SheetRead = Content & { readonly otherSheets: readonly OtherSheet[]; readonly isFirst: boolean };
type Opened = { readonly zip: Zip; readonly workbook: Workbook; readonly strings: readonly string[] };

/** What says whether a sheet fits: more than a header is ever looked for in. */
const LOOKED_AT = 60;

/**
 * The named sheet, or the first visible one that fits, or else the first that holds anything. Of the other visible ones that
 * fit, only the beginning is kept and the rows are counted: nothing of a workbook is left out unseen.
 */
export async function readXlsx(bytes: Uint8Array, asked: Asked = {}): Promise<SheetRead | FileProblem> {
  const opened = await open(bytes);
  if (isFileProblem(opened)) return opened;
  const { sheets } = opened.workbook;
  const visible = sheets.filter((sheet) => !sheet.hidden);
  const chosen = await choose(opened, visible, asked);
  if (isFileProblem(chosen)) return chosen;
  const otherSheets: OtherSheet[] = [];
  for (const sheet of visible) {
    if (chosen.left.has(sheet)) continue;
    const reader = await readSheet(opened, sheet, { most: LOOKED_AT });
    // One that cannot be read is named as well: it may be what is missing.
    if (isFileProblem(reader)) otherSheets.push({ name: sheet.name, rows: 0 });
    else if (reader.filled > 0 && (asked.fits?.(contentOf(sheet, reader)) ?? true))
      otherSheets.push({ name: sheet.name, rows: reader.filled });
  }
  const { sheet, reader } = chosen;
  return { ...contentOf(sheet, reader), otherSheets, isFirst: sheet === visible[0] };
}

async function open(bytes: Uint8Array): Promise<Opened | FileProblem> {
  const zip = await openZip(bytes);
  if (isFileProblem(zip)) return zip;
  const workbook = await readWorkbook(zip);
  if (isFileProblem(workbook)) return workbook;
  const strings = await readSharedStrings(zip, workbook.sharedStringsPart);
  return Array.isArray(strings) ? { zip, workbook, strings } : strings;
}

type Chosen = { sheet: Sheet; reader: SheetReader; left: Set<Sheet> };

/** The sheet to read, and with it those that need no second look: read, empty, or known not to fit. */
async function choose(
  opened: Opened,
  visible: readonly Sheet[],
  { sheet: wanted, fits, onRows }: Asked,
): Promise<Chosen | FileProblem> {
  const named = opened.workbook.sheets.filter((sheet) => sheet.name === wanted);
  if (wanted !== undefined && named.length === 0)
    return fileProblem(
      'no-such-sheet',
      wanted,
      visible.map((sheet) => sheet.name),
    );
  const left = new Set<Sheet>();
  let first: { sheet: Sheet; reader: SheetReader } | undefined;
  for (const sheet of wanted === undefined ? visible : named) {
    left.add(sheet);
    const reader = await readSheet(opened, sheet, { onRows });
    if (isFileProblem(reader)) return reader;
    if (reader.rows.length === 0) continue;
    if (wanted !== undefined || (fits?.(contentOf(sheet, reader)) ?? true)) return { sheet, reader, left };
    first ??= { sheet, reader };
  }
  return first ? { ...first, left } : fileProblem('file-empty');
}

async function readSheet(
  { zip, workbook, strings }: Opened,
  sheet: Sheet,
  { most = Infinity, onRows }: { most?: number; onRows?: Asked['onRows'] | undefined },
): Promise<SheetReader | FileProblem> {
  const reader = new SheetReader(workbook, strings, most);
  const problem = await readPart(zip, sheet.part, {
    ...reader,
    // Asked once a piece: often enough for whoever waits, and no more.
    problem: () => {
      onRows?.(reader.rows.length);
      return reader.problem();
    },
  });
  return problem ?? reader;
}

function contentOf({ name }: Sheet, { rows, merges, numbers, rounded }: SheetReader): Content {
  return { sheet: name, rows, merges, numbers, rounded };
}

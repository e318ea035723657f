import { createHash } from 'node:crypto';
import { findEncoding } from './decode-text.ts';
import { fileProblem, type FileProblem } from './file-problems.ts';
import { LIMITS } from './limits.ts';
import { readCsv } from './read-csv.ts';
import { recognise } from './recognise.ts';
import { CellSet, isFileProblem, type TableFile } from './table.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';

export type ReadOptions = {
  /** Which sheet of a workbook; unless said, the first visible one that fits, else the first that holds something. */
  readonly sheet?: string;
  /** Whether the first rows of a sheet are what is looked for; every sheet is where nothing is said. */
  readonly fits?: (table: TableFile) => boolean;
  /** Told how many rows were read so far, now and then. */
  readonly onRows?: (rows: number) => void;
};

/**
 * Reads a CSV or XLSX file into text, or says in plain words why it cannot. Never throws for what is in the file.
 * A stream is read no further than the size limit.
 */
export async function readTable(
  source: Uint8Array | AsyncIterable<Uint8Array>,
  fileName: string,
  options: ReadOptions = {},
): Promise<TableFile | FileProblem> {
  const bytes = source instanceof Uint8Array ? source : await gather(source);
  if (bytes === undefined || bytes.length > LIMITS.bytes) return fileProblem('file-too-large');
  const kind = recognise(bytes);
  if (typeof kind === 'object') return kind;
  const hash = createHash('sha256').update(bytes);
  if (kind === 'zip') {
    const about = { fileName, kind: 'xlsx', sha256: '', encoding: 'xlsx' } as const;
    const { fits } = options;
    const read = await readXlsx(bytes, {
      ...options,
      fits: fits && ((sheet) => fits({ ...about, ...sheet, otherSheets: [] })),
    });
    if (isFileProblem(read)) return read;
    const { isFirst, ...sheet } = read;
    // Each sheet is a file of its own, and the first is what the file was before others were asked for.
    if (!isFirst) hash.update(`\n${sheet.sheet}`);
    return emptyOr({ ...about, sha256: hash.digest('hex'), ...sheet });
  }
  const sha256 = hash.digest('hex');
  const encoding = findEncoding(bytes);
  const table = await readCsv(bytes, encoding, options.onRows);
  if (isFileProblem(table)) return table;
  const none = { sheet: '', otherSheets: [], merges: [], numbers: new CellSet() };
  return emptyOr({ fileName, kind: 'csv', sha256, encoding, ...none, ...table });
}

function emptyOr(table: TableFile): TableFile | FileProblem {
  return table.rows.length === 0 ? fileProblem('file-empty') : table;
}

/** All of a stream, or undefined when it is longer than a file may be; then the rest is left unread. */
async function gather(source: AsyncIterable<Uint8Array>): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source) {
    length += chunk.length;
    if (length > LIMITS.bytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

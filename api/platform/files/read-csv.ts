import { CsvError, parse } from 'csv-parse';
import { decodeText } from './decode-text.ts';
import { fileProblem, type FileProblem } from './file-problems.ts';
import { LIMITS } from './limits.ts';
import { TableBuilder } from './table-builder.ts';
import type { TableEncoding } from './table.ts';

const DELIMITERS = [',', '\t', ';', '|'] as const;
const GUESSED_LINES = 30;

type CsvRows = { readonly rows: readonly (readonly string[])[] };

/** A record is a row, as Excel counts them: blank lines count, and a line break inside quotes does not. */
export async function readCsv(
  bytes: Uint8Array,
  encoding: Exclude<TableEncoding, 'xlsx'>,
  onRows?: (rows: number) => void,
): Promise<CsvRows | FileProblem> {
  const pieces = decodeText(bytes, encoding);
  const first = await pieces.next();
  if (first.done === true) return fileProblem('file-empty');

  const builder = new TableBuilder();
  let problem: FileProblem | undefined;
  let index = 0;
  const parser = parse({
    delimiter: guessDelimiter(first.value),
    relax_quotes: true,
    relax_column_count: true,
    max_record_size: LIMITS.columns * LIMITS.cellCharacters,
  });
  const drain = () => {
    for (let record = next(parser); record !== null && problem === undefined; record = next(parser)) {
      problem = builder.take(index, record);
      index += 1;
    }
  };
  let bug: Error | undefined;
  parser.on('error', (error) => {
    if (isUnclosedQuote(error)) problem ??= fileProblem('broken-quotes', index + 1);
    else bug = error;
  });
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve);
    parser.on('close', resolve);
  });
  parser.on('readable', drain);

  parser.write(first.value);
  for await (const piece of pieces) {
    if (problem !== undefined || bug !== undefined) break;
    parser.write(piece);
    drain();
    onRows?.(index);
  }
  if (problem === undefined && bug === undefined) {
    parser.end();
    await ended;
  } else parser.destroy();
  if (bug !== undefined) throw bug;
  return problem ?? { rows: builder.rows };
}

function next(parser: ReturnType<typeof parse>): string[] | null {
  return parser.read() as string[] | null;
}

/** Without a closing quote the rest of the file becomes one cell: both errors mean the same to its author. */
function isUnclosedQuote(error: Error): boolean {
  return error instanceof CsvError && ['CSV_QUOTE_NOT_CLOSED', 'CSV_MAX_RECORD_SIZE'].includes(error.code);
}

/**
 * The delimiter that splits most of the first lines into the same number of cells. What stands in quotes is left out
 * first: a line break, a tab or a comma in there says nothing.
 */
export function guessDelimiter(text: string): string {
  const lines = unquoted(text)
    .split(/\r\n|\n|\r/, GUESSED_LINES)
    .filter((line) => line.trim() !== '');
  const declared = /^sep=(.)$/i.exec(lines[0] ?? '')?.[1];
  if (declared !== undefined) return declared;
  let best = { delimiter: DELIMITERS[0] as string, score: 0 };
  for (const delimiter of DELIMITERS) {
    const times = new Map<number, number>();
    for (const line of lines) {
      const count = line.split(delimiter).length - 1;
      if (count > 0) times.set(count, (times.get(count) ?? 0) + 1);
    }
    const score = Math.max(0, ...[...times].map(([count, lineCount]) => count * lineCount));
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/** The last quote may be cut off. */
const unquoted = (text: string) => text.replace(/"(?:[^"]|"")*(?:"|$)/g, '""');

/** Lists as files: whoever takes one away stands in the access log before its first row is read. */
import type { Context } from 'hono';
import {
  actorOf,
  actorText,
  CSV_TYPE,
  fileAnswer,
  XLSX_TYPE,
  z,
  type AppEnv,
  type Deps,
} from '../platform/index.ts';
import { downloadTable, type FileFormat, type OutCell } from '../platform/files/index.ts';
import { logAccess } from './access-log.ts';

export const FormatQuery = z.object({ format: z.enum(['xlsx', 'csv', 'csv-gb18030']).optional() });
export const tableAnswer = { 200: fileAnswer('XLSX 或 CSV 文件 · An XLSX or CSV file', XLSX_TYPE, CSV_TYPE) };

type Table = {
  /** What of the place is taken away, as the log has it: `bills`. */
  subject: string;
  place: string;
  format: FileFormat | undefined;
  /** The file's name, without its ending. */
  name: string;
  /** The first row is the header. */
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>;
  widths: readonly number[];
};

/** A workbook where no format is asked for. */
export async function giveTable(
  { engine, ids, clock }: Pick<Deps, 'engine' | 'ids' | 'clock'>,
  c: Context<AppEnv>,
  { subject, place, format = 'xlsx', name, rows, widths }: Table,
): Promise<Response> {
  const by = { id: ids(), at: clock(), actor: actorText(actorOf(c)), action: 'export' as const };
  await logAccess(engine, { ...by, subject: `${subject}:${place}`, place, reason: '' });
  return downloadTable(rows, { name, format, widths });
}

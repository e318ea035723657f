/** The refused rows of a file come back as a file to be mended and sent again: the same for every kind of file. */
import type { Context } from 'hono';
import {
  CSV_TYPE,
  fileAnswer,
  isProblem,
  refuse,
  XLSX_TYPE,
  type Problem,
  type z,
} from '../platform/index.ts';
import type { FileRead, ImportFile } from './imports.ts';
import { rejectedDownload } from './places.views.ts';
import { readUpload, type RejectedQuery } from './upload.ts';

/** What such a route says of itself, beside its path, its access and its example. */
export const givesRejectedRows = {
  upload: true,
  responses: { 200: fileAnswer('XLSX 或 CSV 文件 · An XLSX or CSV file', XLSX_TYPE, CSV_TYPE) },
  problems: ['too-large', 'invalid-input'],
} as const;

export async function answerRejectedRows(
  c: Context,
  { format, ...chosen }: z.infer<typeof RejectedQuery>,
  read: (file: ImportFile) => Promise<FileRead<unknown> | Problem>,
) {
  const file = await readUpload(c, chosen);
  if (isProblem(file)) return refuse(c, file);
  const found = await read(file);
  return isProblem(found) ? refuse(c, found) : rejectedDownload(found, format);
}

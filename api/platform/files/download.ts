import { Readable } from 'node:stream';
import { CSV_TYPE, XLSX_TYPE } from '../file-types.ts';
import { streamCsv, type OutCell } from './write-csv.ts';
import { writeXlsx } from './write-xlsx.ts';

export type FileFormat = 'xlsx' | 'csv' | 'csv-gb18030';

/** A file to take away; its name says what it is in both languages' file systems. */
export function download(
  bytes: Uint8Array | AsyncIterable<Uint8Array>,
  file: { name: string; format: FileFormat },
): Response {
  const isXlsx = file.format === 'xlsx';
  const charset = file.format === 'csv' ? 'utf-8' : 'gb18030';
  const name = `${file.name}.${isXlsx ? 'xlsx' : 'csv'}`;
  const body =
    bytes instanceof Uint8Array
      ? new Uint8Array(bytes)
      : (Readable.toWeb(Readable.from(bytes, { objectMode: false })) as ReadableStream<Uint8Array>);
  return new Response(body, {
    headers: {
      'content-type': isXlsx ? XLSX_TYPE : `${CSV_TYPE}; charset=${charset}`,
      'content-disposition': `attachment; filename="file.${isXlsx ? 'xlsx' : 'csv'}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'cache-control': 'no-store',
    },
  });
}

/** A table of one header row in the format that was asked for. */
export function downloadTable(
  rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>,
  file: { name: string; format: FileFormat; widths: readonly number[] },
): Response {
  const { name, format, widths } = file;
  if (format === 'xlsx') return download(writeXlsx({ name, rows, headerRows: 1, widths }), file);
  const encoding = format === 'csv' ? ('utf8-bom' as const) : ('gb18030' as const);
  return download(streamCsv(rows, { encoding }), file);
}

/**
 * Writes a workbook of one sheet as a stream. Texts are text cells: rooms keep their zeros, phones their digits, and
 * nothing that begins with = is a formula.
 */
import { PassThrough, Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { formatYuan } from '../money/index.ts';
import type { OutCell } from './write-csv.ts';

export type OutSheet = {
  readonly name: string;
  readonly rows: AsyncIterable<readonly OutCell[]> | Iterable<readonly OutCell[]>;
  /** The first rows that stay in sight and are bold. */
  readonly headerRows?: number;
  /** Widths by column, in characters. */
  readonly widths?: readonly number[];
};

const SHEET_ROWS = 1_048_576;
const CELL_CHARACTERS = 32_767;
/** Rows are gathered into pieces of about this size before they go to the zip. */
const PIECE = 64 * 1024;
/** A zip carries a time; a fixed one makes equal content equal bytes. */
const MADE_AT = new Date(Date.UTC(1980, 0, 1));

export function writeXlsx(sheet: OutSheet): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const add = (text: string, path: string) => zip.addBuffer(Buffer.from(text), path, { mtime: MADE_AT });
  add(CONTENT_TYPES, '[Content_Types].xml');
  add(ROOT_RELATIONS, '_rels/.rels');
  add(workbookXml(sheet.name), 'xl/workbook.xml');
  add(WORKBOOK_RELATIONS, 'xl/_rels/workbook.xml.rels');
  add(STYLES, 'xl/styles.xml');
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  // Rows that cannot be read on (a database that fails) end the download with an error, not with a file cut short.
  const xml = Readable.from(sheetXml(sheet)).on('error', (error) => output.destroy(error));
  // A reader who goes away lets go of the rows.
  output.on('close', () => xml.destroy());
  zip.on('error', (error: Error) => output.destroy(error));
  zip.addReadStream(xml, 'xl/worksheets/sheet1.xml', { mtime: MADE_AT });
  zip.end();
  return output;
}

async function* sheetXml(sheet: OutSheet): AsyncGenerator<Buffer> {
  const headerRows = sheet.headerRows ?? 0;
  let piece = `${XML}<worksheet xmlns="${MAIN}">${paneXml(headerRows)}${widthsXml(sheet.widths ?? [])}<sheetData>`;
  let number = 0;
  for await (const row of sheet.rows) {
    number += 1;
    if (number > SHEET_ROWS) throw new RangeError('a sheet holds no more than 1,048,576 rows');
    piece += rowXml(row, number, number <= headerRows);
    if (piece.length < PIECE) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  yield Buffer.from(`${piece}</sheetData></worksheet>`);
}

function rowXml(row: readonly OutCell[], number: number, bold: boolean): string {
  const cells = row.map((cell, column) => cellXml(cell, `${columnName(column)}${number}`, bold));
  return `<row r="${number}">${cells.join('')}</row>`;
}

const STYLE = { text: 1, yuan: 2, date: 3, bold: 4 } as const;

function cellXml(cell: OutCell, at: string, bold: boolean): string {
  if (cell === null || cell === '') return '';
  if (typeof cell === 'number') return `<c r="${at}"><v>${finite(cell)}</v></c>`;
  if (typeof cell === 'object')
    return 'fen' in cell
      ? `<c r="${at}" s="${STYLE.yuan}"><v>${formatYuan(cell.fen)}</v></c>`
      : `<c r="${at}" s="${STYLE.date}"><v>${dayNumber(cell.date)}</v></c>`;
  const text = escapeXml(cell.slice(0, CELL_CHARACTERS));
  return `<c r="${at}" s="${bold ? STYLE.bold : STYLE.text}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
}

function finite(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError('a cell must hold a finite number');
  return String(value);
}

/** Excel's day number; all our dates are after 1900-03-01, so its wrong leap day does not matter. */
function dayNumber(date: string): number {
  const instant = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(instant)) throw new RangeError(`not a date: ${date}`);
  return instant / 86_400_000 + 25_569;
}

export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : columnName(Math.trunc(column / 26) - 1) + letter;
}

function escapeXml(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\p{Cs}|[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')
    .replace(/\r/g, '&#13;');
}

function paneXml(headerRows: number): string {
  if (headerRows === 0) return '';
  return `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${headerRows}" topLeftCell="A${headerRows + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
}

function widthsXml(widths: readonly number[]): string {
  if (widths.length === 0) return '';
  const columns = widths.map(
    (width, at) => `<col min="${at + 1}" max="${at + 1}" width="${finite(width)}" customWidth="1"/>`,
  );
  return `<cols>${columns.join('')}</cols>`;
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const CONTENT_TYPES = `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`;
const ROOT_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`;
const WORKBOOK_RELATIONS = `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`;
/** Cell styles in the order of STYLE: none, text (@), 0.00, date, bold text. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="等线"/></font><font><b/><sz val="11"/><name val="等线"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="2" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`;

/** Sheet names are at most 31 characters and may not hold these signs. */
function workbookXml(name: string): string {
  const safe =
    name
      .replace(/[\\/?*[\]:]/g, ' ')
      .replace(/^'+|'+$/g, '')
      .slice(0, 31)
      .trim() || 'Sheet1';
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${escapeXml(safe)}" sheetId="1" r:id="rId1"/></sheets></workbook>`;
}

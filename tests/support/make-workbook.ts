import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

/** One worksheet in raw XML: the rows (`<row>…`), merged ranges, and whether a person sees it. */
export type RawSheet = {
  readonly name: string;
  readonly rows: string;
  readonly merges?: readonly string[];
  readonly state?: 'hidden' | 'veryHidden';
};

export type RawWorkbook = {
  readonly sheets: readonly RawSheet[];
  readonly sharedStrings?: readonly string[];
  /** Number formats of the cell styles 1, 2, …: a built-in number or a code of its own. Style 0 is General. */
  readonly formats?: readonly (number | string)[];
  readonly workbookProperties?: string;
  /** Prefix of every element (`x:`), as some exporters write. */
  readonly prefix?: string;
};

/** XLSX bytes made by hand, to hold what other programs write and ours would not. */
export async function makeWorkbook(book: RawWorkbook): Promise<Buffer> {
  const p = book.prefix ?? '';
  const xmlns = p === '' ? 'xmlns' : `xmlns:${p.slice(0, -1)}`;
  const named = (xml: string) => (p === '' ? xml : xml.replace(/<(\/?)(?=[a-zA-Z])/g, `<$1${p}`));
  const main = `${xmlns}="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"`;
  const sheets = book.sheets.map(
    ({ name, state }, at) =>
      `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"${state === undefined ? '' : ` state="${state}"`}/>`,
  );
  const relations = [
    ...book.sheets.map((_, at) => relation(`rId${at + 1}`, 'worksheet', `worksheets/sheet${at + 1}.xml`)),
    relation('rId90', 'styles', 'styles.xml'),
    relation('rId91', 'sharedStrings', 'sharedStrings.xml'),
  ];
  const parts: Record<string, string> = {
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relationsXml([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
    'xl/workbook.xml': named(
      `<workbook ${main}>${book.workbookProperties ?? ''}<sheets>${sheets.join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': relationsXml(relations),
    'xl/styles.xml': named(stylesXml(main, book.formats ?? [])),
    'xl/sharedStrings.xml': named(
      `<sst ${main}>${(book.sharedStrings ?? []).map((si) => `<si>${si}</si>`).join('')}</sst>`,
    ),
  };
  book.sheets.forEach(({ rows, merges = [] }, at) => {
    const merged = merges.map((range) => `<mergeCell ref="${range}"/>`).join('');
    parts[`xl/worksheets/sheet${at + 1}.xml`] = named(
      `<worksheet ${main}><sheetData>${rows}</sheetData><mergeCells>${merged}</mergeCells></worksheet>`,
    );
  });
  return zipOf(parts);
}

export async function zipOf(parts: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of Object.entries(parts)) zip.addBuffer(Buffer.from(content), path);
  zip.end();
  return buffer(zip.outputStream);
}

/** A row of texts and numbers, written as Excel writes text that was typed into one cell only (inline). */
export function rowXml(number: number, cells: readonly (string | number)[]): string {
  const xml = cells.map((cell, column) => {
    const at = `${String.fromCharCode(65 + column)}${number}`;
    if (cell === '') return '';
    return typeof cell === 'number'
      ? `<c r="${at}"><v>${cell}</v></c>`
      : `<c r="${at}" t="inlineStr"><is><t>${cell}</t></is></c>`;
  });
  return `<row r="${number}">${xml.join('')}</row>`;
}

/** A compound file (OLE) whose directory lists these streams, as `.xls` and locked workbooks begin. */
export function makeCompoundFile(streams: readonly string[]): Buffer {
  const file = Buffer.alloc(512 + 512 * Math.ceil((streams.length + 1) / 4));
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  ['Root Entry', ...streams].forEach((name, at) => {
    const entry = 512 + at * 128;
    const text = Buffer.from(`${name}\0`, 'utf16le');
    text.copy(file, entry);
    file.writeUInt16LE(text.length, entry + 64);
  });
  return file;
}

function relation(id: string, type: string, target: string): string {
  const base = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  return `<Relationship Id="${id}" Type="${base}/${type}" Target="${target}"/>`;
}

function relationsXml(relations: readonly string[]): string {
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${relations.join('')}</Relationships>`;
}

function stylesXml(main: string, formats: readonly (number | string)[]): string {
  const codes = formats.flatMap((format, at) =>
    typeof format === 'string'
      ? [`<numFmt numFmtId="${200 + at}" formatCode="${format.replaceAll('"', '&quot;')}"/>`]
      : [],
  );
  const styles = formats.map(
    (format, at) => `<xf numFmtId="${typeof format === 'string' ? 200 + at : format}"/>`,
  );
  return `<styleSheet ${main}><numFmts>${codes.join('')}</numFmts><cellXfs><xf numFmtId="0"/>${styles.join('')}</cellXfs></styleSheet>`;
}

/**
 * What a file really is, by its first bytes: names lie. Offices send `.xls` that are web pages, and CSV named `.xlsx`.
 */
import { fileProblem, type FileProblem } from './file-problems.ts';

export type Recognised = 'zip' | 'text' | FileProblem;

const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** A stream's name stands at the start of a 128-byte directory entry, in UTF-16, its length at byte 64. */
const DIRECTORY_ENTRY = 128;
const NAME_LENGTH_AT = 64;

const OTHERS: readonly (readonly [signature: readonly number[], zh: string, en: string])[] = [
  [[0x25, 0x50, 0x44, 0x46], 'PDF 文档', 'a PDF document'],
  [[0x89, 0x50, 0x4e, 0x47], '图片', 'a picture'],
  [[0xff, 0xd8, 0xff], '图片', 'a picture'],
  [[0x47, 0x49, 0x46, 0x38], '图片', 'a picture'],
  [[0x52, 0x61, 0x72, 0x21], 'RAR 压缩包', 'a RAR archive'],
  [[0x37, 0x7a, 0xbc, 0xaf], '7z 压缩包', 'a 7z archive'],
  [[0x1f, 0x8b], 'gzip 压缩包', 'a gzip archive'],
];

export function recognise(bytes: Uint8Array): Recognised {
  if (bytes.length === 0) return fileProblem('file-empty');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06]))
    return 'zip';
  if (startsWith(bytes, OLE)) return oleProblem(bytes);
  // A worksheet of Excel 2 to 4 stood in the file without a container.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04].includes(bytes[1] ?? -1) && bytes[3] === 0)
    return fileProblem('old-xls');
  const other = OTHERS.find(([signature]) => startsWith(bytes, signature));
  if (other !== undefined) return fileProblem('not-a-table', { zh: other[1], en: other[2] });
  if (hasUtf16Mark(bytes)) return 'text';
  const markup = markupProblem(bytes);
  if (markup !== undefined) return markup;
  if (bytes.includes(0)) return fileProblem('not-a-table', { zh: '程序用的二进制文件', en: 'a binary file' });
  return 'text';
}

export function hasUtf16Mark(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
}

export function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

/** The same container holds old workbooks, Word documents, and new workbooks that were locked with a password. */
function oleProblem(bytes: Uint8Array): FileProblem {
  if (hasStream(bytes, 'EncryptedPackage')) return fileProblem('encrypted');
  if (hasStream(bytes, 'WordDocument'))
    return fileProblem('not-a-table', { zh: 'Word 文档', en: 'a Word document' });
  return fileProblem('old-xls');
}

function hasStream(bytes: Uint8Array, name: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wanted = Buffer.from(`${name}\0`, 'utf16le');
  for (let at = buffer.indexOf(wanted); at !== -1; at = buffer.indexOf(wanted, at + 2)) {
    const lengthAt = at + NAME_LENGTH_AT;
    if (at % DIRECTORY_ENTRY !== 0 || lengthAt + 2 > buffer.length) continue;
    if (buffer.readUInt16LE(lengthAt) === wanted.length) return true;
  }
  return false;
}

function markupProblem(bytes: Uint8Array): FileProblem | undefined {
  const start = Buffer.from(bytes.subarray(0, 2_000))
    .toString('latin1')
    .replace(/^\xEF\xBB\xBF/, '')
    .trimStart()
    .toLowerCase();
  if (/^<\?xml/.test(start) && start.includes('urn:schemas-microsoft-com:office:spreadsheet'))
    return fileProblem('xml-xls');
  if (
    /^(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype html|html|head|meta|style|body|table|div)\b/.test(
      start,
    )
  )
    return fileProblem('html-xls');
  if (/^mime-version:/.test(start)) return fileProblem('html-xls');
  if (/^(?:<\?xml|<!doctype|<svg)/.test(start))
    return fileProblem('not-a-table', { zh: 'XML 文件', en: 'an XML file' });
  if (/^\{\\rtf/.test(start)) return fileProblem('not-a-table', { zh: 'RTF 文档', en: 'an RTF document' });
  return undefined;
}

import { describe, expect, test } from 'vitest';
import { makeCompoundFile, zipOf } from '../../../tests/support/make-workbook.ts';
import { isFileProblem, readTable } from './index.ts';

async function codeOf(bytes: Uint8Array | string): Promise<string> {
  const table = await readTable(Buffer.from(bytes), '账单.xlsx');
  return isFileProblem(table) ? table.code : 'read';
}

describe('a file is known by its first bytes, whatever its name', () => {
  test('an old Excel file is named as such, with the way to save it anew', async () => {
    expect(await codeOf(makeCompoundFile(['Workbook', '\u0005SummaryInformation']))).toBe('old-xls');
    expect(await codeOf(makeCompoundFile(['Book']))).toBe('old-xls');
    const problem = await readTable(makeCompoundFile(['Workbook']), 'a.xls');
    expect(problem).toMatchObject({ zh: expect.stringContaining('另存为 → Excel 工作簿（.xlsx）') });
  });

  test('a worksheet of Excel 3 without a container is an old Excel file too', async () => {
    expect(await codeOf(Buffer.from('090206000000100000', 'hex'))).toBe('old-xls');
  });

  test('a locked workbook is told apart from an old one, wherever its stream stands in the directory', async () => {
    expect(await codeOf(makeCompoundFile(['EncryptionInfo', 'EncryptedPackage']))).toBe('encrypted');
    const far = makeCompoundFile([
      '\u0006DataSpaces',
      'Version',
      'DataSpaceMap',
      'EncryptionInfo',
      'EncryptedPackage',
    ]);
    expect(await codeOf(far)).toBe('encrypted');
  });

  test('an old workbook in whose text EncryptedPackage stands is not called locked', async () => {
    const text = Buffer.alloc(66);
    text.write('EncryptedPackage\0', 'utf16le');
    text.writeUInt16LE(34, 64);
    // Text stands anywhere; a directory entry begins at a multiple of 128 bytes.
    const file = Buffer.concat([makeCompoundFile(['Workbook']), Buffer.alloc(6), text, Buffer.alloc(200)]);
    expect(await codeOf(file)).toBe('old-xls');
  });

  test('a web page named .xls is named as such, with a mark, a comment or a declaration before it', async () => {
    expect(await codeOf('<html xmlns:o="urn:schemas-microsoft-com:office:office"><table>')).toBe('html-xls');
    expect(await codeOf('\uFEFF\r\n  <TABLE border=1><tr><td>房号</td></tr></TABLE>')).toBe('html-xls');
    expect(await codeOf('<!-- 导出 --><!DOCTYPE html><html></html>')).toBe('html-xls');
    expect(await codeOf('<?xml version="1.0"?><html></html>')).toBe('html-xls');
    expect(await codeOf('MIME-Version: 1.0\r\nContent-Type: multipart/related')).toBe('html-xls');
  });

  test('an XML spreadsheet of 2003 and a binary workbook are named as such', async () => {
    const xml =
      '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">';
    expect(await codeOf(xml)).toBe('xml-xls');
    expect(await codeOf(await zipOf({ 'xl/workbook.bin': 'x' }))).toBe('xlsb');
  });

  test('a workbook with macros is named as such, whatever it is called, with the way to save it without them', async () => {
    const book = { 'xl/workbook.xml': '<workbook/>', 'xl/vbaProject.bin': 'x' };
    const problem = await readTable(await zipOf(book), '账单.xlsx');
    expect(problem).toMatchObject({ code: 'macro-workbook', zh: expect.stringContaining('.xlsm') });
  });

  test('a PDF, a picture, a Word document and other archives are told to be no table, each by name', async () => {
    const named = async (bytes: Uint8Array | string) => await readTable(Buffer.from(bytes), 'x.xlsx');
    expect(await named('%PDF-1.7')).toMatchObject({
      code: 'not-a-table',
      zh: expect.stringContaining('PDF'),
    });
    expect(await named(Buffer.from('89504e470d0a1a0a', 'hex'))).toMatchObject({
      zh: expect.stringContaining('图片'),
    });
    expect(await named(makeCompoundFile(['WordDocument']))).toMatchObject({
      zh: expect.stringContaining('Word'),
    });
    expect(await named(await zipOf({ 'word/document.xml': '<w/>' }))).toMatchObject({
      zh: expect.stringContaining('Word'),
    });
    expect(await named(await zipOf({ 'bills.csv': 'a,b' }))).toMatchObject({
      zh: expect.stringContaining('ZIP'),
    });
    expect(await named(Buffer.from([1, 2, 0, 3]))).toMatchObject({ code: 'not-a-table' });
  });

  test('an empty file, and one of blank lines, are told to be empty', async () => {
    expect(await codeOf('')).toBe('file-empty');
    expect(await codeOf('\n\n , ,\n')).toBe('read');
    expect(await codeOf('\n\n,,\n')).toBe('file-empty');
  });
});

import { describe, expect, test } from 'vitest';
import { makeWorkbook, zipOf } from '../../../../tests/support/make-workbook.ts';
import { isFileProblem } from '../table.ts';
import { readXlsx } from './read-xlsx.ts';
import { readSharedStrings } from './shared-strings.ts';
import { readWorkbook } from './workbook.ts';
import { openZip, readPart, type PartReader, type Zip } from './zip-parts.ts';

/** What may be unpacked before a hostile part is given up, whatever its length. */
const LITTLE = 1_300_000;
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument';
const ROOT = `<Relationships><Relationship Id="r" Type="${RELATION}" Target="xl/workbook.xml"/></Relationships>`;

const opened = async (parts: Readonly<Record<string, string>>): Promise<Zip> => {
  const zip = await openZip(await zipOf(parts));
  if (isFileProblem(zip)) throw new Error(zip.code);
  return zip;
};
/** Reads one part of ours, and says how it ended and how many bytes of it were unpacked. */
const readOf = async (xml: string, reader: PartReader = {}) => {
  const zip = await opened({ a: xml });
  const problem = await readPart(zip, 'a', reader);
  return { code: problem?.code, unpacked: zip.expanded };
};

describe('a workbook of few bytes cannot take the process down', () => {
  test('tags nested without end, named or prefixed, are given up after the first bytes', async () => {
    for (const tag of ['<row>', '<x:a b="1">']) {
      const { code, unpacked } = await readOf(`<worksheet>${tag.repeat(200_000)}`);
      expect(code).toBe('expands-too-far');
      expect(unpacked).toBeLessThan(LITTLE);
    }
    const fine = `${'<a>'.repeat(40)}${'</a>'.repeat(40)}`;
    expect(await readOf(fine)).toMatchObject({ code: undefined, unpacked: fine.length });
  });

  test('one tag with attributes without end, or with a name, a value or a comment that never ends', async () => {
    const letters = 'abcdefgh'.repeat(300_000);
    const many = Array.from({ length: 150_000 }, (_, at) => ` a${at}="1"`).join('');
    for (const xml of [`<a${many}/>`, `<${letters}/>`, `<a b="${letters}"/>`, `<a><!--${letters}--></a>`]) {
      const { code, unpacked } = await readOf(xml);
      expect(code).toBe('expands-too-far');
      expect(unpacked).toBeLessThan(LITTLE);
    }
  });

  test('relations, sheets, number formats and styles without end', async () => {
    const relation = (at: number) => `<Relationship Id="r${at}" Type="x/worksheet" Target="a${at}.xml"/>`;
    const lots = (one: (at: number) => string, count = 40_000) =>
      Array.from({ length: count }, (_, at) => one(at)).join('');
    const book = { '_rels/.rels': ROOT, 'xl/workbook.xml': '<workbook><sheets/></workbook>' };
    const sheets = lots((at) => `<sheet name="s${at}" r:id="r1"/>`);
    const styles = `<Relationships><Relationship Id="s" Type="x/styles" Target="styles.xml"/>${relation(1)}</Relationships>`;
    const one = '<workbook><sheets><sheet name="a" r:id="r1"/></sheets></workbook>';
    for (const parts of [
      { '_rels/.rels': `<Relationships>${lots(relation)}</Relationships>`, 'xl/workbook.xml': one },
      { ...book, 'xl/_rels/workbook.xml.rels': `<Relationships>${lots(relation)}</Relationships>` },
      {
        ...book,
        'xl/_rels/workbook.xml.rels': `<Relationships>${relation(1)}</Relationships>`,
        'xl/workbook.xml': `<workbook><sheets>${sheets}</sheets></workbook>`,
      },
      ...['<numFmts>', '<cellXfs>'].map((list) => ({
        ...book,
        'xl/workbook.xml': one,
        'xl/_rels/workbook.xml.rels': styles,
        'xl/styles.xml': `<styleSheet>${list}${lots((at) => `<${list === '<cellXfs>' ? 'xf' : 'numFmt'} numFmtId="${at}" formatCode="0"/>`, list === '<cellXfs>' ? 120_000 : 40_000)}`,
      })),
    ]) {
      const length = Math.max(...Object.values(parts).map((xml) => xml.length));
      const zip = await opened(parts);
      expect(await readWorkbook(zip)).toMatchObject({ code: 'expands-too-far' });
      expect(zip.expanded).toBeLessThan(length / 2 + LITTLE);
    }
  });

  test('defined names stand after the sheets and are not read at all', async () => {
    const name = '<definedName name="a">x</definedName>';
    const xml = `<workbook><sheets><sheet name="a" r:id="r1"/></sheets><definedNames>${name.repeat(60_000)}`;
    const zip = await opened({
      '_rels/.rels': ROOT,
      'xl/workbook.xml': xml,
      'xl/_rels/workbook.xml.rels':
        '<Relationships><Relationship Id="r1" Type="x/worksheet" Target="a.xml"/></Relationships>',
    });
    expect(await readWorkbook(zip)).toMatchObject({ sheets: [{ name: 'a' }] });
    expect(zip.expanded).toBeLessThan(LITTLE);
  });

  test('a text in a thousand runs, and a cell in a thousand values, hold no more than a cell may', async () => {
    const zip = await opened({ a: `<sst><si>${`<t>${'长'.repeat(1_000)}</t>`.repeat(1_000)}</si></sst>` });
    const strings = await readSharedStrings(zip, 'a');
    expect(Array.isArray(strings) && strings[0]?.length).toBeLessThan(3_000);
    const values = `<v>${'1'.repeat(1_000)}</v>`.repeat(1_000);
    const bytes = await makeWorkbook({
      sheets: [{ name: 'a', rows: `<row><c t="str">${values}</c></row>` }],
    });
    expect(await readXlsx(bytes)).toMatchObject({ code: 'cell-too-long' });
  });
});

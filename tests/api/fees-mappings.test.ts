/** Files that only their firm understands: what its columns are and which houses it means, said once by a person. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { takeRoster } from '../support/fees-world.ts';
import { makeCompoundFile, makeWorkbook, rowXml, zipOf } from '../support/make-workbook.ts';
import { openImportDesk, type ImportDesk } from '../support/import-desk.ts';

let hostile: Promise<[name: string, bytes: Uint8Array<ArrayBuffer>, words: string][]> | undefined;

/** Made once for both engines: a bomb, a locked workbook, one with macros. */
function hostileFiles() {
  hostile ??= (async () => {
    const zeros = '0'.repeat(64 * 1024 * 1024);
    const bomb = await makeWorkbook({ sheets: [{ name: 'a', rows: `<row><c><v>${zeros}</v></c></row>` }] });
    const locked = makeCompoundFile(['EncryptionInfo', 'EncryptedPackage']);
    const macros = await zipOf({ 'xl/workbook.xml': '<workbook/>', 'xl/vbaProject.bin': 'x' });
    return [
      ['bomb.xlsx', new Uint8Array(bomb), '解'],
      ['locked.xlsx', new Uint8Array(locked), '密码'],
      ['macros.xlsm', new Uint8Array(macros), '宏'],
    ];
  })();
  return hostile;
}

const HEADER = ['对象', '名目', '所属', '本次'];
const columns = [
  { column: '对象', field: 'room' },
  { column: '名目', field: 'item' },
  { column: '所属', field: 'period' },
  { column: '本次', field: 'amount' },
];
const SHEET = `${HEADER.join(',')}\n3-2-0501,物业费,202606,118.32\n3-2-502,物业费,202606,20\n`;

eachEngine((_name, open) => {
  let desk: ImportDesk;
  beforeAll(async () => {
    desk = await openImportDesk(await startApp(await open()));
  });
  beforeEach(async () => {
    const { db, tables } = desk.world.app.engine;
    await db.delete(tables.feeMappings);
    await db.delete(tables.houseNames);
    await desk.empty();
    await takeRoster(desk.world, [
      '3,2,0501,王玉兰,,业主,,',
      '3,2,0502,李建国,,业主,,',
      '3,1,0502,赵敏,,业主,,',
    ]);
  });

  const put = async (path: string, json: unknown, by = desk.world.accountant) => {
    const { app, estate } = desk.world;
    const response = await app.request(`/api/v1/estates/${estate.id}/${path}`, { method: 'PUT', by, json });
    return { status: response.status, ...((await response.json()) as Record<string, unknown>) };
  };
  const save = (more: Record<string, unknown> = {}) =>
    put('bill-mappings', { name: '收费系统', version: 0, header: HEADER, columns, ...more });
  const check = (text: string, query = '') =>
    desk.send(`bills?dryRun=true&fileName=a.csv${query}`, text, desk.world.accountant);

  describe('a header that nobody understands', () => {
    it('is shown with its first rows; mapped once, the next file with the same header is read by it', async () => {
      expect(await check(SHEET)).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      const preview = await desk.send('bills/preview?fileName=a.csv', SHEET, desk.world.accountant);
      expect(preview).toMatchObject({ headerRow: 1, header: HEADER, columns: [] });
      expect(preview).toHaveProperty('rows.0', ['3-2-0501', '物业费', '202606', '118.32']);
      expect(await save()).toMatchObject({ status: 200, waits: false });
      expect(await check(SHEET)).toMatchObject({ counts: { rows: 2, added: 1, rejected: 1 } });
      const again = await desk.send('bills/preview?fileName=a.csv', SHEET, desk.world.accountant);
      expect(again).toMatchObject({ columns });
    });

    it('whose mapping names a column that the file lacks is refused by that name, and nothing is written', async () => {
      await save();
      const other = SHEET.replace('本次', '本期');
      const refused = await desk.send(
        `bills?fileName=a.csv&mapping=${encodeURIComponent('收费系统')}`,
        other,
        desk.world.accountant,
      );
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      expect(refused.fields[0]!.zh).toContain('这个文件里没有：“本次”');
      expect(await desk.countOf('bills')).toBe(0);
      expect((await check(SHEET, '&mapping=nobody')).fields).toMatchObject([{ field: 'mapping' }]);
    });

    it('that no table is, or that hides what it holds, is refused in words of both languages, and nothing is lost', async () => {
      const kept = await desk.countOf('bills');
      for (const [name, bytes, words] of await hostileFiles()) {
        const refused = await desk.send(`bills?fileName=${name}`, bytes, desk.world.accountant);
        expect(refused, name).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
        const [said] = refused.fields as unknown as { zh: string; en: string }[];
        expect(said!.zh).toContain(words);
        expect(said!.en).toMatch(/^[ -~“”→‘’–]+$/);
      }
      // A formula that was never worked out refuses its row by its cell, and the others are read.
      const cells = ['房号', '收费项目', '计费月份', '应收金额'];
      const rows = [
        rowXml(1, cells),
        rowXml(2, ['3-2-0501', '物业费', '202606', '118.32']),
        '<row r="3"><c t="inlineStr"><is><t>3-2-0502</t></is></c><c t="inlineStr"><is><t>物业费</t></is></c><c t="inlineStr"><is><t>202606</t></is></c><c><f>A2*2</f></c></row>',
      ].join('');
      const book = await makeWorkbook({ sheets: [{ name: '账单', rows }] });
      const path = 'bills?dryRun=true&fileName=f.xlsx';
      const read = await desk.send(path, new Uint8Array(book), desk.world.accountant);
      expect(read).toMatchObject({ counts: { rows: 2, added: 1, rejected: 1 } });
      expect(JSON.stringify(read)).toContain('公式没有保存结果');
      expect(await desk.countOf('bills')).toBe(kept);
    });

    it('is mapped anew only by whoever has seen the last version, and never to a column it has not', async () => {
      await save();
      expect(await save()).toMatchObject({ code: 'already-exists' });
      expect(await save({ version: 2 })).toMatchObject({ code: 'changed-meanwhile' });
      expect(await save({ version: 1 })).toMatchObject({ status: 200, waits: false });
      const wrong = await save({ version: 2, columns: [...columns, { column: '面积', field: 'area' }] });
      expect(wrong).toMatchObject({ code: 'invalid-input', fields: [{ field: 'columns' }] });
    });
  });

  it('a mapping is its accountant’s word: an operator and a program do not change it', async () => {
    const { app, estate } = desk.world;
    const operator = await app.person({ role: 'operator', place: estate.id });
    const refused = await put('bill-mappings', { name: 'x', version: 0, header: HEADER, columns }, operator);
    expect(refused).toMatchObject({ status: 403, code: 'not-allowed' });
  });

  describe('a house that the roster does not have as the firm writes it', () => {
    it('is decided by a person, with the likely ones named, and remembered for the next file', async () => {
      await save();
      const dry = await check(SHEET);
      expect(dry).toMatchObject({
        unknownHouses: [{ written: '3-2-502', rows: 1, rowNumber: 3, candidates: ['3-2-0502', '3-1-0502'] }],
      });
      const decision = { written: '3-2-502', house: '3-2-0502', version: 0 };
      expect(await put('house-names', decision)).toMatchObject({
        ...{ status: 200, written: '3-2-502', version: 1 },
        house: { code: '3-2-0502' },
      });
      expect(await put('house-names', decision)).toMatchObject({ code: 'changed-meanwhile' });
      const next = SHEET.replaceAll('202606', '202607');
      expect(await check(next)).toMatchObject({ counts: { added: 2, rejected: 0 } });
      // 502 is a house of its own from the day on which the roster has it.
      await takeRoster(desk.world, ['3,2,502,钱多,,业主,,']);
      await desk.send('bills?fileName=a.csv', next, desk.world.accountant);
      const { bills, houses } = desk.world.app.engine.tables;
      const rows = await desk.world.app.engine.db.select({ house: bills.house }).from(bills);
      const named = new Map(
        (await desk.world.app.engine.db.select().from(houses)).map(({ id, room }) => [id, room]),
      );
      expect(rows.map(({ house }) => named.get(house)).sort()).toEqual(['0501', '502']);
    });

    it('is decided otherwise or no longer, by whoever saw the last decision; rows read by one are counted', async () => {
      await save();
      const decision = { written: '3-2-502', house: '3-1-0502', version: 0 };
      await put('house-names', decision);
      expect(await check(SHEET)).toMatchObject({ counts: { added: 2, decided: 1 } });
      expect(await put('house-names', { ...decision, house: '3-2-0502', version: 1 })).toMatchObject({
        version: 2,
      });
      const { app, estate, accountant } = desk.world;
      const forget = (version: number) =>
        app.request(`/api/v1/estates/${estate.id}/house-names?written=3-2-502&version=${version}`, {
          ...{ method: 'DELETE', by: accountant },
        });
      expect((await forget(1)).status).toBe(409);
      expect((await forget(2)).status).toBe(204);
      expect((await forget(2)).status).toBe(409);
      const after = await check(SHEET);
      expect(after).toMatchObject({ counts: { added: 1, rejected: 1 } });
      expect(after.counts).not.toHaveProperty('decided');
    });

    it('that is decided otherwise between the check and the acceptance lets nothing in that was not shown', async () => {
      await save();
      await put('house-names', { written: '3-2-502', house: '3-1-0502', version: 0 });
      const { digest } = (await check(SHEET)) as { digest?: string };
      await put('house-names', { written: '3-2-502', house: '3-2-0502', version: 1 });
      const take = (shown: string) => desk.send(`bills?fileName=a.csv${shown}`, SHEET, desk.world.accountant);
      expect(await take(`&shown=${digest}`)).toMatchObject({ code: 'changed-meanwhile' });
      expect(await desk.countOf('bills')).toBe(0);
      const now = (await check(SHEET)) as { digest?: string };
      expect(await take(`&shown=${now.digest}`)).toMatchObject({ counts: { added: 2 } });
      // A program that has shown nobody anything sends none.
      expect(await take('')).toMatchObject({ repeated: true });
    });

    it('that no rule can read is decided by what is written; a house that is none is refused', async () => {
      await save();
      const odd = SHEET.replace('3-2-502', '东门 岗亭旁');
      expect(await check(odd)).toMatchObject({
        unknownHouses: [{ written: '东门岗亭旁', rowNumber: 3, candidates: [] }],
      });
      const none = await put('house-names', { written: '东门岗亭旁', house: '3-2-9999', version: 0 });
      expect(none).toMatchObject({ code: 'invalid-input', fields: [{ field: 'house' }] });
      await put('house-names', { written: '东门岗亭旁', house: '3-1-0502', version: 0 });
      expect(await check(odd)).toMatchObject({ counts: { added: 2, rejected: 0 } });
    });
  });
});

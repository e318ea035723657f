/** Rosters as they are sent: taken in whole or not at all, recognised, and refused row by row. */
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { v7 as uuid } from 'uuid';
import { importRoster } from '../../api/places/index.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { residentOf, takeRoster } from '../support/fees-world.ts';
import { openImportDesk, type ImportDesk } from '../support/import-desk.ts';
import { sampleBytes } from '../support/sample-files.ts';

eachEngine((_name, open) => {
  let desk: ImportDesk;
  beforeAll(async () => {
    desk = await openImportDesk(await startApp(await open()));
  });
  beforeEach(() => desk.empty());

  describe('a roster', () => {
    it('that gives one phone to two people is asked about, and taken in once somebody says that they share it', async () => {
      const lines = [
        '楼栋,单元,房号,姓名,手机,与房屋关系',
        '3,2,0501,王秀兰,13712340001,业主',
        '3,2,0501,李建国,13712340001,家庭成员',
      ];
      const file = Buffer.from(lines.join('\n'));
      const dry = await desk.send('roster?dryRun=true&fileName=couple.csv', file);
      expect(dry.questions).toMatchObject([
        { code: 'shared-phones', zh: expect.stringContaining('第 3 行') as string },
      ]);
      const refused = await desk.send('roster?fileName=couple.csv', file);
      expect([refused.code, await desk.countOf('houses')]).toEqual(['not-confirmed', 0]);
      const taken = await desk.send('roster?fileName=couple.csv&confirm=shared-phones', file);
      expect(taken.counts).toMatchObject({ people: 2 });
      // The next roster says what is known, so nobody is asked again.
      const next = await desk.send(
        'roster?dryRun=true&fileName=next.csv',
        Buffer.from(`${lines.join('\n')}\n`),
      );
      expect(next.questions).toEqual([]);
    });

    it('is looked at first, then taken in, and recognised when it comes again', async () => {
      const before = await desk.countOf('people');
      const file = Buffer.from(sampleBytes('roster-gbk.csv'));
      const dry = await desk.send('roster?dryRun=true&fileName=r.csv', file);
      expect(dry.counts).toMatchObject({ rows: 55, rejected: 0, residencies: 55 });
      expect(dry.questions).toMatchObject([{ code: 'other-estate' }]);
      expect([await desk.countOf('houses'), await desk.countOf('people')]).toEqual([0, before]);
      const taken = await desk.send('roster?fileName=r.csv&confirm=other-estate', file);
      expect(taken).toMatchObject({ repeated: false, counts: dry.counts });
      expect(await desk.countOf('houses')).toBe(dry.counts['houses']);
      expect(await desk.countOf('people')).toBe(before + dry.counts['people']!);
      const again = await desk.send('roster?fileName=other-name.csv', file);
      expect(again).toMatchObject({ repeated: true, import: taken.import });
      expect(await desk.countOf('residencies')).toBe(55);
    });

    it('comes as a form too, as a browser sends it', async () => {
      const form = new FormData();
      form.set('file', new Blob([sampleBytes('roster-gbk.csv').slice()]), '花名册.csv');
      expect(await desk.send('roster?confirm=other-estate', form)).toMatchObject({
        fileName: '花名册.csv',
        repeated: false,
      });
    });

    it('knows one person by name and phone, in whatever house, and two by their phones', async () => {
      const before = await desk.countOf('people');
      await takeRoster(desk.world, [
        '3,2,0501,王玉兰,13800000007,业主,,',
        '3,2,0502,王玉兰,13800000007,业主,,',
        '3,2,0503,王玉兰,13800000008,租户,,',
        '3,2,0504,李建国,,业主,,',
        '3,2,0505,李建国,,业主,,',
      ]);
      expect((await desk.countOf('people')) - before).toBe(4);
      expect(await residentOf(desk.world, '0501')).toBe(await residentOf(desk.world, '0502'));
      expect(await residentOf(desk.world, '0503')).not.toBe(await residentOf(desk.world, '0501'));
      expect(await residentOf(desk.world, '0504')).not.toBe(await residentOf(desk.world, '0505'));
    });

    it('of the next month ends what has ended and changes nothing else', async () => {
      await takeRoster(desk.world, ['3,2,0501,王玉兰,13800000007,业主,,', '3,2,0502,李建国,,业主,,']);
      const report = await takeRoster(desk.world, [
        '3,2,0501,王玉兰,13800000007,业主,,2026-06-14',
        '3,2,0501,赵敏,13800000009,业主,2026-06-15,',
        '3,2,0502,李建国,,业主,,',
      ]);
      expect(report.counts).toMatchObject({ houses: 0, people: 1, residencies: 1, ended: 1, unchanged: 1 });
      const { residencies: t } = desk.world.app.engine.tables;
      const rows = await desk.world.app.engine.db.select({ since: t.since, until: t.until }).from(t);
      expect(rows).toContainEqual({ since: '1900-01-01', until: '2026-06-15' });
      expect(rows).toContainEqual({ since: '2026-06-15', until: null });
    });

    it('keeps 501 and 0501 apart', async () => {
      await takeRoster(desk.world, ['3,2,0501,甲,,业主,,', '3,2,501,乙,,业主,,']);
      expect(await desk.countOf('houses')).toBe(2);
    });

    it('of another estate is taken in only when somebody says that it is this one, and is asked about once', async () => {
      const roster = (house: string) => `小区,楼栋,单元,房号,姓名,与房屋关系\n${house},甲,业主\n`;
      const people = await desk.countOf('people');
      const file = roster('金康苑,3,2,0501');
      const refused = await desk.send('roster', file);
      expect(refused).toMatchObject({ code: 'not-confirmed', fields: [{ field: 'confirm' }] });
      expect(refused.fields[0]!.zh).toContain('文件写的小区是“金康苑”，不是“和美苑');
      expect([await desk.countOf('houses'), await desk.countOf('people')]).toEqual([0, people]);
      expect(await desk.send('roster?confirm=new-houses', file)).toMatchObject({ code: 'not-confirmed' });
      expect(await desk.send('roster?confirm=other-estate', file)).toMatchObject({ counts: { people: 1 } });
      const later = await desk.send('roster?dryRun=true', roster('金康苑,3,2,0501').replace('甲', '乙'));
      expect(later.questions).toEqual([]);
    });

    it('makes no house beside 0601 for 601, and no building 33 for 3, before somebody says so', async () => {
      const roster = (...houses: string[]) =>
        ['楼栋,单元,房号,姓名,与房屋关系', ...houses.map((house) => `${house},甲,业主`)].join('\n');
      expect(await desk.send('roster', roster('3,2,0601', '3,2,0602'))).toMatchObject({ questions: [] });
      const slips = roster('3,2,601', '33,2,0601', '3,2,0602');
      const dry = await desk.send('roster?dryRun=true', slips);
      expect(dry.questions).toMatchObject([{ code: 'new-houses' }]);
      expect(dry.questions[0]!.zh).toContain(
        '3栋2单元601（已有 3栋2单元0601）、33栋2单元0601（以前没有33栋）',
      );
      expect(await desk.send('roster', slips)).toMatchObject({ code: 'not-confirmed' });
      expect(await desk.countOf('houses')).toBe(2);
      await desk.send('roster?confirm=new-houses,other-estate', slips);
      expect(await desk.countOf('houses')).toBe(4);
    });

    it('gives the refused rows back as a file to mend, and leaves out those of another estate', async () => {
      const text = `小区,楼栋,单元,房号,姓名,手机,与房屋关系\n和美苑,3,2,0501,甲,,业主\n康乐苑,3,2,0502,乙,,业主\n和美苑,3,2,0503,,,邻居\n`;
      const dry = await desk.send('roster?dryRun=true', text);
      expect(dry.rejected.map(({ rowNumber, reasons }) => [rowNumber, reasons.map((r) => r.code)])).toEqual([
        [3, ['other-estate']],
        [4, ['missing', 'relation-unknown']],
      ]);
      const answer = await desk.upload('roster/rejected?format=csv&fileName=r.csv', text);
      expect(answer.headers.get('content-disposition')).toContain('attachment');
      const csv = await answer.text();
      expect(csv).toContain('未导入原因');
      expect(csv).toContain('康乐苑');
      expect(csv).not.toContain('甲');
    });

    it.each([
      ['an old .xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'), '.xlsx'],
      ['a missing column', Buffer.from('房号,姓名\n3-2-0501,王\n'), '与房屋关系'],
      ['nothing', Buffer.from(''), '没有内容'],
    ])('that is %s is answered in plain words, and nothing is written', async (_what, body, words) => {
      const refused = await desk.send('roster', body);
      expect(refused).toMatchObject({ code: 'invalid-input', fields: [{ field: 'file' }] });
      expect(refused.fields[0]!.zh).toContain(words);
      expect(await desk.countOf('imports')).toBe(0);
    });

    it('that the database refuses in the middle leaves nothing', async () => {
      const { houses } = desk.world.app.engine.tables;
      const there = { version: 1, estate: 'elsewhere', building: '1', unit: '1', room: '1', createdAt: 0 };
      await desk.world.app.engine.db.insert(houses).values({ ...there, id: 'clash' });
      let made = 0;
      const deps = { ...desk.world.deps, ids: () => (++made === 7 ? 'clash' : `00000000-${made}`) };
      const text = '楼栋,单元,房号,姓名,与房屋关系\n3,2,0501,甲,业主\n3,2,0502,乙,业主\n3,2,0503,丙,业主\n';
      const file = { source: Buffer.from(text), fileName: 'x.csv' };
      const people = await desk.countOf('people');
      const { id: estate } = desk.world.estate;
      await expect(importRoster(deps, { estate, file, dryRun: false, actor: 'test' })).rejects.toThrow();
      expect([await desk.countOf('houses'), await desk.countOf('imports')]).toEqual([1, 0]);
      expect(await desk.countOf('people')).toBe(people);
    });
  });

  describe('an import whose page was left', () => {
    const LINES = '楼栋,单元,房号,姓名,手机,与房屋关系\n3,2,0501,王秀兰,13712340001,业主\n';
    type Run = {
      state: string;
      stage: string;
      rows: number;
      mine: boolean;
      import?: string;
      counts?: Record<string, number>;
      refusal?: { code: string; title: { zh: string }; fields: { zh: string }[] };
    };
    const runs = async (by = desk.staff): Promise<Run[]> => {
      const path = `/api/v1/estates/${desk.world.estate.id}/import-runs?kind=roster`;
      return ((await (await desk.world.app.request(path, { by })).json()) as { items: Run[] }).items;
    };
    /** A file that is sent in two pieces; `rest` sends the second, or breaks off. */
    const slowly = () => {
      let controller: ReadableStreamDefaultController<Uint8Array>;
      const body = new ReadableStream<Uint8Array>({ start: (own) => void (controller = own) });
      controller!.enqueue(Buffer.from(LINES.slice(0, 20)));
      const rest = (way: 'comes' | 'breaks') => {
        if (way === 'breaks') return controller.error(new Error('cut off'));
        controller.enqueue(Buffer.from(LINES.slice(20)));
        controller.close();
      };
      return { body, rest };
    };
    const settled = (state: string) =>
      vi.waitFor(async () => expect((await runs())[0]).toMatchObject({ state }));

    it('goes on, and shows how far it is and what came of it', async () => {
      const { body, rest } = slowly();
      const answer = desk.upload('roster?fileName=slow.csv', body);
      await settled('running');
      expect((await runs())[0]).toMatchObject({ stage: 'reading', rows: 0, mine: true });
      rest('comes');
      expect((await answer).status).toBe(200);
      const [run] = await runs();
      expect(run).toMatchObject({ state: 'taken', stage: 'writing', rows: 2, counts: { people: 1 } });
      expect(run?.import).toBeDefined();
      const colleague = await desk.world.app.person({ role: 'staff', place: desk.world.estate.id });
      expect((await runs(colleague))[0]).toMatchObject({ mine: false });
    });

    it('has written nothing where the file did not come to its end', async () => {
      const { body, rest } = slowly();
      const answer = desk.upload('roster?fileName=cut.csv', body);
      await settled('running');
      rest('breaks');
      await answer.catch(() => undefined);
      await settled('failed');
      expect(await desk.countOf('houses')).toBe(0);
    });

    it('says why the file was refused', async () => {
      await desk.upload('roster?fileName=wrong.csv', Buffer.from('天气,心情\n晴,好\n'));
      const [run] = await runs();
      expect(run).toMatchObject({ state: 'refused', refusal: { code: 'invalid-input' } });
      expect(run?.refusal?.fields[0]?.zh).not.toBe('');
    });

    it('leaves nothing where the file was only checked', async () => {
      const before = (await runs()).length;
      await desk.upload('roster?dryRun=true&fileName=dry.csv', Buffer.from(LINES));
      expect(await runs()).toHaveLength(before);
    });

    it('of a process that fell silent is told as broken off', async () => {
      const { db, tables } = desk.world.app.engine;
      const long = desk.world.app.clock.now - 61_000;
      await db.insert(tables.importRuns).values({
        ...{ id: uuid(), place: desk.world.estate.id, kind: 'roster', fileName: 'old.csv', state: 'running' },
        ...{ stage: 'writing', rows: 2, startedBy: 'person:gone', startedAt: long, heartbeatAt: long },
      });
      expect((await runs())[0]).toMatchObject({ state: 'failed' });
    });

    it('is nobody’s who does not work there', async () => {
      const { app, estate } = desk.world;
      const stranger = await app.person({ role: 'staff', place: await app.place() });
      const path = `/api/v1/estates/${estate.id}/import-runs?kind=roster`;
      expect((await app.request(path, { by: stranger })).status).toBe(404);
    });
  });
});

/** Evidence of a break as files: what is taken, by whom it is opened, and that nothing of it is lost. */
import { createHash } from 'node:crypto';
import { asc } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import type { FeesWorld } from '../support/fees-world.ts';
import { attachmentOn } from '../support/attachments.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';
import { disarm, execute } from '../support/stored-book.ts';

type Evidence = {
  id: string;
  name: string;
  type: string;
  size: number;
  sha256: string;
  withdrawn?: { reason: string };
};
type Break = {
  id: string;
  code?: string;
  attachments: Evidence[];
  events: { kind: string; comment: string }[];
};

const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
const MiB = 1024 * 1024;
/** More than a statement once had room for. */
const MANY = 231;

eachEngine((_name, open) => {
  describe('evidence of a break', () => {
    let world: FeesWorld;
    let id: string;
    let other: string;
    let auditor: TestPerson;
    const send = async (
      bytes: Uint8Array | FormData,
      { name = '更正单 2026-118.pdf', by = world.accountant, key = uuid(), of = id } = {},
    ) => {
      const query = new URLSearchParams({ fileName: name });
      const answer = await world.app.request(`/api/v1/breaks/${of}/attachments?${query}`, {
        ...{ by, key, method: 'POST', body: bytes as BodyInit },
        ...(bytes instanceof FormData ? {} : { headers: { 'content-type': 'application/octet-stream' } }),
      });
      return { status: answer.status, body: (await answer.json()) as Break };
    };
    const openIt = (attachment: string, by = world.accountant, of = id) =>
      world.app.request(`/api/v1/breaks/${of}/attachments/${attachment}`, { by });
    const withdraw = async (attachment: string, reason = '传错了，是另一户的') => {
      const path = `/api/v1/breaks/${id}/attachments/${attachment}/withdrawal`;
      const answer = await world.app.request(path, { by: world.accountant, key: uuid(), json: { reason } });
      return { status: answer.status, body: (await answer.json()) as Break };
    };

    beforeAll(async () => {
      world = await openJune(open, { rooms: ['0501', '0502'], points: { con: 4_000 } });
      world.app.clock.now += DAY_MS * 6;
      await takePosted(world, '一.csv', [postedRow(1, '10.01'), postedRow(2, '10.02')]);
      const { items } = await read<{ items: Break[] }>(
        world,
        `/estates/${world.estate.id}/breaks?state=open`,
      );
      [id, other] = [items[0]!.id, items[1]!.id];
      // As a release before this one kept it: by no transaction, and counted by nothing.
      await attachmentOn(world.app, { place: world.estate.id, thingId: uuid(), size: 499 * MiB });
      const { db, tables } = world.app.engine;
      const [row] = await db.select().from(tables.attachments);
      const one = () => ({ ...row!, id: uuid(), thingId: uuid(), size: 1 });
      await db.insert(tables.attachments).values(Array.from({ length: MANY - 1 }, one));
      auditor = await world.app.person({ role: 'auditor', place: world.estate.id });
    });

    it('is attached once however often it is pressed, and opened by who looks at the break alone', async () => {
      const [key, bytes] = [uuid(), pdf('1 0 obj')];
      const first = await send(bytes, { key });
      expect(first.status).toBe(200);
      expect((await send(bytes, { key })).body.attachments).toHaveLength(1);
      expect((await send(bytes)).body.code).toBe('attached-already');
      const [its] = first.body.attachments;
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(its).toMatchObject({
        name: '更正单 2026-118.pdf',
        type: 'application/pdf',
        size: bytes.length,
        sha256,
      });
      expect(first.body.events.at(-1)).toMatchObject({ kind: 'attached', comment: its!.name });
      await openIt(its!.id, auditor);
      const opened = await openIt(its!.id, auditor);
      expect(Buffer.from(await opened.arrayBuffer())).toEqual(bytes);
      expect(Object.fromEntries(opened.headers)).toMatchObject({
        'content-type': 'application/pdf',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
      });
      expect(opened.headers.get('content-disposition')).toMatch(/^attachment; /);
      // Who opened it stands in the access log, once a visit however often a page shows it.
      const log = await world.app.engine.db.select().from(world.app.engine.tables.accessLog);
      expect(log.filter(({ action }) => action === 'open-file')).toMatchObject([
        {
          ...{ actor: `person:${auditor.id}`, subject: `attachment:${its!.id}`, place: world.estate.id },
          // By its id alone no auditor would know which file it was.
          reason: '更正单 2026-118.pdf',
        },
      ]);
      const stranger = await world.app.person({ role: 'member', place: world.estate.id });
      expect((await openIt(its!.id, stranger)).status).toBe(403);
      const { items } = await read<{ items: Break[] }>(
        world,
        `/estates/${world.estate.id}/breaks?state=open`,
      );
      expect((await openIt(its!.id, world.accountant, items[1]!.id)).status).toBe(404);
      expect((await send(pdf('2'), { by: auditor })).body.code).toBe('not-allowed');
    });

    it('comes from a form as well, whatever it calls itself; what is no picture is refused', async () => {
      const form = new FormData();
      form.set('file', new File([pdf('form')], 'x.exe', { type: 'text/html' }));
      expect((await send(form)).body.attachments.at(-1)).toMatchObject({ type: 'application/pdf' });
      const page = Buffer.from('<!doctype html><script>alert(1)</script>');
      expect((await send(page, { name: '照片.jpg' })).body.code).toBe('file-not-accepted');
      expect((await send(Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).body.code).toBe('file-unfit');
      expect((await send(Buffer.concat([pdf(''), Buffer.alloc(6 * MiB)]))).body.code).toBe('too-large');
      const large = Buffer.concat([pdf(''), Buffer.alloc(5 * MiB), pdf('')]);
      expect((await send(large)).body.code).toBe('too-large');
    });

    it('is withdrawn with a reason: the row stays for everybody, the file for auditors', async () => {
      const { body } = await send(pdf('别人家的'), { name: '别人家的.pdf' });
      const { id: attachment } = body.attachments.at(-1)!;
      const gone = await withdraw(attachment);
      expect(gone.body.attachments.at(-1)).toMatchObject({ withdrawn: { reason: '传错了，是另一户的' } });
      expect(gone.body.events.at(-1)).toMatchObject({ kind: 'withdrawn', comment: '传错了，是另一户的' });
      expect((await withdraw(attachment)).body.code).toBe('attachment-withdrawn');
      expect((await withdraw(uuid())).status).toBe(404);
      expect((await openIt(attachment)).status).toBe(404);
      expect((await openIt(attachment, auditor)).status).toBe(200);
    });

    it('has room for ten that stand, also when the last two come at once, and an estate for 500 MB', async () => {
      for (let nth = 0; nth < 7; nth++) expect((await send(pdf(`第 ${nth} 页`))).status).toBe(200);
      const both = await Promise.all([send(pdf('甲')), send(pdf('乙'))]);
      expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([200, 'attachments-full']);
      await withdraw(both.find(({ status }) => status === 200)!.body.attachments.at(-1)!.id);
      // Every one stands in the month's statement by its hash, however many, and no bytes do.
      const { evidence } = await read<{ evidence: Evidence[] }>(
        world,
        `/places/${world.estate.id}/preliminary-statement`,
      );
      expect(evidence).toContainEqual({
        name: '更正单 2026-118.pdf',
        sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(evidence.length).toBeGreaterThan(MANY + 10);
    });

    it('of two differences at once fills what room its estate has left once, and what is refused leaves no bytes', async () => {
      const large = (fill: number) => Buffer.concat([pdf(''), Buffer.alloc(0.6 * MiB, fill), pdf('')]);
      const both = await Promise.all([send(large(1)), send(large(2), { of: other })]);
      expect(both.map(({ status, body }) => body.code ?? status).sort()).toEqual([
        200,
        'attachments-no-room',
      ]);
      const { db, tables } = world.app.engine;
      const kept = await db.select({ id: tables.attachmentContents.id }).from(tables.attachmentContents);
      const named = await db.select({ id: tables.attachments.content }).from(tables.attachments);
      expect(kept.map((row) => row.id).sort()).toEqual([...new Set(named.map((row) => row.id))].sort());
    });

    it('that somebody has changed in the database is found by verify', async () => {
      const { engine } = world.app;
      const { db, tables } = engine;
      const findings = async () => (await verify(engine, productChecks)).findings.map(({ en }) => en);
      const report = await verify(engine, productChecks);
      expect(report.findings).toEqual([]);
      const { attachments: t } = tables;
      const files = await db.select().from(t).orderBy(asc(t.createdAt), asc(t.id));
      // As many as the lists have, although some are the same bytes, which are read once.
      expect(new Set(files.map(({ content }) => content)).size).toBeLessThan(files.length);
      expect(report.books[0]?.files).toBe(files.length);
      const [before, [first, second, third, fourth]] = [files[0], files.slice(MANY)];
      await expect(execute(engine, `delete from attachments where id = '${first!.id}'`)).rejects.toThrow();

      const now = world.app.clock.now + DAY_MS;
      // Put there with the words that any user of the database has.
      const forged = { ...first!, id: uuid(), createdAt: now };
      await db.insert(tables.attachments).values(forged);
      const gone = { id: uuid(), version: 1, attachment: second!.id, reason: '不要了', withdrawnBy: 'x' };
      await db.insert(tables.attachmentWithdrawals).values({ ...gone, createdAt: now });
      await db
        .insert(tables.attachmentContents)
        .values({ id: '0'.repeat(64), bytes: Buffer.from('x'), createdAt: 1 });
      const unmade = (id: string) => `attached file ${id} names no transaction of the ledger that made it`;
      expect((await findings()).sort()).toEqual([
        ...[forged.id, gone.id].sort().map(unmade),
        expect.stringMatching(/^content 0{64} has the hash/),
      ]);

      // By somebody with the file in his hands.
      await disarm(engine, 'attachments');
      await execute(engine, `delete from attachments where id in ('${forged.id}', '${third!.id}')`);
      await execute(
        engine,
        `update attachments set content = '${fourth!.content}' where id = '${first!.id}'`,
      );
      await execute(engine, `update attachments set name = '别的.pdf' where id = '${before!.id}'`);
      const found = await findings();
      expect(found).toContain('the ledger counted one attached file, and its row is gone');
      for (const one of [first!.id, `attachments-of-before:${report.books[0]!.book}`])
        expect(found).toContainEqual(
          expect.stringContaining(`the hash of its contents of attached file ${one} differs`),
        );
      await disarm(engine, 'attachment_contents');
      await execute(engine, `delete from attachment_contents where id = '${second!.content}'`);
      expect(await findings()).toContain(`content ${second!.content} of a file is gone`);
    });
  });
});

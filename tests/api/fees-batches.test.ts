/** A batch on its way to the firm: sent, taken in, posted; or taken back by two, before any of it was posted. */
import { eq } from 'drizzle-orm';
import { setTimeout as later } from 'node:timers/promises';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelOffset, importPostedList } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { turnOf } from '../../api/places/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { readTable } from '../../api/platform/files/index.ts';
import { eachEngine } from '../support/database.ts';
import {
  approveFirmChanges,
  offsetBill,
  ok,
  residentOf,
  secondOf,
  type FeesWorld,
} from '../support/fees-world.ts';
import { DAY_MS, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';
import type { TestPerson } from '../support/whole-app.ts';

type Break = { id: string; kind: string; zh: string };
type Batch = Record<'id' | 'number' | 'rowsHash' | 'state', string> & {
  open: number;
  steps: string[];
  sent?: { name?: string; at: string };
};

eachEngine((_name, open) => {
  describe('a batch that was handed over', () => {
    let world: FeesWorld;
    let second: TestPerson;
    const offsets = new Map<string, string>();
    const path = () => `/estates/${world.estate.id}/offset-exports`;
    const send = async (
      to: string,
      options: { by?: TestPerson; json?: object; key?: string; method?: string },
    ) => {
      const { by = world.accountant, method = 'POST', ...rest } = options;
      const answer = await world.app.request(`/api/v1${to}`, { ...rest, method, by });
      return { status: answer.status, body: (await answer.json()) as Batch & { code?: string } };
    };
    const export_ = async (key = uuid()) => send(path(), { key });
    const mark = (batch: string, what: string) =>
      send(`/offset-exports/${batch}/marks`, { json: { mark: what } });
    const askBack = (batch: string) =>
      send(`/offset-exports/${batch}/take-back-request`, { json: { reason: '收费系统不认房号' } });
    const takeBack = (batch: string, by: TestPerson, key = uuid()) =>
      send(`/offset-exports/${batch}/take-back`, { by, key });
    const toSign = async () => {
      const answer = await world.app.request('/api/v1/me/tasks', { by: second });
      const { items } = (await answer.json()) as { items: { kind: string; count: number }[] };
      return items.find(({ kind }) => kind === 'take-batch-back')?.count ?? 0;
    };
    const batchOf = (id: string) => read<Batch>(world, `/offset-exports/${id}`);
    const fileOf = async (id: string, query = '') => {
      const answer = await world.app.request(`/api/v1/offset-exports/${id}/file${query}`, {
        by: world.accountant,
      });
      const table = await readTable(
        Buffer.from(await answer.arrayBuffer()),
        answer.headers.get('content-type')!.includes('csv') ? 'b.csv' : 'b.xlsx',
      );
      if ('code' in table) throw new Error(table.code);
      return table.rows;
    };
    let first: Batch;

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503', '0504', '0505', '0506', '0507'];
      world = await openEstate(open, { rooms, points: { con: 4_000 } });
      second = await secondOf(world);
      for (const room of ['0501', '0502']) offsets.set(room, (await offsetBill(world, room, '10.00')).offset);
    });

    it('is one batch, whoever exports at the same moment: no offset is in two', async () => {
      const both = await Promise.all([export_(), export_()]);
      expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
      first = both.find(({ status }) => status === 201)!.body;
      expect(first).toMatchObject({ count: 2, state: 'made', open: 2, steps: ['send', 'ask-back'] });
      expect(first.rowsHash).toMatch(/^[0-9a-f]{64}$/);
    });

    it('is committed to row by row: what is changed of it afterwards is found', async () => {
      const { bills: b, offsets: o } = world.app.engine.tables;
      const { db } = world.app.engine;
      const findings = async () =>
        (await verify(world.app.engine, productChecks)).findings.map(({ zh }) => zh);
      expect(await findings()).toEqual([]);
      const [row] = await db.select({ bill: o.bill }).from(o).where(eq(o.exportBatch, first.id)).limit(1);
      const set = (number: string) => db.update(b).set({ number }).where(eq(b.id, row!.bill));
      await set('WY-1');
      expect(await findings()).toEqual([
        expect.stringContaining(`导出批次 ${first.id} 的内容的哈希与账上不符`),
      ]);
      await set('');
      expect(await findings()).toEqual([]);
    });

    it('is sent and taken in as somebody says, who and when, and each step can be undone', async () => {
      const sent = await mark(first.id, 'send');
      expect(sent.body).toMatchObject({ state: 'sent', sent: { at: '2026-06-20T02:00:00.000Z' } });
      expect(sent.body.sent!.name).not.toBe('');
      expect((await mark(first.id, 'acknowledge')).body).toMatchObject({ state: 'acknowledged' });
      expect((await mark(first.id, 'acknowledge')).body).toMatchObject({ code: 'batch-step-not-possible' });
      expect((await askBack(first.id)).body).toMatchObject({ code: 'batch-step-not-possible' });
      expect((await mark(first.id, 'undo-acknowledge')).body).toMatchObject({ state: 'sent' });
      expect((await mark(first.id, 'undo-send')).body).toMatchObject({ state: 'made' });
      expect((await mark(first.id, 'send')).body).toMatchObject({ state: 'sent' });
    });

    it('is written as the firm’s software wants it, by version, and unchanged where the firm said nothing', async () => {
      expect(await fileOf(first.id, '?format=csv')).toEqual([
        ['抵扣单号', '房号', '收费项目', '计费月份', '账单金额', '抵扣金额', '抵扣日期'],
        ['DK-2606-0001', '3-2-0501', '物业服务费', '2026-06', '118.32', '10.00', '2026-06-20'],
        ['DK-2606-0002', '3-2-0502', '物业服务费', '2026-06', '118.32', '10.00', '2026-06-20'],
        ['合计', '', '', '', '', '20.00'],
      ]);
      const columns = [
        { field: 'room', header: '房间' },
        { field: 'value', header: '优惠(分)' },
        { field: 'date', header: '日期' },
        { field: 'number', header: '外部单号' },
      ];
      const layout = {
        ...{ columns, dates: '20260615', periods: '202606', amounts: 'fen' },
        ...{ totalRow: false, file: 'csv-gb18030' },
      };
      const of = `/estates/${world.estate.id}`;
      const asked = await send(`${of}/export-layouts`, { json: { layout, after: 0 } });
      expect(asked).toMatchObject({ status: 200, body: { number: 0, waits: true } });
      expect(await approveFirmChanges(world)).toEqual([200]);
      const saved = await read<Record<string, unknown>>(world, `${of}/export-layout`);
      expect(saved).toMatchObject({ number: 1, firm: '和美物业', layout });
      expect(saved).toMatchObject({
        preview: {
          from: 'batch',
          rows: [
            ['房间', '优惠(分)', '日期', '外部单号'],
            ['0501', '1000', '20260620', 'DK-2606-0001'],
            ['0502', '1000', '20260620', 'DK-2606-0002'],
          ],
        },
      });
      expect(await fileOf(first.id)).toEqual([
        ['房间', '优惠(分)', '日期', '外部单号'],
        ['0501', '1000', '20260620', 'DK-2606-0001'],
        ['0502', '1000', '20260620', 'DK-2606-0002'],
      ]);
      const again = await send(`${of}/export-layouts`, { json: { layout, after: 0 } });
      expect(again).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
      const without = { ...layout, columns: columns.slice(0, 3) };
      const refused = await send(`${of}/export-layouts`, { json: { layout: without, after: 1 } });
      expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-input' } });
      expect(await read(world, `${of}/export-layouts`)).toMatchObject({ items: [{ number: 1, layout }] });
      expect((await batchOf(first.id)).rowsHash).toBe(first.rowsHash);
    });

    it('comes back in fen as it went out, and is asked about where the list does not say so', async () => {
      const rows = 'DK-2606-0001,3-2-0501,1000,2026-06-20\nDK-2606-0002,3-2-0502,1000,2026-06-20\n';
      const looked = async (header: string) => {
        const file = { source: Buffer.from(`${header}\n${rows}`), fileName: 'posted.csv' };
        const of = { estate: world.estate.id, file, actor: 'test', dryRun: true };
        return ok(await importPostedList(world.deps, of));
      };
      const unsaid = await looked('外部单号,房号,入账金额,入账日期');
      expect(unsaid.reconciliation).toMatchObject({ theirsFen: 2_000, matchedFen: 2_000 });
      expect(unsaid.questions).toMatchObject([{ code: 'amounts-in-fen' }]);
      expect(unsaid.questions[0]?.zh).toContain('第 2 行是 10.00 元');
      const said = await looked('外部单号,房号,优惠(分),入账日期');
      expect(said).toMatchObject({ questions: [], reconciliation: { matchedFen: 2_000 } });
    });

    it('is taken back by a second person, and stays on record with what it had', async () => {
      expect((await askBack(first.id)).body).toMatchObject({
        steps: ['take-back', 'keep'],
        askedBack: { mine: true },
      });
      expect((await takeBack(first.id, world.accountant)).body).toMatchObject({
        code: 'second-person-needed',
      });
      const kept = await send(`/offset-exports/${first.id}/take-back-request`, {
        method: 'DELETE',
        by: second,
      });
      expect(kept.body).toMatchObject({ state: 'sent', steps: ['acknowledge', 'undo-send', 'ask-back'] });
      await askBack(first.id);
      const done = await takeBack(first.id, second, 'once');
      expect(done.body).toMatchObject({ state: 'taken-back', open: 0, steps: [], takenBack: {} });
      expect(await takeBack(first.id, second, 'once')).toEqual(done);
      expect(await read(world, `${path()}/next`)).toMatchObject({ count: 2, value: '20.00' });
    });

    it('is then written as a plain list that says so, which no firm’s software takes in', async () => {
      const answer = await world.app.request(`/api/v1/offset-exports/${first.id}/file`, {
        by: world.accountant,
      });
      const disposition = decodeURIComponent(answer.headers.get('content-disposition')!);
      expect(disposition).toContain('已撤回-抵扣清单-DC-2606-01.xlsx');
      const [header, ...rows] = await fileOf(first.id);
      expect(header).toEqual([
        ...['抵扣单号', '房号', '收费项目', '计费月份', '账单金额', '抵扣金额', '抵扣日期'],
      ]);
      expect(rows.map(([number]) => number)).toEqual(['DK-2606-0001', 'DK-2606-0002', '合计']);
    });

    it('is a difference of its own where the firm posts it all the same, and waits until that is settled', async () => {
      const breaks = async () =>
        (await read<{ items: Break[] }>(world, `/estates/${world.estate.id}/breaks?state=open`)).items;
      const rows = [postedRow(2, '10.00', '2026-06-20')];
      expect((await takePosted(world, 'all-the-same.csv', rows)).counts).toMatchObject({
        captured: 0,
        'break:not-handed-over': 1,
      });
      const [found, ...others] = await breaks();
      expect(others).toEqual([]);
      expect(found).toMatchObject({
        ...{ kind: 'not-handed-over', difference: '10.00', ours: { number: 'DK-2606-0002', state: 'held' } },
        offers: [{ resolution: 'firm-corrects', secondPerson: false }],
      });
      expect(found!.zh).toMatch(
        /^DK-2606-0002：批次已撤回或还没有导出，物业却入账了（清单第 2 行，10\.00 元）/,
      );
      expect(await read(world, `${path()}/next`)).toMatchObject({ count: 1, value: '10.00' });
      expect((await takePosted(world, 'again.csv', [...rows, ''])).counts).toMatchObject({ again: 1 });
      const comment = '物业已撤销';
      const corrected = await send(`/breaks/${found!.id}/resolution`, {
        ...{ json: { resolution: 'firm-corrects', comment }, key: uuid() },
      });
      expect(corrected).toMatchObject({ status: 200, body: { state: 'resolved' } });
      expect(await read(world, `${path()}/next`)).toMatchObject({ count: 2, value: '20.00' });
    });

    it('leaves its offsets to be cancelled, or handed over once more in a new batch', async () => {
      const member = await residentOf(world, '0501');
      const actor = { kind: 'person' as const, person: member, roles: [] };
      ok(await cancelOffset(world.deps, { offset: offsets.get('0501')!, actor, key: uuid(), scope: 'test' }));
      const next = (await export_()).body;
      expect(next).toMatchObject({ number: 'DC-2606-02', count: 1, value: '10.00', state: 'made' });
      expect(await batchOf(first.id)).toMatchObject({ state: 'taken-back', number: 'DC-2606-01', count: 2 });
      expect(await fileOf(first.id)).toHaveLength(4);
      first = next;
    });

    it('is posted when the firm has posted all of it, and the firm’s from the first one on', async () => {
      await offsetBill(world, '0503', '10.00');
      await offsetBill(world, '0504', '10.00');
      const batch = (await export_()).body;
      world.app.clock.now += DAY_MS;
      expect((await askBack(batch.id)).status).toBe(200);
      expect(await toSign()).toBe(1);
      await takePosted(world, 'posted.csv', [postedRow(3, '10.00')]);
      // What was asked for can no longer be done: it is said that the firm keeps it, and waits for nobody.
      expect(await batchOf(batch.id)).toMatchObject({ posted: 1, open: 1, steps: ['keep'] });
      expect(await toSign()).toBe(0);
      expect((await takeBack(batch.id, second)).body).toMatchObject({ code: 'batch-step-not-possible' });
      const kept = await send(`/offset-exports/${batch.id}/take-back-request`, { method: 'DELETE' });
      expect(kept.body).toMatchObject({ state: 'acknowledged', posted: 1, open: 1, steps: [] });
      expect((await askBack(batch.id)).body).toMatchObject({ code: 'batch-step-not-possible' });
      await takePosted(world, 'rest.csv', [postedRow(4, '10.00')]);
      expect(await batchOf(batch.id)).toMatchObject({ state: 'posted', posted: 2, open: 0 });
    });

    it('cannot be taken back once the firm has returned something of it', async () => {
      for (const room of ['0505', '0506']) await offsetBill(world, room, '10.00');
      const batch = (await export_()).body;
      await takePosted(world, 'returned.csv', [postedRow(5, '10.00', '2026-06-21', '已退回,房号不对')]);
      expect(await batchOf(batch.id)).toMatchObject({
        ...{ returned: 1, open: 1, state: 'acknowledged', steps: [] },
      });
      expect((await askBack(batch.id)).body).toMatchObject({ code: 'batch-step-not-possible' });
    });

    it('cannot be taken back while a difference is open about it', async () => {
      expect((await askBack(first.id)).body).toMatchObject({ code: 'batch-has-breaks' });
    });

    it('is made, and a difference resolved, only when bills that are being taken in are', async () => {
      await offsetBill(world, '0507', '10.00');
      let isIn = (): void => undefined;
      const taking = new Promise<void>((done) => void (isIn = done));
      const turn = world.app.engine.exclusively(turnOf(world.estate.id), () => taking);
      const open = await read<{ items: Break[] }>(world, `/estates/${world.estate.id}/breaks?state=open`);
      const ask = { json: { resolution: 'firm-corrects', comment: '请物业更正' }, key: uuid() };
      const done: number[] = [];
      const note = async (answer: Promise<{ status: number }>) => done.push((await answer).status);
      const asked = [note(export_()), note(send(`/breaks/${open.items[0]!.id}/resolution`, ask))];
      await later(200);
      expect(done).toEqual([]);
      isIn();
      await Promise.all([turn, ...asked]);
      expect(done.toSorted()).toEqual([200, 201]);
    });

    it('leaves books that verify', async () => {
      expect((await verify(world.app.engine)).findings).toEqual([]);
    });
  });
});

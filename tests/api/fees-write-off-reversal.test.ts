/** 撤销转销: what was written off wrongly is taken back by two, in the month that is open, and both rows stay. */
import { asc, eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashOfWriteOff } from '../../api/fees/breaks/write-off.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, secondOf, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const STRAY = ',3-2-0503,物业服务费,202606,18.00,2026-06-20,已入账,';
const POSTED = [postedRow(1, '10.01'), postedRow(2, '10.00'), STRAY];
const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');
const JUNE_22 = Date.parse('2026-06-22T09:00:00+08:00');

type Break = {
  id: string;
  state: string;
  age: number;
  undo: string;
  resolution?: string;
  owner?: { mine: boolean };
  asked?: { at?: string };
  declined?: { by: string; comment: string; resolution: string; mine: boolean };
  reversal?: { asked: boolean; mine: boolean; comment: string; at?: string };
  writeOffs: { amount: string; reverses?: string; comment: string }[];
  offers?: { resolution: string }[];
  events: { kind: string; comment: string }[];
};
type Row = { item: string; count: number; value: string; on?: string };
type Statement = { writeOffs: Row[]; writeOffsTakenBack: Row[]; openBreaks: { count: number } };
type Voucher = { lines: { summary: string; code: string; debit: string; credit: string }[]; total: string };
type Tasks = { items: { kind: string; count: number }[] };

eachEngine((_name, open) => {
  describe('a write-off', () => {
    let world: FeesWorld;
    let other: TestPerson;
    const list = async (state: string) =>
      (
        await read<{ items: (Break & { ours?: object })[] }>(
          world,
          `/estates/${world.estate.id}/breaks?state=${state}`,
        )
      ).items;
    /** The one about the offset, or the one about nobody's row. */
    const the = async (which: 'fen' | 'stray', state = 'open') =>
      (await list(state)).find(({ ours }) => (ours === undefined) === (which === 'stray'))!;
    const send = async (path: string, json: object | undefined, by = world.accountant) => {
      const ask = { by, key: uuid(), method: 'POST', ...(json && { json }) };
      const answer = await world.app.request(`/api/v1/breaks/${path}`, ask);
      return { status: answer.status, body: (await answer.json()) as Break & { code?: string } };
    };
    const resolve = (id: string, resolution: string, by = world.accountant) =>
      send(`${id}/resolution`, { resolution, comment: `${resolution}，已核对` }, by);
    const reverse = (id: string, by = world.accountant, comment = '物业已更正') =>
      send(`${id}/write-off-reversal`, { comment }, by);
    const findings = async () => (await verify(world.app.engine, productChecks)).findings;
    const draft = () => read<Statement>(world, `/places/${world.estate.id}/preliminary-statement`);

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503'];
      const offsets = rooms.slice(0, 2).map((room) => [room, '10.00'] as const);
      world = await openJune(open, { rooms, points: { con: 4_000 }, offsets });
      other = await secondOf(world);
      world.app.clock.now = JUNE_22;
      await takePosted(world, '一.csv', POSTED);
      for (const { id } of await list('open'))
        for (const by of [world.accountant, other]) await resolve(id, 'write-off', by);
    });

    it('is taken back by nobody alone, and what was only asked for can be withdrawn', async () => {
      const { id, reversal } = await the('fen', 'resolved');
      expect(reversal).toEqual({ asked: false, mine: false, comment: '' });
      expect((await reverse(id)).body).toMatchObject({
        ...{ state: 'resolved', undo: 'asked' },
        reversal: { asked: true, mine: true, comment: '物业已更正' },
      });
      expect((await reverse(id)).body.code).toBe('second-person-needed');
      const waits = async () =>
        ((await (await world.app.request('/api/v1/me/tasks', { by: other })).json()) as Tasks).items.find(
          ({ kind }) => kind === 'approve-write-off-reversal',
        )?.count;
      expect(await waits()).toBe(1);
      const asked = `/estates/${world.estate.id}/breaks?state=resolved&only=asked`;
      expect((await read<{ items: Break[] }>(world, asked)).items.map((each) => each.id)).toEqual([id]);
      expect((await send(`${id}/undo`, undefined)).body).toMatchObject({ reversal: { asked: false } });
      expect(await waits()).toBeUndefined();
      const open = (await the('stray', 'resolved')).id;
      expect(open).not.toBe(id);
    });

    it('that is to be taken back is declined by the second person: whoever asked is told why, and both stay said', async () => {
      const { id } = await the('stray', 'resolved');
      await reverse(id);
      const askedAt = async () => (await the('stray', 'resolved')).reversal?.at;
      const before = await askedAt();
      await send(`${id}/undo`, undefined, world.accountant);
      world.app.clock.now += 1_000;
      await reverse(id);
      const decline = (by = other, resolution = 'reverse-write-off', at?: string) =>
        send(`${id}/refusal`, { resolution, comment: '物业还没有更正', ...(at && { at }) }, by);
      // What was asked for again since is another request than the one that was read.
      expect((await decline(other, 'reverse-write-off', before)).body.code).toBe('changed-meanwhile');
      expect((await decline(world.accountant)).body.code).toBe('second-person-needed');
      expect((await decline(other, 'write-off')).body.code).toBe('nothing-asked');
      const { body } = await decline(other, 'reverse-write-off', await askedAt());
      expect(body).toMatchObject({
        ...{ state: 'resolved', resolution: 'write-off', reversal: { asked: false } },
        declined: { comment: '物业还没有更正', resolution: 'reverse-write-off', mine: false },
      });
      expect((await decline()).body.code).toBe('nothing-asked');
      const tasks = async (by: TestPerson) =>
        ((await (await world.app.request('/api/v1/me/tasks', { by })).json()) as Tasks).items.map(
          ({ kind }) => kind,
        );
      expect(await tasks(world.accountant)).toContain('reversal-declined');
      expect(await tasks(other)).not.toContain('approve-write-off-reversal');
      const { reversals } = await read<{ reversals: number }>(
        world,
        `/estates/${world.estate.id}/breaks/summary`,
      );
      expect(reversals).toBe(0);
      const asked = await read<{ items: object[] }>(
        world,
        `/estates/${world.estate.id}/breaks?state=resolved&only=asked`,
      );
      expect(asked.items).toEqual([]);
      const seen = await the('stray', 'resolved');
      expect(seen).toMatchObject({ undo: 'asked', declined: { mine: true } });
      // Whoever asked may have left: a colleague may drop it as well.
      const dropped = (await send(`${id}/undo`, undefined, other)).body;
      expect(dropped).not.toHaveProperty('declined');
      expect(dropped.events.map(({ kind }) => kind).slice(-3)).toEqual(['asked', 'declined', 'undone']);
      expect(await tasks(world.accountant)).not.toContain('reversal-declined');
      expect((await list('resolved')).find((one) => one.id === id)?.writeOffs).toHaveLength(1);
    });

    it('is taken back once, in the month that is open, however many press at once', async () => {
      const june = await draft();
      expect(june.writeOffs).toMatchObject([{ count: 2, value: '18.01' }]);
      world.app.clock.now = JULY_2;
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
      const { id } = await the('fen', 'resolved');
      await reverse(id);
      const tried = await Promise.all([reverse(id, other), reverse(id, other), reverse(id, other)]);
      expect(tried.map(({ status, body }) => body.code ?? status).sort()).toEqual([
        ...[200, 'already-done'],
        'already-done',
      ]);
      expect((await reverse(id)).body.code).toBe('already-done');
      const now = await the('fen');
      expect(now).toMatchObject({ id, state: 'open', age: 10, undo: 'nothing' });
      expect(now).not.toHaveProperty('resolution');
      expect(now.events.map(({ kind }) => kind)).toEqual([
        ...['asked', 'resolved', 'asked', 'undone', 'asked', 'reversed'],
      ]);
      expect(now.writeOffs.map(({ amount }) => amount)).toEqual(['0.01', '-0.01']);
      expect(now.writeOffs[1]).toMatchObject({ comment: '物业已更正' });
      expect(await draft()).toMatchObject({
        ...{ openBreaks: { count: 1 }, writeOffs: [] },
        writeOffsTakenBack: [{ item: '物业服务费', on: '2026-06-22', count: 1, value: '-0.01' }],
      });
      const { lines } = await read<Voucher>(world, `/places/${world.estate.id}/preliminary-voucher`);
      expect(lines).toMatchObject([
        { summary: '红字冲销2026年6月22日的差异转销', code: '6601', debit: '-0.01', credit: '0.00' },
        { summary: '红字冲销2026年6月22日的差异转销', code: '1122', debit: '0.00', credit: '-0.01' },
      ]);
      expect(await findings()).toEqual([]);
    });

    it('leaves one difference about its row, whichever list has the row again', async () => {
      const stray = await the('stray', 'resolved');
      await reverse(stray.id);
      expect((await reverse(stray.id, other)).status).toBe(200);
      world.app.clock.now += DAY_MS;
      const { counts } = await takePosted(world, '二.csv', POSTED);
      expect(counts).toMatchObject({ known: 2, again: 1, captured: 0 });
      // The firm has corrected its fen: that is its offset as it should be, and nothing new.
      const mended = await takePosted(world, '三.csv', [
        postedRow(1, '10.00', '2026-07-03'),
        ...POSTED.slice(1),
      ]);
      expect(mended.counts).toMatchObject({ known: 2, again: 1 });
      // Beside the row that was to be corrected, or twice, it is a second posting.
      const twice = postedRow(1, '10.00', '2026-07-03');
      for (const rows of [
        [...POSTED, twice],
        [twice, postedRow(1, '10.00', '2026-07-04'), ...POSTED.slice(1)],
      ]) {
        expect((await takePosted(world, '四.csv', rows, true)).counts).toMatchObject({ known: 2, breaks: 2 });
      }
      expect((await list('open')).map(({ id }) => id).sort()).toEqual(
        [(await the('fen')).id, stray.id].sort(),
      );
    });

    it('may be followed by another, by two again; and what the firm says it corrects is undone as ever', async () => {
      const { id, offers } = await the('fen');
      expect(offers?.map(({ resolution }) => resolution)).toEqual(['firm-corrects', 'write-off']);
      expect((await resolve(id, 'firm-corrects')).body).toMatchObject({ undo: 'resolved' });
      expect((await send(`${id}/undo`, undefined)).body).toMatchObject({ state: 'open' });
      // A colleague who does not agree says so: it is open, and whoever asked sees to it.
      await resolve(id, 'write-off');
      const no = { resolution: 'write-off', comment: '先请物业更正' };
      const at = (await the('fen')).asked?.at;
      const stale = { ...no, at: new Date(Date.parse(at!) - 1).toISOString() };
      expect((await send(`${id}/refusal`, stale, other)).body.code).toBe('changed-meanwhile');
      const declined = (await send(`${id}/refusal`, { ...no, at }, other)).body;
      expect(declined).toMatchObject({ state: 'open', owner: { mine: false }, declined: no });
      expect(declined).not.toHaveProperty('asked');
      expect(declined.events.map(({ kind }) => kind).slice(-2)).toEqual(['declined', 'owner']);
      expect(await the('fen')).toMatchObject({ owner: { mine: true }, declined: { mine: true } });
      for (const by of [world.accountant, other]) await resolve(id, 'write-off', by);
      expect((await the('fen', 'resolved')).writeOffs.map(({ amount }) => amount)).toEqual([
        ...['0.01', '-0.01', '0.01'],
      ]);
      // Taken back a second time, the row is known as it was after the first.
      await reverse(id);
      expect((await reverse(id, other)).status).toBe(200);
      const again = await takePosted(world, '五.csv', POSTED, true);
      expect(again.counts).toMatchObject({ known: 2, again: 1 });
      for (const by of [world.accountant, other]) await resolve(id, 'write-off', by);
      const never = await the('stray');
      expect((await resolve(never.id, 'firm-corrects')).status).toBe(200);
      expect((await reverse(never.id)).body.code).toBe('already-done');
      expect(await findings()).toEqual([]);
    });

    it('of twins, taken back at the same moment, leaves both to be written off again, and no third', async () => {
      const twin = ',3-2-0502,物业服务费,202606,18.50,2026-06-20,已入账,';
      await takePosted(world, '六.csv', [...POSTED, twin, twin]);
      const { breaks: b } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(b).where(eq(b.differenceFen, 1_850));
      const twins = rows.map(({ id }) => id);
      expect(twins).toHaveLength(2);
      for (let times = 0; times < 2; times += 1) {
        for (const id of twins) await resolve(id, 'write-off');
        const written = await Promise.all(twins.map((id) => resolve(id, 'write-off', other)));
        expect(written.map(({ status }) => status)).toEqual([200, 200]);
        for (const id of twins) await reverse(id);
        const back = await Promise.all(twins.map((id) => reverse(id, other)));
        expect(back.map(({ status }) => status)).toEqual([200, 200]);
      }
      for (const id of twins) for (const by of [world.accountant, other]) await resolve(id, 'write-off', by);
      expect((await takePosted(world, '七.csv', [...POSTED, twin, twin, twin], true)).counts).toMatchObject({
        ...{ known: 4, 'break:missing-here': 2 },
      });
      expect(await findings()).toEqual([]);
    });

    it('that takes back another amount than was written off is found by verify', async () => {
      const { db, tables } = world.app.engine;
      const { id } = await the('fen', 'resolved');
      const t = tables.writeOffs;
      const rows = await db.select().from(t).where(eq(t.breakId, id)).orderBy(asc(t.nth));
      const last = rows.at(-1)!;
      const forged = { ...last, id: uuid(), nth: last.nth + 1, reverses: last.id, amountFen: -5 };
      await db.insert(t).values({ ...forged, hash: hashOfWriteOff(forged) });
      const second = { ...forged, id: uuid(), nth: last.nth + 2 };
      await expect(db.insert(t).values(second)).rejects.toThrow();
      expect((await findings()).length).toBeGreaterThan(0);
    });
  });
});

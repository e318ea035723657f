/** The accountant's workspace of breaks: who sees to each, what was said of it, many at once, undone, written off, carried on. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, read, takePosted } from '../support/june-month.ts';

const ROOMS = ['0501', '0502', '0503', '0504', '0505', '0506'];
/** Nobody's offset: the firm has let 18.00 off a bill by itself. */
const STRAY = ',3-2-0506,物业服务费,202606,18.00,2026-06-21,已入账,';
/** One fen too much; two received in cash; one as it should be; nothing of the last two; and the stray row. */
const POSTED = [
  postedRow(1, '10.01'),
  postedRow(2, '118.32', '2026-06-21', '现金已收,'),
  postedRow(3, '118.32', '2026-06-21', '现金已收,'),
  postedRow(4, '10.00'),
  STRAY,
];
const AUGUST_2 = Date.parse('2026-08-02T09:00:00+08:00');
const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');

type Event = { kind: string; by: string; comment: string; subject: string };
type Break = {
  id: string;
  kind: string;
  state: string;
  age: number;
  undo: string;
  accepts?: string;
  resolution?: string;
  transaction?: string;
  carriedTo?: string;
  canCarryTo?: string;
  owner?: { id: string; mine: boolean };
  ours?: { number: string };
  events: Event[];
};
type Summary = Record<
  'count' | 'asked' | 'carried' | 'nobodys' | 'mine' | 'overWeek' | 'overMonth',
  number
> & {
  difference: string;
  kinds: { kind: string; count: number }[];
  owners: { id: string }[];
};
type Accepted = { accepted: number; results: { break: string; problem?: { code: string } }[] };
type Check = { check: string; state: string; count: number; value?: string };
type Statement = {
  openBreaks: { count: number };
  carriedBreaks: { count: number; value: string; list: { kind: string; carriedTo: string }[] };
  writeOffs: { firm: string; item: string; count: number; value: string }[];
};
type Voucher = { lines: { summary: string; code: string; debit: string; credit: string }[]; total: string };

eachEngine((_name, open) => {
  describe('an estate’s breaks', () => {
    let world: FeesWorld;
    let other: TestPerson;
    let found: number;

    const list = async (query = '', by = world.accountant): Promise<Break[]> => {
      const path = `/api/v1/estates/${world.estate.id}/breaks?limit=100${query}`;
      const answer = await world.app.request(path, { by });
      expect(answer.status, path).toBe(200);
      return ((await answer.json()) as { items: Break[] }).items;
    };
    const names = async (query = '') => (await list(query)).map(nameOf).sort();
    /** By its offset's last figure; the stray row has none. */
    const nameOf = ({ kind, ours }: Break) => `${kind} ${ours?.number.slice(-1) ?? '–'}`;
    const named = async (name: string, query = '') => {
      const one = (await list(query)).find((each) => nameOf(each) === name);
      if (!one) throw new Error(`no break ${name}`);
      return one;
    };
    const send = async <Answer = Break>(
      path: string,
      json: object | undefined,
      { by = world.accountant, key = uuid() } = {},
    ) => {
      const answer = await world.app.request(`/api/v1${path}`, {
        by,
        key,
        method: 'POST',
        ...(json && { json }),
      });
      const text = await answer.text();
      return {
        status: answer.status,
        body: (text === '' ? {} : JSON.parse(text)) as Answer & { code?: string },
      };
    };
    const resolve = (id: string, resolution: string, by = world.accountant) =>
      send(`/breaks/${id}/resolution`, { resolution, comment: `${resolution}，已核对` }, { by });
    const summary = () => read<Summary>(world, `/estates/${world.estate.id}/breaks/summary`);

    beforeAll(async () => {
      world = await openJune(open, { rooms: ROOMS, points: { con: 1_000 } });
      other = await world.app.person({ role: 'accountant', place: world.estate.id });
      world.app.clock.now += DAY_MS;
      await takePosted(world, 'posted.csv', POSTED);
      found = world.app.clock.now;
    });

    it('are counted by kind, by who sees to them and by age, and found by the same', async () => {
      world.app.clock.now = found + 8 * DAY_MS;
      expect(await summary()).toMatchObject({
        ...{ count: 6, asked: 0, carried: 0, nobodys: 6, mine: 0, overWeek: 6, overMonth: 0 },
        // 0.01 − 10 − 10 − 10 − 10 + 18.00
        difference: '-21.99',
        kinds: [
          { kind: 'missing-there', count: 2 },
          { kind: 'paid-first', count: 2 },
          { kind: 'amount', count: 1 },
          { kind: 'missing-here', count: 1 },
        ],
      });
      expect((await list()).map(({ age }) => age)).toEqual([8, 8, 8, 8, 8, 8]);
      expect(await names('&kind=paid-first')).toEqual(['paid-first 2', 'paid-first 3']);
      expect(await names('&olderThan=7&q=DK-2606-0005')).toEqual(['missing-there 5']);
      expect(await names('&olderThan=30')).toEqual([]);
      expect(await names('&with=me')).toEqual([]);
      world.app.clock.now = found;
    });

    it('are somebody’s to see to: a colleague of the estate’s, and nobody else', async () => {
      const { id } = await named('missing-there 5');
      const put = (colleague: string | null) => send(`/breaks/${id}/owner`, { colleague });
      const { owners } = await summary();
      expect(owners.map((each) => each.id).sort()).toEqual([world.accountant.id, other.id].sort());
      const stranger = await world.app.person({ role: 'member', place: world.estate.id });
      expect((await put(stranger.id)).body.code).toBe('not-found');
      expect((await put(other.id)).body).toMatchObject({ owner: { id: other.id, mine: false } });
      expect((await put(world.accountant.id)).body).toMatchObject({ owner: { mine: true } });
      expect(await names('&with=me')).toEqual(['missing-there 5']);
      expect(await names('&with=nobody')).not.toContain('missing-there 5');
      expect(await summary()).toMatchObject({ mine: 1, nobodys: 5 });
    });

    it('have a thread to which lines are only added', async () => {
      const { id } = await named('missing-there 5');
      const say = (kind: string, comment: string, by = world.accountant) =>
        send(`/breaks/${id}/events`, { kind, comment }, { by });
      expect((await say('comment', '物业说下周补')).status).toBe(204);
      expect((await say('evidence', '更正单 2026-118，在财务部 6 月凭证夹', other)).status).toBe(204);
      expect((await named('missing-there 5')).events.map(({ kind, comment }) => [kind, comment])).toEqual([
        ['owner', ''],
        ['owner', ''],
        ['comment', '物业说下周补'],
        ['evidence', '更正单 2026-118，在财务部 6 月凭证夹'],
      ]);
      const { db, tables } = world.app.engine;
      await expect(db.update(tables.breakEvents).set({ comment: '改写' })).rejects.toThrow();
      await expect(db.delete(tables.breakEvents).where(eq(tables.breakEvents.breakId, id))).rejects.toThrow();
    });

    it('are taken up many at once, each by its own result, and a repeat does nothing twice', async () => {
      const all = await list();
      const ids = [...all.map(({ id }) => id), uuid()];
      const key = uuid();
      const json = { breaks: ids, comment: '已逐笔与物业核对' };
      const path = `/estates/${world.estate.id}/breaks/accept`;
      const first = await send<Accepted>(path, { breaks: [ids[0]!, ids.at(-1)!], comment: '试' });
      expect(first.body.results[1]).toMatchObject({ problem: { code: 'not-found' } });
      const done = await send<Accepted>(path, json, { key });
      expect(done.status).toBe(200);
      expect(done.body.results.filter(({ problem }) => problem).map(({ problem }) => problem!.code)).toEqual(
        expect.arrayContaining(['not-found']),
      );
      const state = await list('&state=resolved');
      expect((await send<Accepted>(path, json, { key })).body).toEqual(done.body);
      expect(await list('&state=resolved')).toEqual(state);
      expect(await names('&state=resolved')).toEqual([
        ...['amount 1', 'missing-here –', 'missing-there 5', 'missing-there 6'],
        ...['paid-first 2', 'paid-first 3'],
      ]);
      expect(await summary()).toMatchObject({ count: 0, difference: '0.00', kinds: [] });
    });

    it('are opened again by who resolved them, on the same day, where no points moved', async () => {
      const undo = async (name: string, by = world.accountant) => {
        const { id } = await named(name, '&state=resolved');
        return send(`/breaks/${id}/undo`, undefined, { by });
      };
      expect((await named('paid-first 2', '&state=resolved')).undo).toBe('moved-points');
      expect((await undo('paid-first 2')).body.code).toBe('undo-not-possible');
      expect((await undo('amount 1', other)).body.code).toBe('undo-not-possible');
      world.app.clock.now += DAY_MS;
      expect((await undo('amount 1')).body.code).toBe('undo-not-possible');
      world.app.clock.now -= DAY_MS;
      for (const name of ['amount 1', 'missing-here –', 'missing-there 5', 'missing-there 6'])
        expect((await undo(name)).body, name).toMatchObject({ state: 'open', undo: 'nothing' });
      const { events, resolution } = await named('amount 1');
      expect(resolution).toBeUndefined();
      expect(events.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
        'resolved firm-corrects',
        'undone resolved',
      ]);
      expect(await summary()).toMatchObject({ count: 4 });
    });

    it('are written off by two: the points of the offset are handed over, the rest is the firm’s loss', async () => {
      const { id } = await named('amount 1');
      const asked = await resolve(id, 'write-off');
      expect(asked.body).toMatchObject({ state: 'open', undo: 'asked', asked: { resolution: 'write-off' } });
      expect(await names('&only=asked')).toEqual(['amount 1']);
      expect((await resolve(id, 'write-off')).body.code).toBe('second-person-needed');
      // Asked for by mistake: taken back, and asked for again.
      expect((await send(`/breaks/${id}/undo`, undefined)).body).not.toHaveProperty('asked');
      await resolve(id, 'write-off');
      const done = await resolve(id, 'write-off', other);
      expect(done.body).toMatchObject({ state: 'resolved', resolution: 'write-off', undo: 'moved-points' });
      const stray = await named('missing-here –');
      await resolve(stray.id, 'write-off', other);
      expect((await resolve(stray.id, 'write-off')).body).toMatchObject({ state: 'resolved' });
      const { writeOffs, offsets } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(writeOffs);
      expect(rows.map(({ amountFen, firm }) => [amountFen, firm]).sort()).toEqual([
        [1, world.firm.id],
        [1_800, world.firm.id],
      ]);
      const posted = await world.app.engine.db.select().from(offsets).where(eq(offsets.state, 'posted'));
      expect(posted.map(({ valueFen }) => valueFen)).toEqual([1_000, 1_000]);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });

    it('are not found again in a later list once they were written off', async () => {
      world.app.clock.now += DAY_MS;
      const { counts } = await takePosted(world, 'again.csv', POSTED);
      expect(counts).toMatchObject({ known: 5, 'break:missing-there': 2 });
      expect(counts).not.toHaveProperty('break:missing-here');
      expect(await summary()).toMatchObject({ count: 2 });
    });

    it('are carried on: known, no business of this month’s closing, and the next month’s', async () => {
      const checks = async () => {
        const path = `/places/${world.estate.id}/closing-checklist`;
        const { checks: all } = await read<{ checks: Check[] }>(world, path);
        return all.filter(({ check }) => ['breaks', 'carried'].includes(check));
      };
      const draft = () => read<Statement>(world, `/places/${world.estate.id}/preliminary-statement`);
      const five = await named('missing-there 5');
      expect(five.canCarryTo).toBe('2026-07');
      expect((await resolve(five.id, 'carry')).body).toMatchObject({
        state: 'open',
        carriedTo: '2026-07',
        undo: 'carried',
      });
      expect((await resolve(five.id, 'carry')).body.code).toBe('resolution-not-possible');
      expect((await send(`/breaks/${five.id}/undo`, undefined)).body).not.toHaveProperty('carriedTo');
      await resolve(five.id, 'carry');
      expect(await names('&only=carried')).toEqual(['missing-there 5']);
      // Nobody is asked to see to it before its month.
      const waiting = async () =>
        (await read<{ items: { kind: string; count: number }[] }>(world, '/me/tasks')).items.find(
          ({ kind }) => kind === 'resolve-break',
        )?.count;
      expect(await waiting()).toBe(1);
      expect(await checks()).toMatchObject([
        { check: 'breaks', state: 'told', count: 1 },
        { check: 'carried', state: 'told', count: 1, value: '10.00' },
      ]);
      expect(await draft()).toMatchObject({
        openBreaks: { count: 1 },
        carriedBreaks: { count: 1, value: '10.00', list: [{ kind: 'missing-there', carriedTo: '2026-07' }] },
        writeOffs: [{ item: '物业服务费', count: 2, value: '18.01' }],
      });
      const voucher = await read<Voucher>(world, `/places/${world.estate.id}/preliminary-voucher`);
      expect(voucher.lines.filter(({ summary: of }) => of.includes('转销'))).toMatchObject([
        { code: '6601', debit: '18.01', credit: '0.00' },
        { code: '1122', debit: '0.00', credit: '18.01' },
      ]);

      world.app.clock.now = JULY_2;
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
      // June is closed: in July both are open, the one that was carried and the one that was not, with their age.
      expect(await checks()).toMatchObject([{ check: 'breaks', state: 'told', count: 2 }]);
      const now = await named('missing-there 5');
      expect([now.carriedTo, now.age, now.canCarryTo]).toEqual(['2026-07', 11, '2026-08']);
      expect(await waiting()).toBe(2);
      // July closes with them as well, and August has them still.
      world.app.clock.now = AUGUST_2;
      expect((await closeByTwo(world, { month: '2026-07' })).status).toBe(201);
      expect(await checks()).toMatchObject([{ check: 'breaks', state: 'told', count: 2 }]);
      expect(await draft()).toMatchObject({ openBreaks: { count: 2 } });
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});

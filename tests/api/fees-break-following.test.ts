/** What stays of a break when a later list, a closed month or a second press comes across what people do about it. */
import { eq, sql } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { importPostedList } from '../../api/fees/index.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, fileOf, ok, secondOf, type FeesWorld } from '../support/fees-world.ts';
import {
  CLERK,
  DAY_MS,
  openJune,
  POSTED_HEADER,
  postedRow,
  read,
  takePosted,
} from '../support/june-month.ts';

const STRAY = ',3-2-0504,物业服务费,202606,18.00,2026-06-20,已入账,';
const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');

type Break = {
  id: string;
  kind: string;
  age: number;
  undo: string;
  accepts?: string;
  asked?: object;
  carriedTo?: string;
  owner?: { id: string };
  ours?: { number: string };
  events: { kind: string; comment: string }[];
};

eachEngine((_name, open) => {
  describe('a break', () => {
    let world: FeesWorld;
    let other: TestPerson;
    const list = async (state = 'open') =>
      (
        await read<{ items: Break[] }>(
          world,
          `/estates/${world.estate.id}/breaks?state=${state}&limit=100&sort=newest`,
        )
      ).items;
    /** The newest about the nth offset; 0 for the stray row. */
    const about = async (nth: number, state = 'open') =>
      (await list(state)).find(({ ours }) => Number(ours?.number.slice(-1) ?? 0) === nth)!;
    const send = async (path: string, json?: object, { by = world.accountant, key = uuid() } = {}) => {
      const ask = { by, key, method: 'POST', ...(json && { json }) };
      const answer = await world.app.request(`/api/v1/breaks/${path}`, ask);
      const text = await answer.text();
      const body = text === '' ? {} : (JSON.parse(text) as { code?: string });
      return answer.status < 300 ? answer.status : (body.code ?? answer.status);
    };
    const resolve = (id: string, resolution: string, by = world.accountant) =>
      send(`${id}/resolution`, { resolution, comment: `${resolution}，已核对` }, { by });

    beforeAll(async () => {
      const rooms = ['0501', '0502', '0503', '0504'];
      const offsets = rooms.slice(0, 3).map((room) => [room, '10.00'] as const);
      world = await openJune(open, { rooms, points: { con: 4_000 }, offsets });
      other = await secondOf(world);
      world.app.clock.now += DAY_MS;
      await takePosted(world, '一.csv', [postedRow(1, '10.01'), STRAY]);
    });

    it('is said something of once, however often it is pressed, and only by who works on it', async () => {
      const { id } = await about(1);
      const [key, line] = [uuid(), { kind: 'comment', comment: '物业说下周改' }];
      expect(await send(`${id}/events`, line, { key })).toBe(204);
      expect(await send(`${id}/events`, line, { key })).toBe(204);
      const auditor = await world.app.person({ role: 'auditor', place: world.estate.id });
      expect(await send(`${id}/events`, line, { by: auditor })).toBe('not-allowed');
      expect((await about(1)).events).toHaveLength(1);
    });

    it('that a colleague has asked for otherwise, or that waits for its month, is not taken up among others', async () => {
      const { id } = await about(1);
      expect(await resolve(id, 'write-off')).toBe(200);
      expect(await about(1)).not.toHaveProperty('accepts');
      const path = `/api/v1/estates/${world.estate.id}/breaks/accept`;
      const accept = async (one: string) => {
        const json = { breaks: [one], comment: '一起办' };
        const answer = await world.app.request(path, { by: other, key: uuid(), json });
        const { results } = (await answer.json()) as { results: { problem?: { code: string } }[] };
        return results[0]?.problem?.code;
      };
      expect(await accept(id)).toBe('second-person-needed');
      const lacking = (await about(3)).id;
      await resolve(lacking, 'carry');
      expect(await accept(lacking)).toBe('resolution-not-possible');
      expect(await send(`${lacking}/undo`)).toBe(200);
    });

    it('that a later list puts another in the place of leaves it who sees to it, its month, its age and its thread', async () => {
      const before = await about(1);
      await send(`${before.id}/owner`, { colleague: other.id });
      expect(await resolve(before.id, 'carry')).toBe(200);
      world.app.clock.now += DAY_MS;
      // Somebody takes it up in the very moment in which the list is written.
      const { db, tables } = world.app.engine;
      const text = [POSTED_HEADER, postedRow(1, '10.02', '2026-06-22'), ''].join('\n');
      let taking: Promise<unknown> = Promise.resolve();
      const onStage = (stage: string) => {
        if (stage !== 'writing') return;
        const version = sql`${tables.breaks.version} + 1`;
        taking = db.update(tables.breaks).set({ version }).where(eq(tables.breaks.id, before.id)).execute();
      };
      const input = { estate: world.estate.id, file: fileOf(text, '二.csv'), actor: CLERK, dryRun: false };
      ok(await importPostedList(world.deps, { ...input, onStage }));
      await taking;
      expect((await list()).filter(({ ours }) => ours?.number.endsWith('1'))).toHaveLength(1);
      const after = await about(1);
      expect(after).toMatchObject({ owner: { id: other.id }, carriedTo: '2026-07', age: 1 });
      expect(after).not.toHaveProperty('asked');
      expect(after.events.map(({ kind }) => kind)).toEqual([
        'comment',
        ...['asked', 'owner', 'carried', 'follows'],
      ]);
    });

    it('is settled by the list that has its offset, also when it is taken up in that moment', async () => {
      const { db, tables } = world.app.engine;
      const { journal } = world.deps;
      const { id } = await about(1);
      let first = true;
      const of = eq(tables.breaks.id, id);
      const commit: typeof journal.commit = async (...unit) => {
        if (first)
          await db
            .update(tables.breaks)
            .set({ version: sql`${tables.breaks.version} + 1` })
            .where(of);
        first = false;
        return journal.commit(...unit);
      };
      const find: typeof journal.find = (...key) => journal.find(...key);
      const deps = { ...world.deps, journal: { commit, find } as unknown as typeof journal };
      world.app.clock.now += DAY_MS;
      const text = [POSTED_HEADER, postedRow(1, '10.00', '2026-06-23'), ''].join('\n');
      const input = { estate: world.estate.id, file: fileOf(text, '三.csv'), actor: CLERK, dryRun: false };
      const { counts } = ok(await importPostedList(deps, input));
      expect(counts).toMatchObject({ captured: 1, failed: 0 });
      expect(await about(1)).toBeUndefined();
    });

    it('is opened again only while no later list has compared the same, and one row is written off once', async () => {
      const { id } = await about(0);
      expect(await resolve(id, 'firm-corrects')).toBe(200);
      expect(await read(world, `/estates/${world.estate.id}/breaks/summary`)).toMatchObject({
        toCorrect: { count: 1, difference: '18.00' },
      });
      world.app.clock.now += 60_000;
      await takePosted(world, '四.csv', [postedRow(1, '10.00', '2026-06-23'), STRAY]);
      const again = await about(0);
      expect(again.id).not.toBe(id);
      expect(await send(`${id}/undo`)).toBe('undo-not-possible');
      expect((await list('resolved')).find((each) => each.id === id)?.undo).toBe('by-list');
      expect(await read(world, `/estates/${world.estate.id}/breaks/summary`)).toMatchObject({
        toCorrect: { count: 0 },
      });
      // As it was when a list did not stand in the way.
      const { db, tables } = world.app.engine;
      await db.update(tables.breaks).set({ state: 'open', resolution: null }).where(eq(tables.breaks.id, id));
      for (const by of [world.accountant, other]) expect(await resolve(again.id, 'write-off', by)).toBe(200);
      expect(await resolve(id, 'write-off')).toBe(200);
      expect(await resolve(id, 'write-off', other)).toBe('already-done');
      const written = await db.select().from(tables.writeOffs);
      expect(written.map(({ amountFen }) => amountFen)).toEqual([1_800]);
    });

    it('is not opened again once a month was closed upon it', async () => {
      world.app.clock.now = JULY_2;
      const { id } = await about(2);
      expect(await resolve(id, 'firm-corrects')).toBe(200);
      const carried = await about(3);
      expect(await resolve(carried.id, 'carry')).toBe(200);
      const draft = `/places/${world.estate.id}/preliminary-statement`;
      expect(await read(world, draft)).toMatchObject({ toCorrect: { count: 1, difference: '-10.00' } });
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
      expect(await send(`${id}/undo`)).toBe('undo-not-possible');
      expect(await send(`${carried.id}/undo`)).toBe('undo-not-possible');
      // The page offers nothing that the server would refuse.
      expect([(await about(2, 'resolved')).undo, (await about(3)).undo]).toEqual([
        ...['month-closed', 'month-closed'],
      ]);
    });
  });
});

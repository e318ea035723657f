/** What a break may be resolved by, and by whom: nobody pays twice, and nobody alone goes against the comparison. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { balancesOf, verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { type FeesWorld } from '../support/fees-world.ts';
import { DAY_MS, openJune, postedRow, takePosted } from '../support/june-month.ts';

const ROOMS = ['0501', '0502', '0503', '0504', '0505', '0506', '0507'];
/** Posted twice on one house, without a number. */
const LOOSE = ',3-2-0507,物业服务费,202606,7.00,2026-06-21,已入账,';
const row = (nth: number, yuan: string, rest: string) => postedRow(nth, yuan, '2026-06-21', rest);
/** One fen too much; received in cash; two rows under one number; a house of a neighbour; nothing of the last two. */
const POSTED = [
  row(1, '10.01', '已入账,'),
  row(2, '118.32', '现金已收,'),
  row(3, '10.05', '已入账,'),
  row(3, '10.06', '已入账,'),
  row(4, '10.00', '已入账,').replace('3-2-0504', '3-2-0501'),
  ...[LOOSE, LOOSE],
];

type Offered = { resolution: string; secondPerson: boolean };
type Break = {
  id: string;
  state: string;
  ours?: { number: string; state: string };
  offers?: Offered[];
  asked?: { resolution: string; comment: string; mine: boolean };
  transaction?: string;
  kind: string;
  difference: string;
  candidates?: { id: string; value: string }[];
};

eachEngine((_name, open) => {
  describe('a break', () => {
    let world: FeesWorld;
    let other: TestPerson;

    const breaks = async (by: TestPerson): Promise<Map<number, Break>> => {
      const path = `/api/v1/estates/${world.estate.id}/breaks?limit=100`;
      const { items } = (await (await world.app.request(path, { by })).json()) as { items: Break[] };
      return new Map(items.map((each) => [Number(each.ours?.number.slice(-4)), each]));
    };
    const resolve = async (nth: number, resolution: string, by: TestPerson, key = uuid(), row?: string) => {
      const { id } = (await breaks(by)).get(nth)!;
      const json = { resolution, comment: `${resolution}，已核对`, ...(row && { row }) };
      const answer = await world.app.request(`/api/v1/breaks/${id}/resolution`, { by, key, json });
      return { status: answer.status, body: (await answer.json()) as Break & { code?: string } };
    };
    const openOnes = async () => {
      const path = `/api/v1/estates/${world.estate.id}/breaks?state=open&limit=100`;
      const answer = await world.app.request(path, { by: world.accountant });
      return ((await answer.json()) as { items: Break[] }).items;
    };
    const open3 = async () => (await openOnes()).filter(({ ours }) => ours?.number.endsWith('3'));
    const offsetState = async (nth: number) => {
      const { offsets: t } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(t);
      return rows.find(({ number }) => number === `DK-2606-000${nth}`)?.state;
    };
    const firmHas = async () =>
      (await balancesOf(world.app.engine, { book: 1, owner: world.firm.id })).map((b) => b.balance);

    beforeAll(async () => {
      const offsets = ROOMS.map((room) => [room, room === '0507' ? '7.00' : '10.00'] as const);
      world = await openJune(open, { rooms: ROOMS, points: { con: 1_000 }, offsets });
      const { estate, app } = world;
      other = await app.person({ role: 'accountant', place: estate.id });
      app.clock.now += DAY_MS;
      await takePosted(world, 'posted.csv', POSTED);
    });

    it('says how it may be resolved, and what takes two people', async () => {
      const words = [...(await breaks(world.accountant))].map(
        ([nth, { offers = [] }]) =>
          `${nth} ${offers.map((o) => (o.secondPerson ? `${o.resolution} by two` : o.resolution)).join(', ')}`,
      );
      expect(words.sort()).toEqual([
        '1 firm-corrects, write-off by two',
        '2 firm-corrects, release',
        '3 firm-corrects, accept',
        '4 firm-corrects, accept by two',
        '5 firm-corrects, release by two',
        '6 firm-corrects, release by two',
        '7 firm-corrects, accept, release by two',
        'NaN firm-corrects',
      ]);
    });

    it.each([
      [2, 'accept', 'received in cash'],
      [5, 'accept', 'never posted'],
      [1, 'release', 'posted, if otherwise'],
      [3, 'release', 'posted twice, if otherwise'],
    ])('%i cannot be resolved by %s: it was %s', async (nth, resolution) => {
      const { status, body } = await resolve(nth, resolution, world.accountant);
      expect([status, body.code]).toEqual([409, 'resolution-not-possible']);
      expect(await offsetState(nth)).toBe('exported');
    });

    it('is written off as posted when a second person asks for the same, and only then', async () => {
      const key = uuid();
      const asked = { resolution: 'write-off', comment: 'write-off，已核对' };
      const first = await resolve(1, 'write-off', world.accountant, key);
      expect(first).toMatchObject({ status: 200, body: { state: 'open', asked: { ...asked, mine: true } } });
      expect(first.body).not.toHaveProperty('transaction');
      expect(await resolve(1, 'write-off', world.accountant, key)).toEqual(first);
      const again = await resolve(1, 'write-off', world.accountant);
      expect([again.status, again.body.code]).toEqual([403, 'second-person-needed']);
      expect([await offsetState(1), await firmHas()]).toEqual(['exported', []]);

      const puppet = await world.app.person({ role: 'accountant', place: world.estate.id });
      await world.app.engine.db.insert(world.app.engine.tables.accessLog).values({
        ...{ id: uuid(), at: 1, actor: `person:${world.accountant.id}`, action: 'sign-in', reason: '' },
        ...{ subject: `person:${puppet.id}`, place: world.estate.id },
      });
      const through = await resolve(1, 'write-off', puppet);
      expect([through.status, through.body.code]).toEqual([403, 'second-person-needed']);

      expect((await breaks(other)).get(1)).toMatchObject({ asked: { ...asked, mine: false } });
      const second = await resolve(1, 'write-off', other);
      expect(second).toMatchObject({ status: 200, body: { state: 'resolved', resolution: 'write-off' } });
      expect(second.body).toHaveProperty('transaction');
      expect([await offsetState(1), await firmHas()]).toEqual(['posted', [10_000_000]]);
      const kept = world.app.engine.tables.breaks;
      const rows = await world.app.engine.db.select().from(kept);
      expect(rows.find(({ id }) => id === second.body.id)).toMatchObject({
        asked: { by: `person:${world.accountant.id}` },
        resolvedBy: `person:${other.id}`,
      });
    });

    it('is given back by two where the firm only lacks it, and left to the firm by one who thinks otherwise', async () => {
      expect(await resolve(5, 'release', world.accountant)).toMatchObject({ body: { state: 'open' } });
      expect(await resolve(5, 'release', other)).toMatchObject({ body: { state: 'resolved' } });
      expect(await offsetState(5)).toBe('returned');

      expect(await resolve(6, 'release', world.accountant)).toMatchObject({ body: { state: 'open' } });
      const left = await resolve(6, 'firm-corrects', other);
      expect(left).toMatchObject({ body: { state: 'resolved', resolution: 'firm-corrects' } });
      expect(await offsetState(6)).toBe('exported');
    });

    it('is resolved by one person as proposed', async () => {
      expect(await resolve(2, 'release', world.accountant)).toMatchObject({ body: { state: 'resolved' } });
      expect(await offsetState(2)).toBe('returned');
    });

    it('is of the row that a person names, and of every other one by itself: no fen leaves the desk', async () => {
      const before = (await breaks(world.accountant)).get(3)!;
      expect(before.candidates?.map(({ value }) => value)).toEqual(['10.05', '10.06']);
      expect(await resolve(3, 'accept', world.accountant)).toMatchObject({ status: 422 });
      const row = before.candidates![0]!.id;
      const chosen = await resolve(3, 'accept', world.accountant, uuid(), row);
      expect(chosen.body).toMatchObject({ kind: 'amount', difference: '0.05', state: 'open' });
      expect(await offsetState(3)).toBe('exported');
      const all = (await open3()).map(({ kind, difference }) => `${kind} ${difference}`).sort();
      expect(all).toEqual(['amount 0.05', 'duplicate 10.06']);
      expect(before.difference).toBe('10.11');
    });

    it('is of no row that another one is of by now', async () => {
      const { breaks: t } = world.app.engine.tables;
      const { db } = world.app.engine;
      const all = await breaks(world.accountant);
      const rows = await db.select().from(t);
      // As if the row that was named for the third were the neighbour's as well.
      const named = rows.find(({ id }) => id === all.get(3)!.id)!.postedRow;
      const fourth = all.get(4)!;
      const own = rows.find(({ id }) => id === fourth.id)!.postedRow;
      await db.update(t).set({ postedRow: named }).where(eq(t.id, fourth.id));
      expect(await resolve(4, 'accept', world.accountant)).toMatchObject({ body: { state: 'open' } });
      expect(await resolve(4, 'accept', other)).toMatchObject({ status: 409 });
      expect(await offsetState(4)).toBe('exported');
      await db.update(t).set({ postedRow: own }).where(eq(t.id, fourth.id));
    });

    it('between equals is of the row that a person names, which then is nobody else’s', async () => {
      const tied = (await breaks(world.accountant)).get(7)!;
      expect(tied).toMatchObject({
        kind: 'missing-there',
        candidates: [{ value: '7.00' }, { value: '7.00' }],
      });
      const row = tied.candidates![0]!.id;
      const named = await resolve(7, 'accept', world.accountant, uuid(), row);
      expect(named).toMatchObject({ status: 200, body: { state: 'resolved', difference: '0.00' } });
      expect(await offsetState(7)).toBe('posted');
      // The other one is the firm's to correct, or written off by two.
      expect((await openOnes()).filter(({ kind }) => kind === 'missing-here')).toMatchObject([
        { difference: '7.00', offers: [{ resolution: 'firm-corrects' }, { resolution: 'write-off' }] },
      ]);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});

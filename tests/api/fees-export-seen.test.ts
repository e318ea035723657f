/** Exactly what the accountant was shown is handed over to the firm: what came or went meanwhile stops it. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { cancelOffset, findLeftBehind } from '../../api/fees/index.ts';
import { eachEngine } from '../support/database.ts';
import { offsetBill, ok, residentOf, takeBills, type FeesWorld } from '../support/fees-world.ts';
import { openEstate, read } from '../support/june-month.ts';

/** The end of the second month after the one in which points were put against a bill. */
const HOLD_ENDS = Date.parse('2026-09-01T00:00:00+08:00');

type Waiting = { count: number; value: string };

eachEngine((_name, open) => {
  describe('an export of what was shown', () => {
    let world: FeesWorld;
    let last: string;
    const waiting = () => read<Waiting>(world, `/estates/${world.estate.id}/offset-exports/next`);
    const batches = async () =>
      (await read<{ items: Waiting[] }>(world, `/estates/${world.estate.id}/offset-exports`)).items;
    const send = async (query: string, key = uuid()) => {
      const path = `/api/v1/estates/${world.estate.id}/offset-exports${query}`;
      const answer = await world.app.request(path, { method: 'POST', by: world.accountant, key });
      const { headers, status } = answer;
      return { status, replayed: headers.get('idempotency-hit'), body: (await answer.json()) as object };
    };
    const asSeen = ({ count, value }: Waiting) => `?count=${count}&value=${value}`;

    beforeAll(async () => {
      world = await openEstate(open, { rooms: ['0501', '0502', '0503'], points: { con: 4_000 } });
      await offsetBill(world, '0501', '10.00');
      await offsetBill(world, '0502', '10.00');
    });

    it('is refused when an offset came meanwhile, and says what waits now', async () => {
      const seen = await waiting();
      last = (await offsetBill(world, '0503', '5.00')).offset;
      expect(await send(asSeen(seen))).toMatchObject({
        status: 409,
        body: { code: 'changed-meanwhile', details: { zh: expect.stringContaining('3 张，共 25.00 元') } },
      });
      expect(await batches()).toEqual([]);
    });

    it('is refused when one went meanwhile', async () => {
      const seen = await waiting();
      expect(seen).toMatchObject({ count: 3, value: '25.00' });
      const person = await residentOf(world, '0503');
      const actor = { kind: 'person' as const, person, roles: [] };
      ok(await cancelOffset(world.deps, { offset: last, actor, key: uuid(), scope: 'test' }));
      expect(await send(asSeen(seen))).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
    });

    it('says what waits now when a resident cancels at this very moment', async () => {
      const { offset } = await offsetBill(world, '0503', '5.00');
      const person = await residentOf(world, '0503');
      const actor = { kind: 'person' as const, person, roles: [] };
      const { journal } = world.deps;
      const commit = journal.commit.bind(journal);
      const seen = vi.spyOn(journal, 'commit').mockImplementationOnce(async (...unit) => {
        ok(await cancelOffset(world.deps, { offset, actor, key: uuid(), scope: 'test' }));
        return commit(...unit);
      });
      expect(await send('?count=3&value=25.00')).toMatchObject({
        status: 409,
        body: { details: { zh: expect.stringContaining('2 张，共 20.00 元') } },
      });
      seen.mockRestore();
    });

    it('is refused when as many wait with another sum', async () => {
      expect(await send('?count=2&value=20.01')).toMatchObject({ status: 409 });
    });

    it('is listed newest first, the hundredth of a month too', async () => {
      const { engine } = world.app;
      const estate = await world.app.place('estate');
      const seen = { version: 1, estate, count: 1, valueFen: 100, rowsHash: '', madeBy: 'test' };
      const numbers = ['DC-2606-98', 'DC-2606-99', 'DC-2606-100', 'DC-2606-101'];
      for (const [nth, number] of numbers.entries()) {
        const id = world.deps.ids();
        await engine.db.insert(engine.tables.exportBatches).values({ id, number, createdAt: nth, ...seen });
      }
      const by = await world.app.person({ role: 'accountant', place: estate });
      const page = async (query: string) => {
        const path = `/api/v1/estates/${estate}/offset-exports?limit=2${query}`;
        const answer = await world.app.request(path, { by });
        return (await answer.json()) as { items: { number: string }[]; next?: string };
      };
      const first = await page('');
      const second = await page(`&cursor=${first.next}`);
      expect([...first.items, ...second.items].map(({ number }) => number)).toEqual(numbers.toReversed());
    });

    it('needs the number and the sum together', async () => {
      expect(await send('?count=2')).toMatchObject({ status: 422, body: { code: 'invalid-input' } });
    });

    it('leaves out what waited until its hold ended, though the job has not come round', async () => {
      const late = await openEstate(open, { rooms: ['0501'], points: { con: 4_000 } });
      await offsetBill(late, '0501', '10.00');
      const path = `/estates/${late.estate.id}/offset-exports`;
      late.app.clock.now = HOLD_ENDS - 1;
      expect(await read(late, `${path}/next`)).toMatchObject({ count: 1, value: '10.00' });
      late.app.clock.now = HOLD_ENDS;
      expect(await read(late, `${path}/next`)).toMatchObject({ count: 0, value: '0.00' });
      const by = late.accountant;
      const answer = await late.app.request(`/api/v1${path}`, { method: 'POST', by, key: uuid() });
      expect(await answer.json()).toMatchObject({ code: 'nothing-to-export' });
    });

    it('hands over what was shown, once', async () => {
      const seen = asSeen(await waiting());
      const done = await send(seen, 'once');
      expect(done).toMatchObject({ status: 201, body: { count: 2, value: '20.00' } });
      expect(await send(seen, 'once')).toEqual({ ...done, replayed: 'true' });
      expect(await batches()).toHaveLength(1);
      expect(await waiting()).toMatchObject({ count: 0, value: '0.00' });
    });

    it('finds what waits on a bill of before, which nobody was asked about when it was issued anew', async () => {
      const { offset } = await offsetBill(world, '0503', '10.00');
      await takeBills(world, { '0503': '20.00' }, 'smaller.csv');
      const { breaks: t } = world.app.engine.tables;
      const { db } = world.app.engine;
      // The version of then opened none.
      await db.delete(t);
      const found = async () => {
        const rows = await db.select().from(t).where(eq(t.offset, offset));
        return rows.map(({ kind, proposal, zh }) => `${kind} ${proposal} ${zh}`);
      };
      expect(await send('')).toMatchObject({ body: { code: 'nothing-to-export' } });
      const said = [
        expect.stringMatching(
          /^reissued offset-new-bill DK-2606-0005：账单由 118.32 元改为 20.00 元，抵扣的 10.00 元/,
        ),
      ];
      expect(await found()).toEqual(said);
      expect(await findLeftBehind(world.deps, world.estate.id)).toBe(0);
      expect(await found()).toEqual(said);
      await db.delete(t);
      expect(await findLeftBehind(world.deps, world.estate.id)).toBe(1);
      expect(await found()).toEqual(said);
    });
  });
});

/** The firm takes the whole of its row back, of which a part had been written off: with the offset goes its 差异转销. */
import { beforeEach, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import type { TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, secondOf, type FeesWorld } from '../support/fees-world.ts';
import { openJune, postedRow, read, takePosted } from '../support/june-month.ts';

type Break = {
  id: string;
  kind: string;
  state: string;
  resolution?: string;
  zh: string;
  offers?: { resolution: string }[];
  writeOffs: { amount: string; reverses?: string }[];
  events: { kind: string }[];
};
type Sum = { count: number; value: string; on?: string };
type Statement = { writeOffs: Sum[]; writeOffsTakenBack: Sum[] };

const JULY_2 = Date.parse('2026-07-02T09:00:00+08:00');

eachEngine((_name, open) => {
  describe('what the firm takes back after a part of its row was written off', () => {
    let world: FeesWorld;
    let people: TestPerson[];
    const list = async (state: string) =>
      (await read<{ items: Break[] }>(world, `/estates/${world.estate.id}/breaks?state=${state}`)).items;
    const byTwo = async (id: string, resolution: string) => {
      for (const by of people) {
        const ask = { by, key: uuid(), json: { resolution, comment: '已核对' } };
        const answer = await world.app.request(`/api/v1/breaks/${id}/resolution`, ask);
        expect(answer.status, await answer.clone().text()).toBe(200);
      }
    };
    const draft = () => read<Statement>(world, `/places/${world.estate.id}/preliminary-statement`);

    beforeEach(async () => {
      world = await openJune(open, { rooms: ['0501'], points: { con: 4_000 } });
      people = [world.accountant, await secondOf(world)];
      world.app.clock.now = Date.parse('2026-06-22T09:00:00+08:00');
      await takePosted(world, 'june.csv', [postedRow(1, '10.01')]);
      await byTwo((await list('open'))[0]!.id, 'write-off');
      world.app.clock.now = JULY_2;
      expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
    });

    it('as a whole, is reversed together with the write-off, by the same two', async () => {
      await takePosted(world, 'july.csv', [postedRow(1, '10.01', '2026-07-01', '已退回,录错')]);
      const [back] = await list('open');
      expect(back).toMatchObject({ kind: 'returned' });
      expect(back?.zh).toContain('以前转销的 0.01 元');
      await byTwo(back!.id, 'reverse');
      expect(await list('open')).toEqual([]);
      expect((await draft()).writeOffsTakenBack).toMatchObject([
        { count: 1, value: '-0.01', on: '2026-06-22' },
      ]);
      const written = (await list('resolved')).find(({ kind }) => kind !== 'returned')!;
      expect(written).toMatchObject({ resolution: 'firm-corrects', writeOffs: [{}, { amount: '-0.01' }] });
      expect(written.events.map(({ kind }) => kind).slice(-2)).toEqual(['reversed', 'resolved']);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
      // The lists that come again say nothing new.
      await takePosted(world, 'again.csv', [
        postedRow(1, '10.01'),
        postedRow(1, '10.01', '2026-07-01', '已退回,录错'),
      ]);
      expect(await list('open')).toEqual([]);
    });

    it('as its offset alone, leaves what was too much written off', async () => {
      await takePosted(world, 'july.csv', [postedRow(1, '10.00', '2026-07-01', '已退回,录错')]);
      const [back] = await list('open');
      expect(back?.zh).not.toContain('转销');
      await byTwo(back!.id, 'reverse');
      expect((await draft()).writeOffsTakenBack).toEqual([]);
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});

/** 异议 and 答复: whoever objected to a settlement does not answer it; whoever owes back has a settlement that says so. */
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { book, residentOf } from '../support/fees-world.ts';
import { openFundedJune, type FundedJune } from '../support/funded-june.ts';

type Settlement = {
  id: string;
  version: number;
  state: string;
  month: string;
  net: string;
  taken: string;
  returned: string;
  carriedIn: string;
  carriedOut: string;
  number: string;
  payer: { name: string };
  payee: { name: string };
  may: { answer: string[]; pay: boolean };
};

eachEngine((_name, open) => {
  describe('a settlement', () => {
    let { world, staff, colleague, manager, get } = {} as FundedJune;
    const of = (id: string, by = staff) => get<Settlement>(`/settlements/${id}`, by);
    const say = async (id: string, by: TestPerson, path: string, body: object) => {
      const { version } = await of(id);
      return world.app.request(`/api/v1/settlements/${id}/${path}`, { json: { version, ...body }, by });
    };
    const waits = async (by: TestPerson, kind: string) =>
      (await get<{ items: { kind: string; count: number }[] }>('/me/tasks', by)).items.find(
        (line) => line.kind === kind,
      )?.count ?? 0;
    const make = (month: string) =>
      world.app.request(`/api/v1/places/${world.community.id}/settlements`, { json: { month }, by: staff });
    const between = async (payer: string, payee: string, month: string) =>
      (
        await get<{ items: Settlement[] }>(`/places/${world.community.id}/settlements?side=payer`, staff)
      ).items.find((one) => one.payer.name === payer && one.payee.name === payee && one.month === month)!;

    beforeAll(async () => {
      ({ world, staff, colleague, manager, get } = await openFundedJune(open));
      await make('2026-06');
    });

    it('that one person objected to is answered by somebody else, also where they speak for both sides', async () => {
      const { id } = await between('VOL', '结算中心', '2026-06');
      await say(id, staff, 'objections', { side: 'payee', said: '少了一笔' });
      expect((await of(id, staff)).may.answer).toEqual([]);
      for (const side of ['payer', 'payee'])
        expect(await codeOf(await say(id, staff, 'answers', { side, said: '没有少' }))).toBe(
          'second-person-needed',
        );
      expect((await of(id, colleague)).may.answer).toEqual(['payee', 'payer']);
      expect((await say(id, colleague, 'answers', { side: 'payer', said: '已查，没有少' })).status).toBe(200);
    });

    it('that its payer sends back waits for its payee', async () => {
      const { id } = await between('结算中心', '便民超市', '2026-06');
      await say(id, manager, 'agreements', { side: 'payee' });
      const before = await waits(manager, 'confirm-settlement');
      expect(await waits(staff, 'agree-settlement')).toBeGreaterThan(0);
      await say(id, staff, 'objections', { side: 'payer', said: '多了一笔' });
      expect(await waits(manager, 'confirm-settlement')).toBe(before + 1);
      expect((await say(id, manager, 'answers', { side: 'payee', said: '这笔没有退' })).status).toBe(200);
    });

    it('of a month in which more came back than was taken says so, is agreed to, and leaves nothing to pay', async () => {
      const { clearing, merchant } = world;
      const member = await residentOf(world, '0502');
      const terms = { '*': { mode: 'clearing' as const, via: clearing.id, factor: 10_000 } };
      const spend = (points: number) =>
        book(world, {
          ...{ do: 'spend' as const, member, redeemer: merchant.id, terms, take: { points, unit: 'CON' } },
        });
      world.app.clock.now = Date.parse('2026-08-20T09:00:00+08:00');
      const taken = await spend(300);
      world.app.clock.now = Date.parse('2026-09-02T09:00:00+08:00');
      await make('2026-08');
      await book(world, { do: 'refund', of: taken, points: 200 });
      world.app.clock.now = Date.parse('2026-10-02T09:00:00+08:00');
      await make('2026-09');
      const september = await between('结算中心', '便民超市', '2026-09');
      expect(await of(september.id)).toMatchObject({
        ...{ net: '0.00', taken: '0.00', returned: '2.00', carriedIn: '0.00', carriedOut: '-2.00' },
        number: expect.stringMatching(/^JS-2610-/),
      });
      await say(september.id, manager, 'agreements', { side: 'payee' });
      const agreed = await say(september.id, staff, 'agreements', { side: 'payer' });
      expect((await agreed.json()) as Settlement).toMatchObject({ state: 'paid', may: { pay: false } });
      await spend(500);
      world.app.clock.now = Date.parse('2026-11-02T09:00:00+08:00');
      await make('2026-10');
      const october = await between('结算中心', '便民超市', '2026-10');
      expect(await of(october.id)).toMatchObject({ net: '3.00', carriedIn: '-2.00', carriedOut: '0.00' });
      expect((await verify(world.app.engine, productChecks)).findings).toEqual([]);
    });
  });
});

/** However many parties a place settles with, and payments a settlement has: nothing is left out without a word. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { isProblem } from '../../api/platform/index.ts';
import { allPairs, makeSettlements } from '../../api/settlement/monthly/make-settlements.ts';
import { actorNamed, must } from '../support/demo-programme.ts';
import { eachEngine } from '../support/database.ts';
import { openFundedJune, type FundedJune } from '../support/funded-june.ts';
import { tableOf } from '../support/sample-files.ts';

type Payment = { id: string; number: string; reference: string };
type Settlement = {
  id: string;
  version: number;
  payee: { name: string };
  payments: Payment[];
  morePayments: boolean;
};
type Page<Item> = { items: Item[]; next?: string };

eachEngine((_name, open) => {
  describe('of a June with more than a page has', () => {
    let { world, staff, colleague, get } = {} as FundedJune;

    beforeAll(async () => {
      ({ world, staff, colleague, get } = await openFundedJune(open));
    });

    it('each pair is settled, page by page, and it says when there are more', async () => {
      const { deps } = world.app.server;
      const payers = [world.con.id, world.vol.id, world.clearing.id].map((id) => ({ id, place: id }));
      const parties = { places: [world.clearing.id, world.merchant.id], payers };
      const book = (await deps.places.bookOf(world.clearing.id))!;
      const pairs: string[] = [];
      for await (const { payer, payee } of allPairs(deps, { parties, book, limit: 1 }))
        pairs.push(`${payer} ${payee}`);
      expect(new Set(pairs).size).toBe(4);
      expect(pairs).toHaveLength(4);
      const answers: { made: number; more: boolean }[] = [];
      for (let nth = 0; nth < 6; nth++) {
        const of = { parties, book, month: '2026-06', actor: actorNamed(), most: 1 };
        const done = must(await makeSettlements(deps, of));
        answers.push(done);
        if (isProblem(done) || !done.more) break;
      }
      expect(answers.map(({ made }) => made)).toEqual([1, 1, 1, 1, 0]);
      expect(answers.at(-1)?.more).toBe(false);
    });

    it('the 101st payment of a settlement is found, and stands in its file', async () => {
      const { items } = await get<Page<Settlement>>(
        `/places/${world.community.id}/settlements?side=payer`,
        staff,
      );
      const { id } = items.find(({ payee }) => payee.name === '和美物业')!;
      for (const [side, by, version] of [
        ['payee', world.accountant, 1],
        ['payer', colleague, 2],
      ] as const)
        await world.app.request(`/api/v1/settlements/${id}/agreements`, { json: { version, side }, by });
      for (let nth = 1; nth <= 101; nth++) {
        const json = { amount: '0.01', reference: `T${nth}`, paidOn: '2026-07-02' };
        const paid = await world.app.request(`/api/v1/settlements/${id}/payments`, {
          by: staff,
          key: uuid(),
          json,
        });
        expect(paid.status).toBe(201);
      }
      const shown = await get<Settlement>(`/settlements/${id}`, staff);
      expect([shown.payments.length, shown.morePayments]).toEqual([100, true]);
      const found: string[] = [];
      for (let cursor = ''; ;) {
        const page = await get<Page<Payment>>(`/settlements/${id}/payments?limit=60${cursor}`, staff);
        found.push(...page.items.map(({ reference }) => reference));
        if (page.next === undefined) break;
        cursor = `&cursor=${page.next}`;
      }
      expect([found.length, found.at(-1)]).toEqual([101, 'T101']);
      const file = await world.app.request(`/api/v1/settlements/${id}/file?format=xlsx`, { by: staff });
      const { rows } = await tableOf(Buffer.from(await file.arrayBuffer()));
      expect(rows.filter(([label]) => label === '付款')).toHaveLength(101);
    });
  });
});

/** verify sums settlements up again from the ledger: whoever changes a figure is found, also where its hash was changed with it. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { settlementSumsAsCounted } from '../../api/settlement/index.ts';
import { eachEngine } from '../support/database.ts';
import { openFundedJune, type FundedJune } from '../support/funded-june.ts';

eachEngine((_name, open) => {
  describe('the settlements of a June', () => {
    let { world, staff, colleague } = {} as FundedJune;
    let id = '';

    beforeAll(async () => {
      ({ world, staff, colleague } = await openFundedJune(open));
      const at = `/api/v1/places/${world.community.id}/settlements`;
      await world.app.request(at, { json: { month: '2026-06' }, by: staff });
      const { settlements: s } = world.app.engine.tables;
      const rows = await world.app.engine.db.select().from(s);
      id = rows.find(({ netFen }) => netFen === 4_549)!.id;
      for (const [side, by, version] of [
        ['payee', world.accountant, 1],
        ['payer', colleague, 2],
      ] as const)
        await world.app.request(`/api/v1/settlements/${id}/agreements`, { json: { version, side }, by });
      await world.app.request(`/api/v1/settlements/${id}/payments`, {
        ...{ by: staff, key: uuid(), json: { amount: '20.00', reference: 'T1', paidOn: '2026-07-02' } },
      });
    });

    const check = async () => {
      const [row] = await world.app.engine.db.select().from(world.app.engine.tables.settlements).limit(1);
      return (await settlementSumsAsCounted(world.app.engine, row!.book)).map(({ zh }) => zh);
    };

    it('are what the ledger has', async () => {
      expect(await check()).toEqual([]);
    });

    it.each([
      ['应付加结转', { netFen: 4_550 }, { netFen: 4_549 }],
      ['上期结转', { carriedInMicro: 10_000 }, { carriedInMicro: 0 }],
      ['收分金额', { takenMicro: 45_500_000 }, { takenMicro: 45_490_000 }],
      ['退回金额', { returnedMicro: 1 }, { returnedMicro: 0 }],
      ['没有接着上一张', { afterEntry: 1 }, { afterEntry: 0 }],
      ['各期已付合计', { paidFen: 1_999 }, { paidFen: 2_000 }],
    ])('whoever changes %s is found', async (words, wrong, right) => {
      const { settlements: s } = world.app.engine.tables;
      await world.app.engine.db.update(s).set(wrong).where(eq(s.id, id));
      expect((await check()).join('\n')).toContain(words);
      await world.app.engine.db.update(s).set(right).where(eq(s.id, id));
      expect(await check()).toEqual([]);
    });

    it('whoever changes a voucher is found', async () => {
      const { settlementPayments: p } = world.app.engine.tables;
      await world.app.engine.db.update(p).set({ amountFen: 1_999 });
      expect((await check()).join('\n')).toContain('付款凭单合计');
    });
  });
});

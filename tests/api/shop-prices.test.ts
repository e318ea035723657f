/** 价目: what a purchase earns at a shop, and which points it takes, as the rule and the agreements of the day have it. */
import { expect, it } from 'vitest';
import { demoPurchaseRule, publishRule } from '../../api/programme/index.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { demoTown, must } from '../support/demo-programme.ts';

eachEngine((_name, open) => {
  it('a shop tells what a purchase earns and which points it takes', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const shop = await town.merchant();
    const clerk = await app.person({ role: 'clerk', place: shop.id });
    const prices = async (place = shop.id) =>
      (await (await app.request(`/api/v1/merchants/${place}/prices`, { by: clerk })).json()) as object;
    expect(await prices()).toMatchObject({
      earns: {
        ...{ unit: 'CON', points: '1', per: '1.00', maxPointsPerDay: '500', lastDay: '2027-06-30' },
        examples: [
          { amount: '10.00', points: '10' },
          { amount: '38.50', points: '38' },
          { amount: '100.00', points: '100' },
        ],
      },
      takes: [
        { unit: 'VOL', leastMicro: '100000', mostMicro: '100000' },
        { unit: 'CON', leastMicro: '10000', mostMicro: '10000' },
      ],
    });
    const validFrom = app.clock.now;
    const body = { ...demoPurchaseRule, points: 3 };
    const rule = {
      place: shop.id,
      kind: 'purchase' as const,
      body,
      validFrom,
      reason: '店庆',
      actor: 'test',
    };
    must(await publishRule(app.server.deps, rule));
    expect(await prices()).toMatchObject({ earns: { points: '3' } });
    // Without anybody who pays, or without terms, the shop promises nothing.
    const bare = await app.place('merchant', town.community);
    await town.hire(clerk.id, 'clerk', bare);
    expect(await prices(bare)).toMatchObject({ takes: [] });
    expect(await prices(bare)).not.toHaveProperty('earns');
    expect((await app.request(`/api/v1/merchants/${town.estate}/prices`, { by: clerk })).status).toBe(404);
  });
});

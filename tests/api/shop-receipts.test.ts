/** What a till types as a receipt's number: kept beside the ledger, never in it. */
import { beforeAll, expect, it } from 'vitest';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import type { Counter } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let counter: Counter;
  let member: string;

  beforeAll(async () => {
    app = await startApp(await open());
    const town = await demoTown(app);
    const shop = await town.merchant();
    counter = counterOf(app, shop.id, await app.person({ role: 'clerk', place: shop.id }));
    member = await app.resident({ role: 'member', place: town.estate });
  });

  const credit = async (receipt: string) =>
    counter.credit({ code: await counter.resolved(member), receipt, amount: '30' });

  it('rule 8: a phone and a name in it stand in no row of the ledger, and it still counts once', async () => {
    expect((await credit('王小明 13800000001')).status).toBe(201);
    const refused = await credit('王小明 １３８００００0001');
    expect(await codeOf(refused.clone())).toBe('receipt-used');
    expect(await refused.text()).not.toContain('1380000');
    const { tallies, tallyEntries, transactions, entries, keys } = app.engine.tables;
    for (const table of [tallies, tallyEntries, transactions, entries, keys]) {
      const rows = await app.engine.db.select().from(table);
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toMatch(/13800000001|王小明/);
    }
  });

  it('one that grows when its characters unfold is refused by its field', async () => {
    const answer = await credit('\uFDFA'.repeat(40));
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('"receipt"')]);
  });
});

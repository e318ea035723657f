/** Two processes on one database count a book's offsets at the same moment: what 抵扣报表 adds up is counted once. */
import { expect, it } from 'vitest';
import { countOffsets } from '../../api/fees/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { eachEngine, openForTest } from '../support/database.ts';
import { openJune, postedRow, takePosted } from '../support/june-month.ts';

eachEngine((_name, open) => {
  it('counts each offset once, whoever counts it, from the first on and later', async () => {
    const rooms = ['0501', '0502', '0503'];
    const world = await openJune(open, { rooms, points: { con: 2_000 } });
    const { app } = world;
    const other = await openForTest(app.engine.target);
    app.clock.now = Date.parse('2026-06-28T09:00:00+08:00');
    const countAtOnce = async () => {
      const counts = await Promise.all(
        [app.engine, other, app.engine, other].map((engine) => countOffsets(engine, { book: 1 })),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    };
    const kept = async () =>
      (await app.engine.db.select().from(app.engine.tables.offsetSums)).map(({ count, valueFen }) => [
        count,
        valueFen,
      ]);
    await takePosted(
      world,
      'first.csv',
      [1, 2].map((nth) => postedRow(nth, '10.00', '2026-06-25')),
    );
    expect(await countAtOnce()).toBe(2);
    expect(await kept()).toEqual([[2, 2_000]]);
    await takePosted(world, 'second.csv', [postedRow(3, '10.00', '2026-06-26')]);
    expect(await countAtOnce()).toBe(1);
    expect(await kept()).toEqual([[3, 3_000]]);
    expect((await verify(app.engine, productChecks)).findings).toEqual([]);
  });
});

/**
 * What a household paid together, afterwards: held against the books part by part, so that a forged row of it is named by
 * `verify`, and tried by another rule with the points of all who paid.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { demoOffsetRule, exportOffsets, offsetsOfPeriod } from '../../api/fees/index.ts';
import { quoteOffset } from '../../api/fees/rules/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { startApp, type TestApp } from '../support/app.ts';
import { found, foundBeside, foundWith, MORE, TEXT, type Change } from '../support/changed-rows.ts';
import { eachEngine } from '../support/database.ts';
import { ok } from '../support/fees-world.ts';
import { openHouseholds, type Households } from '../support/households.ts';
import { CLERK, takePosted } from '../support/june-month.ts';
import { select } from '../support/stored-book.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let world: Households;
  const verified = async () => expect((await verify(app.engine, productChecks)).findings).toEqual([]);

  beforeAll(async () => {
    app = await startApp(await open());
    world = await openHouseholds(app, ['0101', '0102', '0103', '0104']);
    const pay = async () => {
      const home = await world.household();
      return { ...home, offset: ok(await world.payTogether(home.bill, home.wife.id)).offset };
    };
    const cancelled = await pay();
    await world.cancel(cancelled.offset, cancelled.wife);
    const [posted, returned] = [await pay(), await pay()];
    const key = { key: uuid(), scope: `place:${world.estate.id}` };
    ok(await exportOffsets(world.deps, { estate: world.estate.id, actor: CLERK, ...key }));
    await pay();
    const rowOf = async ({ offset, room }: typeof posted, state: string) =>
      `${(await world.stateOf(offset)).number},3-2-${room},物业服务费,202606,35.49,2026-06-20,${state},`;
    const rows = [await rowOf(posted, '已入账'), await rowOf(returned, '已退回')];
    await takePosted(world, 'posted.csv', rows);
    await world.giveBackOpen();
    await verified();
  });

  it('comes to the same under the same rule, with the points of all who paid', async () => {
    const tried: number[] = [];
    const of = { estate: world.estate.id, period: '2026-06' as const };
    for await (const piece of offsetsOfPeriod(world.deps, of)) {
      for (const { request } of piece) {
        const answer = quoteOffset(demoOffsetRule, request);
        tried.push('quote' in answer ? answer.quote.valueFen : 0);
      }
    }
    expect(tried).toEqual([3_549, 3_549]);
  });

  describe('what the books say of it, and not its rows alone', () => {
    const POINTS: Change = ['points', `'{"CON":1}'`];
    const partOf = async (state: string, nth: number) => {
      const [row] = await select<{ id: string; offset: string }>(
        app.engine,
        `select p.id, p.offset_id as offset from offset_parts p join offsets o on o.id = p.offset_id
         where o.state = '${state}' and p.nth = ${nth} order by p.id limit 1`,
      );
      return row!;
    };

    it.each([
      ['held', 0, MORE('value_fen')],
      ['held', 1, MORE('value_fen')],
      ['held', 0, POINTS],
      ['held', 1, POINTS],
      ['held', 1, ['points', `'no points'`]],
      ['held', 1, TEXT('member')],
      ['held', 1, TEXT('hold')],
      ['held', 1, MORE('hold_transaction')],
      ['held', 1, ['settled_transaction', 'hold_transaction + 1']],
      ['posted', 1, MORE('settled_transaction')],
      ['posted', 1, ['settled_transaction', 'null']],
      ['posted', 0, MORE('value_fen')],
      ['cancelled', 1, MORE('value_fen')],
      ['returned', 1, POINTS],
    ] as [string, number, Change][])(
      'a forged part of one that is %s, number %i: %s',
      async (state, nth, change) => {
        const { id, offset } = await partOf(state, nth);
        const findings = await found(app.engine, { table: 'offset_parts', id, change });
        expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(offset));
      },
    );

    it('a part put beside the others, and one taken away', async () => {
      const { id, offset } = await partOf('held', 1);
      const row = { table: 'offset_parts', id };
      for (const columns of [
        { nth: '7' },
        { nth: '7', hold_transaction: 'null' },
        { nth: '7', offset_id: `'gone'` },
      ]) {
        const beside = await foundBeside(app.engine, row, columns);
        expect(beside.map(({ en }) => en)).toContainEqual(
          expect.stringMatching(new RegExp(`${offset}|gone`)),
        );
      }
      const away = await foundWith(app.engine, row, { offset_id: `'gone'` });
      expect(away.map(({ en }) => en)).toContainEqual(expect.stringContaining(offset));
    });

    it.each([MORE('value_fen'), TEXT('member'), POINTS, ['settled_transaction', 'null']] as Change[])(
      'of the offset itself: %s %s',
      async (...change) => {
        const { offset } = await partOf('posted', 1);
        const findings = await found(app.engine, { table: 'offsets', id: offset, change });
        expect(findings.map(({ en }) => en)).toContainEqual(expect.stringContaining(offset));
        await verified();
      },
    );
  });
});

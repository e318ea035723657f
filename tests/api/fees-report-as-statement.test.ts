/** 抵扣报表 says to the fen what the months' statements say that funds bear, whatever is left of a fen at a month's end. */
import { expect, it } from 'vitest';
import { countOffsets } from '../../api/fees/index.ts';
import { addAgreement } from '../../api/programme/index.ts';
import { eachEngine } from '../support/database.ts';
import { closeByTwo, offsetBill, ok } from '../support/fees-world.ts';
import { handOver, openEstate, postedRow, read, takePosted } from '../support/june-month.ts';

type Statement = { settlement: { posted: string; owed: string; concession: string } };
type Sums = { value: string; borne: string; concession: string };
type Report = { total: Sums; months: (Sums & { month: string })[]; estates: Sums[] };
type Next = { offsets: { concession: string } };

eachEngine((_name, open) => {
  it('rounds each month as its statement does, and the total is the sum of the months', async () => {
    const rooms = ['0501', '0502', '0503'];
    const world = await openEstate(open, { rooms, points: { con: 3_189, vol: 36 } });
    const { app, deps, estate, firm, con } = world;
    // A consumer point pays 0.01 of a bill, and its fund owes 0.009333 for it.
    const terms = { mode: 'owed' as const, factor: 9_333 };
    ok(await addAgreement(deps, { redeemer: firm.id, fund: con.id, terms, validFrom: app.clock.now }));
    app.clock.now += 1_000;
    const yuan = ['35.49', '32.89', '10.12'];
    for (const [nth, room] of rooms.entries()) await offsetBill(world, room, yuan[nth]!);
    await handOver(world);
    app.clock.now = Date.parse('2026-06-28T09:00:00+08:00');
    const rows = yuan.map((each, nth) => postedRow(nth + 1, each, '2026-06-21'));
    await takePosted(world, 'june.csv', rows.slice(0, 2));
    app.clock.now = Date.parse('2026-07-02T09:00:00+08:00');
    const statement = () => read<Statement>(world, `/places/${estate.id}/preliminary-statement`);
    const june = { borne: '64.12', concession: '4.26' };
    expect((await statement()).settlement).toMatchObject({ owed: june.borne, concession: june.concession });
    const next = await read<Next>(world, `/places/${estate.id}/next-closure`);
    expect(next.offsets.concession).toBe(june.concession);
    expect((await closeByTwo(world, { month: '2026-06' })).status).toBe(201);
    await takePosted(world, 'july.csv', [rows[2]!.replace('2026-06-21', '2026-07-02')]);
    app.clock.now = Date.parse('2026-08-02T09:00:00+08:00');
    // 9.444996 of its own, and 0.005874 that June left.
    const july = { borne: '9.45', concession: '0.67' };
    expect((await statement()).settlement).toMatchObject({ owed: july.borne, concession: july.concession });

    await countOffsets(app.engine, { book: 1 });
    const path = `/places/${estate.id}/offset-report`;
    const report = await read<Report>(world, `${path}?from=2026-06&to=2026-07`);
    const both = { value: '78.50', borne: '73.57', concession: '4.93' };
    expect(report).toMatchObject({
      total: both,
      months: [
        { month: '2026-06', ...june },
        { month: '2026-07', ...july },
      ],
      estates: [both],
    });
    expect(await read<Report>(world, `${path}?from=2026-07&to=2026-07`)).toMatchObject({ total: july });
  });
});

/** A bill may fall by more than funders owe for the points: the rest is the firm's own, and is shown. */
import { v7 as uuid } from 'uuid';
import { expect, it } from 'vitest';
import { confirmOffset, demoOffsetRule, exportOffsets, importPostedList } from '../../api/fees/index.ts';
import { balancesOf, verify } from '../../api/ledger/index.ts';
import type { PersonActor } from '../../api/platform/index.ts';
import { publishRule } from '../../api/programme/index.ts';
import { startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import * as fees from '../support/fees-world.ts';
import { openEstate } from '../support/june-month.ts';

eachEngine((_name, open) => {
  it('36 points worth 7.20 of a bill, for which funders owe 3.60: the firm gives 3.60', async () => {
    const world = await fees.openFeesWorld(await startApp(await open()));
    const { deps, estate, firm, app, accountant: by } = world;
    const body = { ...demoOffsetRule, worthMicro: { VOL: 200_000, CON: 10_000 } };
    const rule = { place: estate.id, kind: 'offset' as const, body, validFrom: 1 };
    await publishRule(deps, { ...rule, reason: '物业加倍抵扣', actor: 'test' });
    await fees.takeRoster(world, ['3,2,0501,王玉兰,13800000001,业主,,']);
    await fees.takeBills(world, { '0501': '118.32' }, 'june.csv');
    await fees.givePoints(world, await fees.residentOf(world, '0501'), { vol: 36 });
    const { offset } = await fees.offsetBill(world, '0501', '7.20');
    const actor: PersonActor = { kind: 'person', person: uuid(), roles: [] };
    fees.ok(await exportOffsets(deps, { estate: estate.id, actor, key: 'june', scope: 'test' }));
    const get = async (path: string) => (await app.request(`/api/v1/${path}`, { by })).json();
    expect(await get(`offsets/${offset}`)).not.toHaveProperty('settlement');

    const text = `抵扣单号,房号,收费项目,计费月份,入账金额,入账日期,状态
DK-2606-0001,3-2-0501,物业服务费,202606,7.20,2026-06-20,已入账
`;
    const file = fees.fileOf(text, 'posted.csv');
    const report = fees.ok(await importPostedList(deps, { estate: estate.id, file, actor, dryRun: false }));
    expect(report.counts).toMatchObject({ captured: 1 });
    expect(await get(`offsets/${offset}`)).toMatchObject({
      value: '7.20',
      settlement: { owed: '3.60', concession: '3.60' },
    });
    expect(await get(`places/${estate.id}/next-closure`)).toMatchObject({
      month: '2026-06',
      offsets: { count: 1, value: '7.20', concession: '3.60' },
    });
    const firmHas = await balancesOf(app.engine, { book: 1, owner: firm.id });
    expect(firmHas.map(({ role, balance }) => [role, balance])).toEqual([['receivable', 3_600_000]]);
    expect((await verify(app.engine)).findings).toEqual([]);
  });

  it('a rule that came into force since, and takes more points for the same value, is shown first', async () => {
    const world = await openEstate(open, { rooms: ['0501'], points: { con: 4_000 } });
    const { deps, estate, app } = world;
    const member = await fees.residentOf(world, '0501');
    const [bill] = await app.engine.db.select().from(app.engine.tables.bills);
    const actor: PersonActor = { kind: 'person', person: member, roles: [] };
    const confirm = (points: number) => {
      const input = { bill: bill!.id, member, valueFen: 1_000, points };
      return confirmOffset(deps, { input, actor, key: uuid(), scope: 'test' });
    };
    const body = { ...demoOffsetRule, worthMicro: { VOL: 100_000, CON: 5_000 } };
    const rule = { place: estate.id, kind: 'offset' as const, body, validFrom: app.clock.now };
    await publishRule(deps, { ...rule, reason: '消费积分减半', actor: 'test' });
    expect(await confirm(1_000)).toMatchObject({ code: 'quote-changed' });
    fees.ok(await confirm(2_000));
  });
});

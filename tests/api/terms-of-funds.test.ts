/** Whose points a shop and a firm take: those of the funds they have terms with, past others that end sooner. */
import { expect, it } from 'vitest';
import { confirmOffset, quoteForBill } from '../../api/fees/index.ts';
import { balancesOf } from '../../api/ledger/index.ts';
import { addPlace } from '../../api/places/index.ts';
import { addAgreement, addFund, approveBudget, requestBudget } from '../../api/programme/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { actorNamed, demoTown, must } from '../support/demo-programme.ts';
import { book, givePoints, openFeesWorld, residentOf, takeBills, takeRoster } from '../support/fees-world.ts';

const DAY_MS = 86_400_000;

eachEngine((_name, open) => {
  it('a shop takes its own fund’s points, and its till shows those alone', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const { deps } = app.server;
    const of = { book: town.book, parent: town.community, kind: 'merchant' as const, name: '便民超市' };
    const { id: shop } = must(await addPlace(deps, of));
    const own = {
      book: town.book,
      place: shop,
      unit: 'VOL',
      name: '自有',
      rateMicro: 100_000,
      budgetReturns: true,
    };
    const fund = must(await addFund(deps, own));
    const asked = { fund: fund.id, amount: 5_000, basis: '会议纪要', actor: actorNamed() };
    const budget = must(await requestBudget(deps, asked)).id;
    must(await approveBudget(deps, { budget, key: 'b', scope: 'x', actor: actorNamed() }));
    const terms = { mode: 'owed' as const, factor: 10_000 };
    must(await addAgreement(deps, { redeemer: shop, fund: fund.id, terms, validFrom: 0 }));
    const clerk = await app.person({ role: 'clerk', place: shop });
    const member = await app.resident({ role: 'member', place: town.estate });
    await town.give(member, town.volunteerFund, 50, app.clock.now + 30 * DAY_MS);
    await town.give(member, fund, 50);

    const till = counterOf(app, shop, clerk);
    const { link } = await till.show(member);
    const customer = (await (await till.resolve(link)).json()) as { code: string };
    expect(customer).toMatchObject({ available: [{ unit: 'VOL', points: '50' }] });
    const goods = { code: customer.code, unit: 'VOL', goods: '鸡蛋' };
    expect((await till.redeem({ ...goods, points: '20' })).status).toBe(201);
    const rest = { ...goods, code: await till.resolved(member) };
    expect(await codeOf(await till.redeem({ ...rest, points: '31' }))).toBe('terms-missing');
    expect(await codeOf(await till.redeem({ ...rest, points: '81' }))).toBe('insufficient-points');
    expect((await till.redeem({ ...rest, points: '30' })).status).toBe(201);
    expect(await town.pointsOf(member, 'VOL')).toMatchObject({ available: 50 });
  });

  it('a bill is offset with the points that the firm takes, as it was quoted', async () => {
    const world = await openFeesWorld(await startApp(await open()));
    const { app, deps, firm, community, vol, con } = world;
    await takeRoster(world, ['3,2,0501,王玉兰,13800000001,业主,,']);
    await takeBills(world, { '0501': '118.32' }, 'june.csv');
    const member = await residentOf(world, '0501');
    const at = {
      book: 1,
      place: community.id,
      name: '别家',
      unit: 'CON',
      rateMicro: 10_000,
      budgetReturns: true,
    };
    const { id: fund, ...other } = must(await addFund(deps, at));
    await book(world, { do: 'budget', fund, unit: 'CON', amount: 10_000 });
    const series = { expiresAt: app.clock.now + 20 * DAY_MS, rateMicro: 10_000, budgetReturns: true };
    await book(world, { do: 'credit', member, fund, unit: other.unit, amount: 9_000, series });
    await givePoints(world, member, { vol: 36, con: 3_189 });
    const { agreements } = app.engine.tables;
    await app.engine.db.update(agreements).set({ validTo: app.clock.now });
    const terms = { mode: 'owed' as const, factor: 10_000 };
    for (const { id } of [vol, con]) {
      must(await addAgreement(deps, { redeemer: firm.id, fund: id, terms, validFrom: app.clock.now }));
    }
    const { bills } = app.engine.tables;
    const [bill] = await app.engine.db.select({ id: bills.id }).from(bills);
    const { valueFen } = must(await quoteForBill(deps, { bill: bill!.id, member })).quote;
    expect(valueFen).toBe(3_549);
    const input = { bill: bill!.id, member, valueFen };
    must(await confirmOffset(deps, { input, actor: actorNamed(member), key: 'k', scope: 'x' }));
    const left = await balancesOf(app.engine, { book: 1, owner: member });
    expect(left.filter(({ role }) => role === 'available')).toMatchObject([{ fund, balance: 9_000 }]);
  });
});

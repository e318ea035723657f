/** What a purchase would earn, said at the till before it is booked. */
import { beforeAll, expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { codeOf, startApp } from '../support/app.ts';
import type { TestApp, TestPerson, Visitor } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import type { Counter } from '../support/demo-counter.ts';
import { demoTown } from '../support/demo-programme.ts';
import type { DemoTown, Merchant } from '../support/demo-programme.ts';

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let clerk: TestPerson;
  let counter: Counter;

  beforeAll(async () => {
    const off = { perSecond: 0, burst: 0 };
    app = await startApp(await open(), { config: { limits: { key: off, person: off, address: off } } });
    town = await demoTown(app);
    shop = await town.merchant();
    clerk = await app.person({ role: 'clerk', place: shop.id });
    counter = counterOf(app, shop.id, clerk);
  });

  const quote = (json: object, by: Visitor = clerk) =>
    app.request(`/api/v1/merchants/${shop.id}/purchase-quotes`, { json, by });
  const quoted = async (json: object) => (await (await quote(json)).json()) as object;

  it('is what is then booked, and books nothing itself', async () => {
    const member = await app.resident();
    const code = await counter.resolved(member);
    const ask = { code, amount: '58.50', paidWithPoints: '8.50' };
    const told = await quoted(ask);
    expect(told).toMatchObject({ points: '50', unit: 'CON', isCapped: false });
    expect(await quoted(ask)).toEqual(told);
    expect(await town.pointsOf(member, 'CON')).toMatchObject({ available: 0 });
    const booked = await (await counter.credit({ ...ask, receipt: uuid() })).json();
    expect(booked).toMatchObject({ points: '50', steps: (told as { steps: object[] }).steps });
  });

  it('says that the day gives no more', async () => {
    const member = await app.resident();
    await counter.bought(member, '480');
    const code = await counter.resolved(member);
    expect(await quoted({ code, amount: '100000' })).toMatchObject({ points: '20', isCapped: true });
  });

  it('is refused as the purchase would be', async () => {
    const code = await counter.resolved(await app.resident());
    const stranger = await app.person({ role: 'clerk', place: (await town.merchant()).id });
    const ask = { code, amount: '10' };
    expect((await quote(ask, stranger)).status).toBe(404);
    expect(await codeOf(await quote({ ...ask, code: uuid() }))).toBe('code-unknown');
    expect(await codeOf(await quote({ ...ask, paidWithPoints: '10.01' }))).toBe('invalid-input');
    expect(await codeOf(await quote({ ...ask, amount: '1e9' }))).toBe('invalid-input');
    expect((await counter.credit({ ...ask, receipt: uuid() })).status).toBe(201);
    expect(await codeOf(await quote(ask))).toBe('code-used');
  });
});

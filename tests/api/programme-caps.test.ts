/** The most that a shop takes in a month: set by its own community, which binds nobody's funds by it. */
import { beforeEach, expect, it } from 'vitest';
import { monthlyCapFor, termsFor } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown, type DemoTown, type Merchant } from '../support/demo-programme.ts';

type Agreement = {
  id: string;
  version: number;
  redeemer: string;
  state: string;
  cappable: boolean;
  endable: boolean;
  monthlyCap?: string;
};

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let shop: Merchant;
  let staff: TestPerson;
  const day = (text: string) => Date.parse(`${text}T12:00+08:00`);
  const mine = async (redeemer = shop.id): Promise<Agreement[]> => {
    const answer = await app.request(`/api/v1/places/${town.community}/agreements`, { by: staff });
    const { items } = (await answer.json()) as { items: Agreement[] };
    return items.filter((one) => one.redeemer === redeemer);
  };
  const inForce = async () => (await mine()).find(({ state }) => state === 'in-force')!;
  const cap = async (of: { id: string; version: number }, changes: object = {}, by = staff) => {
    const json = { version: of.version, monthlyCap: '100', basis: '第 5 号决议', ...changes };
    return app.request(`/api/v1/agreements/${of.id}/cap`, { by, json });
  };
  const capNow = () => monthlyCapFor(app.engine, { redeemer: shop.id, at: app.clock.now });
  const termsNow = () => termsFor(app.engine, { redeemer: shop.id, at: app.clock.now });

  beforeEach(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    shop = await town.merchant();
    app.clock.now = day('2026-06-15');
    staff = await app.person({ role: 'staff', place: town.community });
  });

  it('community staff cap a shop of theirs and lift it again; who pays stays as it was, and ending stays the street’s', async () => {
    const [terms, first] = [await termsNow(), await inForce()];
    expect(first).toMatchObject({ cappable: true, endable: false });
    const answer = await cap(first);
    expect(answer.status, await answer.clone().text()).toBe(201);
    const capped = (await answer.json()) as Agreement;
    expect(capped).toMatchObject({ state: 'in-force', monthlyCap: '100', endable: false, madeByName: '王*' });
    expect([await capNow(), await termsNow()]).toEqual([100, terms]);
    const end = { by: staff, json: { version: 1, on: '2026-06-30', reason: '不收了' } };
    expect(await codeOf(await app.request(`/api/v1/agreements/${capped.id}/end`, end))).toBe(
      'funds-of-others',
    );
    // One day has one agreement.
    expect(await (await cap(capped, { monthlyCap: '90' })).json()).toMatchObject({
      fields: [{ field: 'monthlyCap' }],
    });
    app.clock.now = day('2026-06-16');
    expect(await codeOf(await cap(capped))).toBe('invalid-input');
    expect((await cap(capped, { monthlyCap: undefined })).status).toBe(201);
    expect([await capNow(), await termsNow()]).toEqual([undefined, terms]);
  });

  it('a shop keeps its community’s cap when the street agrees anew, until somebody lifts it', async () => {
    const street = await app.person({ role: 'operator', place: town.street });
    const path = `/api/v1/places/${town.community}`;
    const anew = async (from: string, monthlyCap?: string) => {
      const terms = { redeemer: shop.id, fund: '*', mode: 'clearing', via: town.clearing, factor: '0.9' };
      const json = { ...terms, from, basis: '补充协议第 2 号', ...(monthlyCap && { monthlyCap }) };
      const answer = await app.request(`${path}/agreements`, { by: street, json });
      expect(answer.status, await answer.clone().text()).toBe(201);
      return (await answer.json()) as Agreement;
    };
    const capsThen = () =>
      Promise.all(
        ['2026-06-20', '2026-06-25', '2026-06-30'].map((date) =>
          monthlyCapFor(app.engine, { redeemer: shop.id, at: day(date) }),
        ),
      );
    await cap(await inForce());
    const capFrom = { from: '2026-06-14T16:00:00.000Z', basis: '第 5 号决议', byName: '王*' };
    expect(await anew('2026-06-20')).toMatchObject({ monthlyCap: '100', capFrom });
    expect(await anew('2026-06-25', '500')).toMatchObject({ monthlyCap: '100', capFrom });
    const stricter = await anew('2026-06-30', '50');
    expect(stricter).toMatchObject({ monthlyCap: '50' });
    expect(stricter).not.toHaveProperty('capFrom');
    const { redeemers } = (await (await app.request(`${path}/agreement-parties`, { by: street })).json()) as {
      redeemers: { id: string; monthlyCap?: string }[];
    };
    expect(redeemers.find(({ id }) => id === shop.id)).toMatchObject({ monthlyCap: '100' });
    // What is to come follows a change, and keeps what is stricter of its own.
    app.clock.now = day('2026-06-16');
    await cap(await inForce(), { monthlyCap: '300' });
    expect(await capsThen()).toEqual([300, 300, 50]);
    app.clock.now = day('2026-06-17');
    await cap(await inForce(), { monthlyCap: undefined });
    expect(await capsThen()).toEqual([undefined, undefined, 50]);
  });

  it('an agreement that is called off before its day takes its cap with it, in one write', async () => {
    const street = await app.person({ role: 'operator', place: town.street });
    const path = `/api/v1/places/${town.community}/agreements`;
    const anew = async (from: string, monthlyCap?: string) => {
      const terms = { redeemer: shop.id, fund: '*', mode: 'clearing', via: town.clearing, factor: '0.9' };
      const json = { ...terms, from, basis: '补充协议第 3 号', ...(monthlyCap && { monthlyCap }) };
      const answer = await app.request(path, { by: street, json });
      expect(answer.status, await answer.clone().text()).toBe(201);
      return (await answer.json()) as Agreement;
    };
    const end = (of: Agreement, on: string) =>
      app.request(`/api/v1/agreements/${of.id}/end`, {
        by: street,
        json: { version: of.version, on, reason: '不签了' },
      });
    const capIn = (date: string) => monthlyCapFor(app.engine, { redeemer: shop.id, at: day(date) });
    const july = await anew('2026-07-01', '100');
    const august = await anew('2026-08-01');
    expect([august.monthlyCap, await capIn('2026-08-02')]).toEqual(['100', 100]);
    expect((await end(july, '2026-06-30')).status).toBe(200);
    expect([await capIn('2026-07-02'), await capIn('2026-08-02')]).toEqual([undefined, undefined]);
    const [later] = (await mine()).filter(({ id }) => id === august.id);
    expect(later).not.toHaveProperty('monthlyCap');
    expect(later).not.toHaveProperty('capFrom');
    // What has ended after its day keeps it: what comes next finds the shop's cap.
    const again = await anew('2026-07-01', '80');
    expect(await codeOf(await end(later!, '2026-08-10'))).toBe('changed-meanwhile');
    expect((await end(again, '2026-07-10')).status).toBe(200);
    expect(await capIn('2026-08-02')).toBe(80);
  });

  it('it is of a shop’s terms in force alone, and only whoever answers for the shop sets it', async () => {
    const first = await inForce();
    const [firm] = await mine(town.firm);
    expect(firm).toMatchObject({ cappable: false });
    expect((await cap(firm!)).status).toBe(404);
    const leader = await app.person({ role: 'leader', place: town.community });
    expect((await cap(first, {}, leader)).status).toBe(403);
    const elsewhere = await app.person({ role: 'staff', place: await app.place('community') });
    expect((await cap(first, {}, elsewhere)).status).toBe(404);
    expect(await codeOf(await cap({ ...first, version: 7 }))).toBe('changed-meanwhile');
    expect((await cap(first)).status).toBe(201);
    const replaced = (await mine()).find(({ id }) => id === first.id)!;
    expect(replaced).toMatchObject({ state: 'replaced', cappable: false });
    expect(await codeOf(await cap(replaced, { monthlyCap: '70' }))).toBe('changed-meanwhile');
  });

  it('no cap outlives an end that the street sets, not even at the same moment', async () => {
    const first = await inForce();
    const street = await app.person({ role: 'operator', place: town.street });
    const json = { version: first.version, on: '2026-06-30', reason: '店面转让' };
    const [ended, capped] = await Promise.all([
      app.request(`/api/v1/agreements/${first.id}/end`, { by: street, json }),
      cap(first),
    ]);
    expect([ended.status, capped.status].sort()).toEqual([expect.any(Number), 409]);
    const holds = await termsFor(app.engine, { redeemer: shop.id, at: day('2026-07-01') });
    expect(Object.keys(holds)).toEqual(ended.status === 200 ? [] : ['*']);
    if (ended.status === 200)
      expect(await codeOf(await cap({ ...first, version: 2 }))).toBe('changed-meanwhile');
  });

  it('what a shop lets its payer leave unpaid: no till goes past it, also many at once; it refuses, or it asks', async () => {
    const street = await app.person({ role: 'operator', place: town.street });
    const manager = await app.person({ role: 'merchant_manager', place: shop.id });
    const till = counterOf(app, shop.id, manager);
    const agreed = async (from: string, overExposure: 'refuse' | 'ask') => {
      const terms = { redeemer: shop.id, fund: '*', mode: 'clearing', via: town.clearing, factor: '1' };
      const json = { ...terms, from, basis: '补充协议', exposure: '10.00', overExposure };
      const path = `/api/v1/places/${town.community}/agreements`;
      const answer = await app.request(path, { by: street, json });
      expect(await answer.json()).toMatchObject({ exposure: '10.00', overExposure, period: 'month' });
    };
    const exposure = async () => {
      const answer = await app.request(`/api/v1/places/${shop.id}/exposure`, { by: manager });
      return ((await answer.json()) as { limits: { unpaid: string; left: string; state: string }[] }).limits;
    };
    const members = await Promise.all(Array.from({ length: 4 }, () => app.resident()));
    for (const member of members) {
      await town.hire(member, 'member', town.estate);
      await town.give(member, town.volunteerFund, 120);
    }
    const take = async (member: string, points: number, more: object = {}) => {
      const code = await till.resolved(member);
      return till.redeem({ code, points: String(points), unit: 'VOL', goods: '鸡蛋', ...more });
    };
    expect(await exposure()).toEqual([]);
    await agreed('2026-06-15', 'refuse');
    const answers = await Promise.all(members.map((member) => take(member, 45)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422]);
    expect(await exposure()).toEqual([
      expect.objectContaining({ unpaid: '9.00', left: '1.00', state: 'near' }),
    ]);
    const refused = await take(members[0]!, 11, { overLimit: true });
    expect(await refused.json()).toMatchObject({
      ...{ code: 'exposure-exceeded', detail: '未结限额 ¥10.00，还能收 ¥1.00' },
    });
    // A payment makes room.
    await town.posted([{ do: 'pay', payer: town.clearing, payee: shop.id, amountMicro: 5_000_000 }]);
    expect((await take(members[0]!, 11)).status).toBe(201);
    // One that only asks is gone past by whoever says so.
    app.clock.now = day('2026-06-16');
    await agreed('2026-06-16', 'ask');
    expect(await codeOf(await take(members[1]!, 55))).toBe('exposure-exceeded');
    expect((await take(members[1]!, 55, { overLimit: true })).status).toBe(201);
    // A new cap keeps the limit.
    app.clock.now = day('2026-06-17');
    expect((await cap(await inForce())).status).toBe(201);
    expect(await inForce()).toMatchObject({ exposure: '10.00', overExposure: 'ask', monthlyCap: '100' });
  });
});

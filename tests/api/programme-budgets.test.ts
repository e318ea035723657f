/** A budget is asked for by one person and approved by another; a key of one place moves only its own funds. */
import { expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import { balancesOf } from '../../api/ledger/index.ts';
import { codeOf, startApp } from '../support/app.ts';
import { demoTown } from '../support/demo-programme.ts';
import { eachEngine } from '../support/database.ts';

eachEngine((_, open) => {
  it('needs two people, and books once', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const [maker, checker] = await Promise.all([
      app.person({ role: 'staff', place: town.community }),
      app.person({ role: 'staff', place: town.community }),
    ]);
    const listed = await app.request(`/api/v1/places/${town.community}/funds`, { by: maker });
    const [fund] = ((await listed.json()) as { items: { id: string; approved: string }[] }).items;
    for (const amount of ['0', '-5', '1000000000001']) {
      const json = { amount, basis: '第 6 号会议纪要' };
      const slip = await app.request(`/api/v1/funds/${fund?.id}/budgets`, { by: maker, json });
      expect(await slip.json()).toMatchObject({ code: 'invalid-input', fields: [{ field: 'amount' }] });
    }
    const asked = await app.request(`/api/v1/funds/${fund?.id}/budgets`, {
      by: maker,
      json: { amount: '500', basis: '第 7 号会议纪要' },
    });
    expect(asked.status).toBe(201);
    const { id } = (await asked.json()) as { id: string };
    const approve = (by: typeof maker, key: string) =>
      app.request(`/api/v1/budgets/${id}/approval`, { by, key, method: 'POST' });
    expect(await codeOf(await approve(maker, 'k1'))).toBe('second-person-needed');
    expect((await approve(checker, 'k2')).status).toBe(200);
    const again = await approve(checker, 'k2');
    expect(again.headers.get('idempotency-hit')).toBe('true');
    expect(await codeOf(await approve(checker, 'k3'))).toBe('already-done');
    const after = await app.request(`/api/v1/places/${town.community}/funds`, { by: maker });
    const [now] = ((await after.json()) as { items: { approved: string }[] }).items;
    expect(Number(now?.approved) - Number(fund?.approved)).toBe(500);
  });

  it('can be taken back or turned down until it is approved; it waits where colleagues look', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const [maker, checker] = await Promise.all([
      app.person({ role: 'staff', place: town.community }),
      app.person({ role: 'staff', place: town.community }),
    ]);
    const request = (amount: string) => {
      const json = { amount, basis: '第 8 号会议纪要' };
      return app.request(`/api/v1/funds/${town.volunteerFund.id}/budgets`, { by: maker, json });
    };
    const ask = async (amount: string) => ((await (await request(amount)).json()) as { id: string }).id;
    const waiting = async () => {
      const path = `/api/v1/places/${town.community}/waiting-budgets`;
      const answer = await app.request(path, { by: checker });
      return ((await answer.json()) as { items: { id: string }[] }).items.map(({ id }) => id);
    };
    const withdraw = (id: string, by: typeof maker) =>
      app.request(`/api/v1/budgets/${id}`, { by, method: 'DELETE' });
    const approve = (id: string, key: string) =>
      app.request(`/api/v1/budgets/${id}/approval`, { by: checker, key, method: 'POST' });
    const [first, second] = [await ask('500'), await ask('600')];
    // The same once more, by two presses at once, would be approved twice by somebody in a hurry.
    const twice = await Promise.all([request('700'), request('700'), request('500')]);
    expect(twice.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    const third = ((await twice.find(({ status }) => status === 201)!.json()) as { id: string }).id;
    expect(await waiting()).toEqual([first, second, third]);
    expect((await withdraw(first, maker)).status).toBe(204);
    expect((await withdraw(first, checker)).status).toBe(204);
    expect(await codeOf(await approve(first, 'late'))).toBe('budget-withdrawn');
    expect(await waiting()).toEqual([second, third]);
    expect((await approve(second, 'in-time')).status).toBe(200);
    expect(await codeOf(await withdraw(second, maker))).toBe('already-done');
    expect(await waiting()).toEqual([third]);
    // What was taken back may be asked for again.
    expect((await request('500')).status).toBe(201);
  });

  it("a key of an estate cannot give out the community's points", async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const place = await app.place('estate', town.community);
    const [funds] = await app.engine.reader.select().from(app.engine.tables.funds);
    const key = await app.key({ scopes: ['ledger:write'], place });
    const entry = { unit: 'VOL', fund: funds?.id };
    const series = { expiresAt: '2027-12-31T16:00:00.000Z', rateMicro: '100000', budgetReturns: true };
    const json = {
      place,
      kind: 'gift',
      entries: [
        { ...entry, owner: funds?.id, role: 'unissued', amount: '-5' },
        { ...entry, owner: funds?.id, role: 'issued', amount: '5' },
        { ...entry, owner: funds?.id, role: 'issuer', series, amount: '-5' },
        { ...entry, owner: uuid(), role: 'available', series, amount: '5' },
      ],
    };
    const answer = await app.request('/api/v1/ledger/transactions', { by: key, key: 'gift', json });
    expect(answer.status).toBe(404);
    const whole = await app.key({ scopes: ['ledger:write'] });
    const allowed = await app.request('/api/v1/ledger/transactions', { by: whole, key: 'gift', json });
    expect(allowed.status).toBe(201);
  });

  it('a machine’s key raises no budget, which takes two people, and ends none', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const key = await app.key({ scopes: ['ledger:write'], place: town.community });
    const { id: fund, unit } = town.volunteerFund;
    const balances = () => balancesOf(app.engine, { book: town.book, owner: fund });
    const before = await balances();
    for (const [outside, unissued] of [
      ['-1000000', '1000000'],
      ['1000', '-1000'],
    ]) {
      const entry = { owner: fund, unit, fund };
      const entries = [
        { ...entry, role: 'outside', amount: outside },
        { ...entry, role: 'unissued', amount: unissued },
      ];
      const json = { place: town.community, kind: 'gift', entries };
      const answer = await app.request('/api/v1/ledger/transactions', { by: key, key: uuid(), json });
      expect(await codeOf(answer)).toBe('invalid-input');
    }
    // Nor out of nothing: what is unissued grows only by what members give back.
    const entry = { owner: fund, unit, fund };
    const made = [
      { ...entry, role: 'issued', amount: '-1000' },
      { ...entry, role: 'unissued', amount: '1000' },
    ];
    const json = { place: town.community, kind: 'gift', entries: made };
    const answer = await app.request('/api/v1/ledger/transactions', { by: key, key: uuid(), json });
    expect(await codeOf(answer)).toBe('invariant-broken');
    expect(await balances()).toEqual(before);
  });

  it('a machine’s key gives points on the terms of their fund alone, and none that have ended', async () => {
    const app = await startApp(await open());
    const town = await demoTown(app);
    const by = await app.key({ scopes: ['ledger:write'], place: town.community });
    const { id: fund, unit } = town.volunteerFund;
    const member = uuid();
    const give = async (changes: Record<string, unknown>, key = uuid(), as = unit) => {
      const good = { expiresAt: '2027-12-31T16:00:00.000Z', rateMicro: '100000', budgetReturns: true };
      const series = { ...good, ...changes };
      const entry = { unit: as, fund };
      const entries = [
        { ...entry, owner: fund, role: 'unissued', amount: '-5' },
        { ...entry, owner: fund, role: 'issued', amount: '5' },
        { ...entry, owner: fund, role: 'issuer', series, amount: '-5' },
        { ...entry, owner: member, role: 'available', series, amount: '5' },
      ];
      const json = { place: town.community, kind: 'gift', entries };
      const answer = await app.request('/api/v1/ledger/transactions', { by, key, json });
      const { code, fields } = (await answer.json()) as { code?: string; fields?: { field: string }[] };
      return [answer.status, code, fields?.map(({ field }) => field)];
    };
    const wrong = (...fields: string[]) => [422, 'invalid-input', fields];
    expect(await give({ rateMicro: '999999999' })).toEqual(
      wrong('entries.2.series.rateMicro', 'entries.3.series.rateMicro'),
    );
    expect(await give({ budgetReturns: false })).toEqual(
      wrong('entries.2.series.budgetReturns', 'entries.3.series.budgetReturns'),
    );
    expect(await give({ expiresAt: '2020-12-31T16:00:00.000Z' })).toEqual(
      wrong('entries.3.series.expiresAt'),
    );
    expect(await give({}, uuid(), 'ZZZ')).toEqual(
      wrong('entries.0.unit', 'entries.1.unit', 'entries.2.unit', 'entries.3.unit'),
    );
    expect((await give({}, 'gift'))[0]).toBe(201);
    // A repeat is answered as it was, though the points have ended since.
    app.clock.now = Date.parse('2028-01-01T00:00:00.000Z');
    expect((await give({}, 'gift'))[0]).toBe(201);
  });
});

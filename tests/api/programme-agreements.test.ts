/** Who takes whose points, at what rate, from when until when: made, replaced, ended, listed and exported. */
import { v7 as uuid } from 'uuid';
import { beforeEach, expect, it } from 'vitest';
import { addFund, monthlyCapFor, termsFor } from '../../api/programme/index.ts';
import { codeOf, startApp, type TestApp, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { counterOf } from '../support/demo-counter.ts';
import { demoTown, must, type DemoTown, type Merchant } from '../support/demo-programme.ts';

type Agreement = {
  id: string;
  version: number;
  redeemer: string;
  fund: string;
  state: string;
  factor: string;
  until?: string;
  ending?: { reason: string };
};
type Page = { items: Agreement[]; next?: string };

eachEngine((_name, open) => {
  let app: TestApp;
  let town: DemoTown;
  let staff: TestPerson;
  /** Answers for the whole book, and so for terms about all funds. */
  let operator: TestPerson;
  let shop: Merchant;

  const path = () => `/api/v1/places/${town.community}`;
  const make = (changes: object = {}, by = operator) => {
    const terms = { redeemer: shop.id, fund: '*', mode: 'clearing', via: town.clearing, factor: '0.9' };
    const json = { ...terms, from: '2026-06-20', basis: '补充协议第 2 号', ...changes };
    return app.request(`${path()}/agreements`, { by, json });
  };
  const made = async (changes: object = {}): Promise<Agreement> => {
    const answer = await make(changes);
    expect(answer.status, await answer.clone().text()).toBe(201);
    return (await answer.json()) as Agreement;
  };
  const list = async (query = ''): Promise<Page> =>
    (await (await app.request(`${path()}/agreements${query}`, { by: staff })).json()) as Page;
  const end = (agreement: Agreement, changes: object = {}, by = operator) => {
    const json = { version: agreement.version, on: '2026-06-30', reason: '店面转让', ...changes };
    return app.request(`/api/v1/agreements/${agreement.id}/end`, { by, json });
  };
  const day = (text: string) => Date.parse(`${text}T12:00+08:00`);

  beforeEach(async () => {
    app = await startApp(await open());
    town = await demoTown(app);
    shop = await town.merchant();
    app.clock.now = day('2026-06-15');
    staff = await app.person({ role: 'staff', place: town.community });
    operator = await app.person({ role: 'operator', place: town.street });
  });

  it('a new one takes the old one’s place on its day, and both are told', async () => {
    const [old] = (await list()).items.filter(({ redeemer }) => redeemer === shop.id);
    expect(old).toMatchObject({ state: 'in-force', factor: '1', mode: 'clearing' });
    const fresh = await made();
    expect(fresh).toMatchObject({
      state: 'to-come',
      factor: '0.9',
      basis: '补充协议第 2 号',
      madeByName: '王*',
    });
    const factorOn = async (at: string) =>
      (await termsFor(app.engine, { redeemer: shop.id, at: day(at) }))['*'];
    expect(await factorOn('2026-06-19')).toMatchObject({ factor: 10_000 });
    expect(await factorOn('2026-06-20')).toMatchObject({ factor: 9_000 });
    app.clock.now = day('2026-06-21');
    const stateOf = async (query: string) =>
      (await list(query)).items
        .filter(({ redeemer }) => redeemer === shop.id)
        .map(({ id, state }) => ({ id, state }));
    expect(await stateOf('?state=in-force')).toEqual([{ id: fresh.id, state: 'in-force' }]);
    expect(await stateOf('?state=replaced')).toEqual([{ id: old?.id, state: 'replaced' }]);
    expect(await stateOf('?state=ended')).toEqual([]);
  });

  it('one with a fund of its own name goes before that with all funds', async () => {
    await made({ fund: shop.fund.id, mode: 'stocked', via: undefined, factor: '1' });
    app.clock.now = day('2026-06-21');
    const mine = (await list('?state=in-force')).items.filter(({ redeemer }) => redeemer === shop.id);
    expect(mine).toMatchObject([
      { fund: '*' },
      { fund: shop.fund.id, isOwn: true, unit: 'CON', rateMicro: '10000' },
    ]);
  });

  it.each([
    [{ from: '2026-06-14' }, 'from'],
    [{ from: '2029-01-01' }, 'from'],
    [{ mode: 'clearing', via: undefined }, 'via'],
    [{ factor: '11' }, 'factor'],
    [{ factor: '0.00001' }, 'factor'],
    [{ basis: ' ' }, 'basis'],
    [{ monthlyCap: '0' }, 'monthlyCap'],
  ])('is refused with what is wrong beside its field: %o', async (changes, field) => {
    expect(await (await make(changes)).json()).toMatchObject({ code: 'invalid-input', fields: [{ field }] });
  });

  it('names only what lies within the place, by those who work there', async () => {
    const elsewhere = await app.place('merchant');
    expect((await make({ redeemer: elsewhere })).status).toBe(404);
    expect((await make({ redeemer: town.estate })).status).toBe(422);
    expect((await make({ fund: elsewhere })).status).toBe(404);
    const leader = await app.person({ role: 'leader', place: town.community });
    expect((await make({}, leader)).status).toBe(403);
    // A cap counts what a till takes, of whatever fund: a firm has no till, and one fund’s part is not counted.
    for (const wrong of [{ redeemer: town.firm }, { fund: shop.fund.id }]) {
      expect(await codeOf(await make({ ...wrong, monthlyCap: '100' }))).toBe('invalid-input');
    }
  });

  it('binds no fund of a neighbour, nor of one who comes later: community staff name their own', async () => {
    // All that there are is theirs, and a neighbour’s may come.
    expect(await codeOf(await make({}, staff))).toBe('funds-of-others');
    const community = await app.place('community', town.street);
    const of = { book: town.book, unit: 'VOL', rateMicro: 100_000, budgetReturns: true };
    const theirs = must(await addFund(app.server.deps, { ...of, place: community, name: '邻社区经费' }));
    const refused = await make({ fund: theirs.id }, staff);
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'funds-of-others']);
    const parties = async (by: TestPerson) =>
      (await (await app.request(`${path()}/agreement-parties`, { by })).json()) as {
        anyFund: boolean;
        funds: { id: string }[];
      };
    const own = [town.volunteerFund.id, shop.fund.id].sort();
    const shown = await parties(staff);
    expect([shown.anyFund, shown.funds.map(({ id }) => id).sort()]).toEqual([false, own]);
    expect((await make({ fund: town.volunteerFund.id }, staff)).status).toBe(201);
    expect(await parties(operator)).toMatchObject({ anyFund: true });
    expect((await make()).status).toBe(201);
  });

  it('is made once, however often the button is pressed', async () => {
    const answers = await Promise.all([make(), make(), make()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  it('ends with a day, with who and why; then nothing is taken on it', async () => {
    const [old] = (await list()).items.filter(({ redeemer }) => redeemer === shop.id);
    expect(await codeOf(await end(old!, { on: '2026-06-14' }))).toBe('invalid-input');
    expect(await codeOf(await end(old!, { version: 7 }))).toBe('changed-meanwhile');
    const ended = await end(old!);
    expect(await ended.json()).toMatchObject({
      state: 'in-force',
      until: '2026-06-30T16:00:00.000Z',
      ending: { byName: '王*', reason: '店面转让' },
    });
    expect(await codeOf(await end(old!))).toBe('already-done');
    expect(await termsFor(app.engine, { redeemer: shop.id, at: day('2026-06-30') })).not.toEqual({});
    expect(await termsFor(app.engine, { redeemer: shop.id, at: day('2026-07-01') })).toEqual({});
    app.clock.now = day('2026-07-01');
    expect((await list('?state=ended')).items).toMatchObject([{ id: old?.id, state: 'ended' }]);
  });

  it('one about all funds is ended by whoever could make it, and nobody else is offered that', async () => {
    const own = await (await make({ fund: town.volunteerFund.id }, staff)).json();
    const endable = async (by: TestPerson) => {
      const answer = await app.request(`${path()}/agreements`, { by });
      const { items } = (await answer.json()) as { items: (Agreement & { endable: boolean })[] };
      return items.filter(({ redeemer }) => redeemer === shop.id).map((one) => [one.fund, one.endable]);
    };
    const [any, one] = ['*', town.volunteerFund.id];
    expect(await endable(staff)).toEqual([
      [any, false],
      [one, true],
    ]);
    expect(await endable(operator)).toEqual([
      [any, true],
      [one, true],
    ]);
    const auditor = await app.person({ role: 'auditor', place: town.street });
    expect(await endable(auditor)).toEqual([
      [any, false],
      [one, false],
    ]);
    const all = (await list()).items.find(({ redeemer, fund }) => redeemer === shop.id && fund === '*');
    const refused = await end(all!, {}, staff);
    expect([refused.status, await codeOf(refused)]).toEqual([403, 'funds-of-others']);
    expect(await (await end(own as Agreement, {}, staff)).json()).toMatchObject({ endable: false });
  });

  it('one about a neighbour’s fund is ended by whoever answers for that fund, not by the shop’s community', async () => {
    const community = await app.place('community', town.street);
    const of = { book: town.book, unit: 'VOL', rateMicro: 100_000, budgetReturns: true };
    const theirs = must(await addFund(app.server.deps, { ...of, place: community, name: '邻社区经费' }));
    const payer = await app.person({ role: 'staff', place: community });
    const bound = await made({ fund: theirs.id, mode: 'owed', via: undefined });
    const shown = (await list()).items.find(({ id }) => id === bound.id);
    expect(shown).toMatchObject({ state: 'to-come', endable: false });
    expect((await end(bound, {}, staff)).status).toBe(404);
    const all = (await list()).items.find(({ redeemer, fund }) => redeemer === shop.id && fund === '*');
    expect((await end(all!, {}, payer)).status).toBe(404);
    expect((await end(bound, {}, payer)).status).toBe(200);
  });

  it('one that has not begun is called off, and its day is free again', async () => {
    const fresh = await made({ from: '2026-07-20' });
    expect(await (await end(fresh)).json()).toMatchObject({ state: 'ended', ending: { reason: '店面转让' } });
    await made({ from: '2026-07-20', factor: '0.8' });
    expect(await termsFor(app.engine, { redeemer: shop.id, at: day('2026-07-21') })).toMatchObject({
      '*': { factor: 8_000 },
    });
  });

  it('nothing is taken after an ending, neither on it nor on what it had replaced', async () => {
    const fresh = await made({ factor: '0.95', monthlyCap: '100' });
    app.clock.now = day('2026-07-10');
    expect((await end(fresh, { on: '2026-07-10' })).status).toBe(200);
    const capOn = (at: string) => monthlyCapFor(app.engine, { redeemer: shop.id, at: day(at) });
    expect(await capOn('2026-06-19')).toBeUndefined();
    expect(await capOn('2026-07-10')).toBe(100);
    expect(await termsFor(app.engine, { redeemer: shop.id, at: day('2026-07-11') })).toEqual({});
    app.clock.now = day('2026-07-11');
    const mine = (await list()).items.filter(({ redeemer }) => redeemer === shop.id);
    expect(mine).toMatchObject([{ state: 'replaced' }, { id: fresh.id, state: 'ended' }]);
  });

  it('calling off one that has not begun leaves its predecessor running', async () => {
    const fresh = await made({ from: '2026-07-20' });
    expect((await end(fresh, { on: '2026-07-19' })).status).toBe(200);
    expect(await termsFor(app.engine, { redeemer: shop.id, at: day('2026-08-01') })).toMatchObject({
      '*': { factor: 10_000 },
    });
    app.clock.now = day('2026-08-01');
    const mine = (await list()).items.filter(({ redeemer }) => redeemer === shop.id);
    expect(mine).toMatchObject([{ state: 'in-force' }, { id: fresh.id, state: 'ended' }]);
  });

  it('a monthly cap stops the till at the cap, and what is undone leaves room again', async () => {
    await made({ from: '2026-06-15', factor: '1', monthlyCap: '100' });
    const clerk = await app.person({ role: 'clerk', place: shop.id });
    const till = counterOf(app, shop.id, clerk);
    const member = await app.resident({ role: 'member', place: town.estate });
    await town.settle(member);
    await town.give(member, shop.fund, 500);
    const first = await till.taken(member, 80, 'CON');
    const over = await till.redeem({
      code: await till.resolved(member),
      points: '30',
      unit: 'CON',
      goods: '鸡蛋',
    });
    expect(await codeOf(over)).toBe('cap-exceeded');
    await till.taken(member, 20, 'CON');
    expect((await till.undo('redemptions', first.id)).status).toBe(200);
    await till.taken(member, 80, 'CON');
    expect(await town.pointsOf(member, 'CON')).toMatchObject({ available: 400 });
    app.clock.now = day('2026-07-01');
    await till.taken(member, 100, 'CON');
  });

  it('each is found by the state that it is shown with, also called off or with an end that is to come', async () => {
    const calledOff = await made({ from: '2026-08-20' });
    await end(calledOff);
    const limited = await made({ from: '2026-09-01' });
    await end(limited, { on: '2026-12-31' });
    const { items } = await list();
    const stateOf = (id: string) => items.find((one) => one.id === id)?.state;
    expect([stateOf(calledOff.id), stateOf(limited.id)]).toEqual(['ended', 'to-come']);
    for (const state of ['in-force', 'to-come', 'ended', 'replaced']) {
      const found = (await list(`?state=${state}`)).items;
      expect(found).toEqual(items.filter((one) => one.state === state));
    }
  });

  it('an export that would leave some out is refused, with what to do', async () => {
    const { agreements: t } = app.engine.tables;
    const row = { version: 1, redeemer: shop.id, mode: 'stocked' as const, via: '', factor: 10_000 };
    for (let piece = 0; piece < 10; piece++) {
      const some = Array.from({ length: 500 }, () => ({ ...row, id: uuid(), fund: uuid() }));
      await app.engine.db.insert(t).values(some.map((one) => ({ ...one, validFrom: 0, createdAt: 0 })));
    }
    const file = await app.request(`${path()}/agreement-list`, { by: staff });
    expect([file.status, await codeOf(file)]).toEqual([409, 'export-too-large']);
    const ended = await app.request(`${path()}/agreement-list?state=ended`, { by: staff });
    expect(ended.status).toBe(200);
  });

  it('is listed page by page, and exported whole', async () => {
    for (let more = 0; more < 3; more++) await town.merchant();
    const first = await list('?limit=2');
    const second = await list(`?limit=3&cursor=${first.next}`);
    const ids = [...first.items, ...second.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(5);
    expect(second.next).toBeUndefined();
    expect((await app.request(`${path()}/agreements?cursor=zzz`, { by: staff })).status).toBe(422);
    const file = await app.request(`${path()}/agreement-list`, { by: staff });
    const text = await file.text();
    expect(text.trim().split('\r\n')).toHaveLength(6);
    expect(text).toContain('经结算中心结算');
    expect(file.headers.get('content-disposition')).toContain(
      encodeURIComponent('收积分的约定-2026-06-15.csv'),
    );
  });
});

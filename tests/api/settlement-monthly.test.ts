/** 结算单 of a June: who is owed what, both sides agree, it is paid, and what came late stands in July. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { book, residentOf } from '../support/fees-world.ts';
import { openFundedJune, type FundedJune } from '../support/funded-june.ts';
import { tableOf } from '../support/sample-files.ts';

type Pairs = Record<
  'pays' | 'gets',
  {
    rows: { payer: { name: string }; payee: { name: string }; owed: string; settled: string; open: string }[];
  }
>;
type Settlement = {
  id: string;
  version: number;
  number: string;
  state: string;
  net: string;
  left: string;
  netWords: string;
  payer: { name: string };
  payee: { name: string };
  remarks: { said: string }[];
  payments: { id: string; number: string; state: string; amountWords: string }[];
  may: { confirm: boolean; agree: boolean; pay: boolean; object: string[]; answer: string[] };
};
type Items<Item> = { items: Item[] };
type Clearing = {
  difference: string;
  held: string;
  in: { sum: Row; rows: Row[] };
  out: { sum: Row; rows: Row[] };
};
type Row = Record<string, string>;

const AUGUST_3 = Date.parse('2026-08-03T09:00:00+08:00');

eachEngine((_name, open) => {
  describe('a June that is settled', () => {
    let { world, staff, colleague, manager, auditor, get } = {} as FundedJune;
    const make = (month: string, by = staff, at = world.community.id) =>
      world.app.request(`/api/v1/places/${at}/settlements`, { json: { month }, by });
    const all = async (side: string, by: TestPerson, at: string) =>
      (await get<Items<Settlement>>(`/places/${at}/settlements?side=${side}`, by)).items;
    const between = async (payer: string, payee: string) =>
      [
        ...(await all('payer', staff, world.community.id)),
        ...(await all('payer', manager, world.merchant.id)),
      ].find((one) => one.payer.name === payer && one.payee.name === payee)!;
    const of = (id: string, by: TestPerson) => get<Settlement>(`/settlements/${id}`, by);
    const say = async (id: string, by: TestPerson, path: string, body: object) => {
      const { version } = await of(id, staff);
      return world.app.request(`/api/v1/settlements/${id}/${path}`, { json: { version, ...body }, by });
    };
    const agree = (id: string, side: string, by: TestPerson) => say(id, by, 'agreements', { side });
    const pay = (id: string, amount: string, { by = staff, key = uuid(), reference = uuid() } = {}) =>
      world.app.request(`/api/v1/settlements/${id}/payments`, {
        ...{ by, key, json: { amount, reference, paidOn: '2026-07-02' } },
      });

    beforeAll(async () => {
      ({ world, staff, colleague, manager, auditor, get } = await openFundedJune(open));
    });

    it('what each owes now is not settled yet, and a month that runs is not', async () => {
      const { pays, gets } = await get<Pairs>(`/places/${world.community.id}/settlement-pairs`, staff);
      expect(pays.rows.map((row) => [row.payer.name, row.payee.name, row.owed, row.open]).sort()).toEqual([
        ['VOL', '结算中心', '3.60', '3.60'],
        ['结算中心', '便民超市', '3.00', '3.00'],
        ['结算中心', '和美物业', '45.49', '45.49'],
      ]);
      expect(gets.rows.map((row) => [row.payer.name, row.owed]).sort()).toEqual([
        ['CON', '44.89'],
        ['VOL', '3.60'],
      ]);
      expect(await codeOf(await make('2026-07'))).toBe('month-still-runs');
    });

    it('however many settle it at once, each pair has one, and together they are what is owed', async () => {
      const answers = await Promise.all([make('2026-06'), make('2026-06', colleague), make('2026-06')]);
      const made = await Promise.all(
        answers.map(async (one) => ((await one.json()) as { made: number }).made),
      );
      expect(made.reduce((sum, one) => sum + one, 0)).toBe(4);
      const found = await all('payer', staff, world.community.id);
      const ofShop = await all('payer', manager, world.merchant.id);
      expect(
        [...found, ...ofShop].map(({ payer, payee, net }) => [payer.name, payee.name, net]).sort(),
      ).toEqual([
        ['CON', '结算中心', '44.89'],
        ['VOL', '结算中心', '3.60'],
        ['结算中心', '便民超市', '3.00'],
        ['结算中心', '和美物业', '45.49'],
      ]);
      const { id } = await between('结算中心', '和美物业');
      const shown = await of(id, world.accountant);
      expect(shown).toMatchObject({ state: 'draft', netWords: '肆拾伍元肆角玖分' });
      const { items } = await get<Items<Row & { fund: { name: string } }>>(
        `/settlements/${id}/lines`,
        world.accountant,
      );
      expect(
        items.map(({ fund, takenPoints, rate, taken }) => [fund.name, takenPoints, rate, taken]),
      ).toEqual(
        expect.arrayContaining([
          ['CON', '4189', '0.01', '41.89'],
          ['VOL', '36', '0.10', '3.60'],
        ]),
      );
      const documents = await get<Items<Row>>(`/settlements/${id}/items`, world.accountant);
      expect(documents.items.map(({ number, amount }) => [number, amount])).toEqual([
        ['DK-2606-0001', '35.49'],
        ['DK-2606-0002', '10.00'],
      ]);
      const file = await world.app.request(`/api/v1/settlements/${id}/file?format=xlsx`, { by: auditor });
      const { rows } = await tableOf(Buffer.from(await file.arrayBuffer()));
      expect(rows.find(([label]) => label === '大写')?.[1]).toBe('肆拾伍元肆角玖分');
    });

    it('the shop objects and gets an answer, then both agree to it: two parties, two people', async () => {
      const { id } = await between('结算中心', '便民超市');
      expect(await codeOf(await agree(id, 'payer', staff))).toBe('already-done');
      expect(await codeOf(await agree(id, 'payee', staff))).toBe('not-allowed');
      const objected = await say(id, manager, 'objections', { side: 'payee', said: '少了一笔' });
      expect(((await objected.json()) as Settlement).state).toBe('objected');
      expect(await codeOf(await agree(id, 'payee', manager))).toBe('already-done');
      expect((await of(id, staff)).may.answer).toEqual(['payer']);
      await say(id, staff, 'answers', { side: 'payer', said: '那一笔撤销了' });
      const stale = await world.app.request(`/api/v1/settlements/${id}/agreements`, {
        ...{ json: { side: 'payee', version: 1 }, by: manager },
      });
      expect(await codeOf(stale)).toBe('changed-meanwhile');
      expect((await agree(id, 'payee', manager)).status).toBe(200);
      expect(await codeOf(await pay(id, '3.00'))).toBe('not-agreed-yet');
      expect(((await (await agree(id, 'payer', staff)).json()) as Settlement).state).toBe('agreed');
      expect((await of(id, manager)).remarks.map(({ said }) => said)).toEqual(['少了一笔', '那一笔撤销了']);
      // The community pays its own clearing party: still two people.
      const own = await between('VOL', '结算中心');
      await agree(own.id, 'payee', staff);
      expect(await codeOf(await agree(own.id, 'payer', staff))).toBe('second-person-needed');
      expect((await agree(own.id, 'payer', colleague)).status).toBe(200);
    });

    it('is paid in parts, with a number each, and never more than it leaves', async () => {
      const { id } = await between('结算中心', '和美物业');
      await agree(id, 'payee', world.accountant);
      await agree(id, 'payer', staff);
      expect(await codeOf(await pay(id, '45.50'))).toBe('overpaid');
      const [key, reference] = [uuid(), '2026070200017'];
      const first = (await (await pay(id, '20.00', { key, reference })).json()) as {
        id: string;
        number: string;
      };
      expect(first.number).toBe('FK-2607-0001');
      const again = await pay(id, '20.00', { key, reference });
      expect([again.headers.get('idempotency-hit'), ((await again.json()) as typeof first).id]).toEqual([
        'true',
        first.id,
      ]);
      // The bank's number was typed again, with another key.
      expect(await codeOf(await pay(id, '20.00', { reference }))).toBe('transfer-recorded');
      const rest = await Promise.all([pay(id, '25.49'), pay(id, '25.49')]);
      expect(rest.map(({ status }) => status).sort()).toEqual([201, 409]);
      const paid = await of(id, world.accountant);
      expect(paid).toMatchObject({ state: 'paid', left: '0.00' });
      expect(paid.payments.map(({ number, amountWords }) => [number, amountWords])).toEqual([
        ['FK-2607-0001', '贰拾元整'],
        ['FK-2607-0002', '贰拾伍元肆角玖分'],
      ]);
      const { owed } = await get<{ owed: { sums: Row } }>(
        `/places/${world.estate.id}/ageing`,
        world.accountant,
      );
      expect(owed.sums['owed']).toBe('0.00');
      expect(await codeOf(await pay(id, '1.00'))).toBe('already-done');
    });

    it('a payment that went to somebody else is taken back by two, and is owed again as old as it was', async () => {
      const { id } = await between('结算中心', '和美物业');
      const payment = (await of(id, staff)).payments[1]!.id;
      const ask = `/api/v1/settlement-payments/${payment}`;
      const to = (path: string, by: TestPerson, json: object) =>
        world.app.request(`${ask}/${path}`, { by, json });
      expect(await codeOf(await to('take-back-requests', world.accountant, { reason: 'x' }))).toBe(
        'not-allowed',
      );
      await to('take-back-requests', staff, { reason: '户名不符，银行退回' });
      expect(await codeOf(await to('take-back-decisions', staff, { decision: 'take-back' }))).toBe(
        'second-person-needed',
      );
      const back = await to('take-back-decisions', colleague, { decision: 'take-back' });
      expect(((await back.json()) as { state: string }).state).toBe('taken-back');
      expect(await of(id, staff)).toMatchObject({ state: 'agreed', left: '25.49' });
      world.app.clock.now = Date.parse('2026-07-26T09:00:00+08:00');
      const { owed } = await get<{ owed: { sums: Row } }>(
        `/places/${world.estate.id}/ageing`,
        world.accountant,
      );
      expect(owed.sums).toMatchObject({ owed: '25.49', to30: '0.00', to60: '25.49' });
      world.app.clock.now = AUGUST_3;
      expect((await pay(id, '25.49')).status).toBe(201);
    });

    it('what comes back in September stands in September, with its first date, and is made up for before anything is paid', async () => {
      const { clearing, merchant, con } = world;
      const member = await residentOf(world, '0502');
      const terms = { '*': { mode: 'clearing' as const, via: clearing.id, factor: 9_333 } };
      world.app.clock.now = Date.parse('2026-08-20T09:00:00+08:00');
      const spent = { do: 'spend' as const, member, redeemer: merchant.id, terms };
      const taken = await book(world, { ...spent, take: { points: 333, unit: 'CON' } });
      world.app.clock.now = Date.parse('2026-09-02T09:00:00+08:00');
      await book(world, { do: 'refund', of: taken, points: 33 });
      await make('2026-08');
      const august = (await all('payee', manager, merchant.id))[0]!;
      // 333 × 0.01 × 0.9333 = 3.107889.
      expect(august).toMatchObject({ net: '3.10' });
      expect(await get<Row>(`/settlements/${august.id}`, manager)).toMatchObject({
        ...{ carriedIn: '0.00', taken: '3.107889', conceded: '0.222111', carriedOut: '0.007889' },
      });
      world.app.clock.now = Date.parse('2026-10-02T09:00:00+08:00');
      // 33 came back, 0.307989: nothing is to be paid, and nothing lost; the month has its document.
      expect(((await (await make('2026-09', manager, merchant.id)).json()) as { made: number }).made).toBe(2);
      await book(world, { ...spent, take: { points: 100, unit: 'CON' } });
      world.app.clock.now = Date.parse('2026-11-02T09:00:00+08:00');
      await make('2026-10', manager, merchant.id);
      const [october, september] = await all('payee', manager, merchant.id);
      expect(september).toMatchObject({ month: '2026-09', net: '0.00' });
      expect(october).toMatchObject({ month: '2026-10', since: '2026-10', net: '0.63' });
      const documents = async ({ id }: Settlement) =>
        (await get<Items<Row>>(`/settlements/${id}/items`, manager)).items.map(
          ({ kind, amount, originalAt }) => [kind, amount, originalAt?.slice(0, 10)],
        );
      expect(await documents(september!)).toEqual([['returned', '-0.307989', '2026-08-20']]);
      expect(await documents(october!)).toEqual([['taken', '0.9333', undefined]]);
      const month = await get<Clearing>(`/places/${clearing.id}/clearing-months/2026-08`, staff);
      expect(month.difference).toBe('0.00');
      expect(month.in.sum).toMatchObject({ taken: '3.107889', paid: '0.00' });
      expect(month.out.sum).toMatchObject({ taken: '3.107889', paid: '25.49' });
      expect(month.held).toBe('-45.49');
      expect(con.rateMicro).toBe(10_000);
    });

    it('a stranger sees none of it, and verify finds whoever changes what was agreed to', async () => {
      const { id } = await between('结算中心', '便民超市');
      const stranger = await world.app.person({ role: 'merchant_manager', place: uuid() });
      expect((await world.app.request(`/api/v1/settlements/${id}`, { by: stranger })).status).toBe(404);
      const check = async () => (await verify(world.app.engine, productChecks)).findings;
      expect(await check()).toEqual([]);
      const { settlements: s, settlementPayments: p } = world.app.engine.tables;
      const [row] = await world.app.engine.db.select().from(s).where(eq(s.id, id));
      const { netFen } = row!;
      await world.app.engine.db.update(s).set({ netFen: 9_999 }).where(eq(s.id, id));
      expect((await check()).some(({ zh }) => zh.includes(`结算单 ${id} 的内容的哈希`))).toBe(true);
      await world.app.engine.db.update(s).set({ netFen }).where(eq(s.id, id));
      const [payment] = await world.app.engine.db.select().from(p).where(eq(p.state, 'paid')).limit(1);
      await world.app.engine.db.update(p).set({ reference: 'x' }).where(eq(p.id, payment!.id));
      expect((await check()).map(({ zh }) => zh)).toEqual([expect.stringContaining('结算付款')]);
    });
  });
});

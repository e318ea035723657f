/** 付款: a transfer of the bank counts once over all that its payer pays, and its payee says whether it came. */
import { v7 as uuid } from 'uuid';
import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { codeOf, type TestPerson } from '../support/app.ts';
import { eachEngine } from '../support/database.ts';
import { openFundedJune, type FundedJune } from '../support/funded-june.ts';

type Party = { id: string; name: string };
type Settlement = { id: string; version: number; payer: Party; payee: Party; received: string; paid: string };
type Payment = {
  id: string;
  version: number;
  state: string;
  receipt: string;
  mayAsk: boolean;
  mayReceive: boolean;
  transferTotal?: string;
  said?: { reason?: string };
};

eachEngine((_name, open) => {
  describe('a transfer', () => {
    let { world, staff, colleague, manager, get } = {} as FundedJune;
    let [firm, shop, fund] = ['', '', ''];
    const of = (id: string, by = staff) => get<Settlement>(`/settlements/${id}`, by);
    const agree = async (id: string, side: string, by: TestPerson) => {
      const { version } = await of(id);
      return world.app.request(`/api/v1/settlements/${id}/agreements`, { json: { version, side }, by });
    };
    const pay = (id: string, amount: string, reference: string, transferTotal?: string, by = staff) =>
      world.app.request(`/api/v1/settlements/${id}/payments`, {
        ...{ by, key: uuid(), json: { amount, reference, paidOn: '2026-07-02', transferTotal } },
      });
    const made = async (answer: Response | Promise<Response>) => (await (await answer).json()) as Payment;
    const to = (payment: string, path: string, by: TestPerson, json: object) =>
      world.app.request(`/api/v1/settlement-payments/${payment}/${path}`, { by, json });
    const waitsFor = async (by: TestPerson, kind: string) =>
      (await get<{ items: { kind: string; count: number; due?: string }[] }>('/me/tasks', by)).items.find(
        (line) => line.kind === kind,
      );

    beforeAll(async () => {
      ({ world, staff, colleague, manager, get } = await openFundedJune(open));
      const at = `/api/v1/places/${world.community.id}/settlements`;
      await world.app.request(at, { json: { month: '2026-06' }, by: staff });
      const { items } = await get<{ items: Settlement[] }>(
        `/places/${world.community.id}/settlements?side=payer`,
        staff,
      );
      const idOf = (payee: string) => items.find((one) => one.payee.name === payee)!.id;
      [firm, shop, fund] = [idOf('和美物业'), idOf('便民超市'), idOf('结算中心')];
      await agree(firm, 'payee', world.accountant);
      await agree(shop, 'payee', manager);
      await agree(fund, 'payee', staff);
      for (const id of [firm, shop, fund]) expect((await agree(id, 'payer', colleague)).status).toBe(200);
    });

    it('pays one settlement, however its number is typed and whatever else its payer owes', async () => {
      const first = await pay(firm, '20.00', 'ICBC 20260702-17');
      expect(first.status).toBe(201);
      for (const typed of ['icbc2026070217', 'ＩＣＢＣ２０２６０７０２１７', 'ICBC\u200b 2026 0702 17'])
        for (const id of [shop, firm])
          expect(await codeOf(await pay(id, '3.00', typed))).toBe('transfer-recorded');
      expect(await codeOf(await pay(shop, '3.00', '——'))).toBe('invalid-input');
      // The account of another payer has numbers of its own.
      expect((await pay(fund, '1.00', 'ICBC2026070217')).status).toBe(201);
    });

    it('recorded by many at once is recorded once', async () => {
      const answers = await Promise.all([
        pay(shop, '1.00', 'T-1'),
        pay(firm, '1.00', 't1'),
        pay(shop, '1.00', 'Ｔ１'),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    });

    it('stands as recorded until its payee, who is somebody else, says that it came', async () => {
      const payment = await made(pay(firm, '5.00', 'T-2'));
      expect(payment).toMatchObject({ receipt: 'waiting', mayReceive: false });
      expect(await waitsFor(world.accountant, 'receive-payment')).toMatchObject({ due: expect.any(String) });
      const receive = (by: TestPerson, json: object) => to(payment.id, 'receipts', by, json);
      expect(await codeOf(await receive(colleague, { version: 1 }))).toBe('not-allowed');
      expect(await codeOf(await receive(world.accountant, { version: 9 }))).toBe('changed-meanwhile');
      const said = await made(receive(world.accountant, { version: 1, dispute: '户名不符，没有到账' }));
      expect(said).toMatchObject({ receipt: 'disputed', said: { reason: '户名不符，没有到账' } });
      expect((await waitsFor(staff, 'payment-disputed'))?.count).toBe(1);
      expect((await of(firm)).received).toBe('0.00');
      const came = await made(receive(world.accountant, { version: 2 }));
      expect(came).toMatchObject({ receipt: 'received', version: 3 });
      expect((await of(firm)).received).toBe('5.00');
      expect(await codeOf(await receive(world.accountant, { version: 3 }))).toBe('already-done');
      // What the payee has confirmed, the payer alone does not take back.
      expect(await codeOf(await to(payment.id, 'take-back-requests', staff, { reason: 'x' }))).toBe(
        'payment-received',
      );
      expect(
        (
          await made(
            get<Payment>(`/settlement-payments/${payment.id}`, staff).then((one) => Response.json(one)),
          )
        ).mayAsk,
      ).toBe(false);
      await receive(world.accountant, { version: 3, dispute: '银行次日退回' });
      expect((await to(payment.id, 'take-back-requests', staff, { reason: '银行退回' })).status).toBe(200);
      // Confirmed while somebody was about to take it back.
      const { version } = await get<Payment>(`/settlement-payments/${payment.id}`, staff);
      expect((await receive(world.accountant, { version })).status).toBe(200);
      const back = () => to(payment.id, 'take-back-decisions', colleague, { decision: 'take-back' });
      expect(await codeOf(await back())).toBe('payment-received');
      await receive(world.accountant, { version: version + 1, dispute: '确实退回了' });
      expect((await made(back())).state).toBe('taken-back');
      expect(await codeOf(await receive(world.accountant, { version: version + 3 }))).toBe('already-done');
      // Its number is free again.
      expect((await pay(firm, '4.00', 'T2')).status).toBe(201);
    });

    it('from a community to its own clearing party is recorded by one and confirmed by another', async () => {
      const payment = await made(pay(fund, '2.00', 'T-3'));
      expect(await codeOf(await to(payment.id, 'receipts', staff, { version: 1 }))).toBe(
        'second-person-needed',
      );
      expect((await to(payment.id, 'receipts', colleague, { version: 1 })).status).toBe(200);
    });

    it('that pays several settlements of one payee is checked against what it was in all', async () => {
      // Of the firm one settlement is open; another payee is none of the same transfer.
      expect((await made(pay(firm, '1.00', 'T-4', '3.00'))).transferTotal).toBe('3.00');
      expect(await codeOf(await pay(shop, '1.00', 'T-4', '3.00'))).toBe('transfer-recorded');
      expect(await codeOf(await pay(firm, '2.00', 'T-5', '1.00'))).toBe('transfer-exceeded');
    });

    it('verify holds what the payee said and which transfer it was', async () => {
      const check = async () => (await verify(world.app.engine, productChecks)).findings.map(({ zh }) => zh);
      expect(await check()).toEqual([]);
      const { settlementPayments: t } = world.app.engine.tables;
      await world.app.engine.db.update(t).set({ receiptSaid: null, transfer: 'X' });
      const found = await check();
      expect(found.every((zh) => zh.includes('结算付款') && zh.includes('哈希'))).toBe(true);
      expect(found.length).toBeGreaterThan(3);
    });
  });
});

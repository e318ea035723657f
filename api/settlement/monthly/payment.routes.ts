/** Payments of settlements (付款): recorded with the bank's number, shown as a voucher, taken back by two. */
import type { Context } from 'hono';
import type { ProductDeps } from '../../places/index.ts';
import {
  actorOf,
  answer,
  cutPage,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  pageQuery,
  parsePage,
  problem,
  refuse,
  route,
  type Actor,
} from '../../platform/index.ts';
import { parseYuan } from '../../platform/money/index.ts';
import { SENDS } from '../agree.ts';
import { LOOKS } from '../fund-month.routes.ts';
import * as examples from './monthly.examples.ts';
import { lookAt } from './monthly.routes.ts';
import * as schemas from './monthly.schemas.ts';
import { namesOfParties, paymentView, sidesOf } from './monthly.views.ts';
import { paySettlement } from './pay-settlement.ts';
import { receivePayment } from './receive-payment.ts';
import { findPayment, findSettlement, paymentsOf } from './settlements.ts';
import { placeToLook } from './speaks-for.ts';
import { askForPaymentBack, keepPayment, takePaymentBack } from './take-payment-back.ts';

export const paymentRoutes = (deps: ProductDeps) => {
  const { engine } = deps;
  const found = async (id: string) => {
    const payment = await findPayment(engine, id);
    const settlement = payment && (await findSettlement(engine, payment.settlement));
    return payment && settlement && { payment, settlement };
  };
  const at = async (c: Context, actor: Actor): Promise<string | undefined> => {
    const of = await found(c.req.param('payment') ?? '');
    return of && placeToLook(deps, { settlement: of.settlement, actor });
  };
  const shown = async (id: string, actor: Actor) => {
    const of = await found(id);
    if (!of) return undefined;
    const { payer, payee } = of.settlement;
    const named = await namesOfParties(deps, [payer, payee]);
    const speaks = await sidesOf(deps, { settlement: of.settlement, actor });
    return paymentView(deps, { ...of, named, actor, speaks });
  };

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/settlements/{settlement}/payments',
        summary: '登记付款 · Record a payment',
        description:
          '双方都确认以后，一次或分几次付，每次写银行流水号；不能超过结算单还没付的。一笔转账付几张结算单，每张各登记一次，都写转账总额。Once both have agreed: at once or in parts, each with the bank’s number; never more than it leaves. A transfer that pays several settlements is recorded with each, every time with its total.',
        access: { who: SENDS, at: lookAt(deps) },
        movesPoints: true,
        request: { params: schemas.SettlementParams, body: json(schemas.PaySchema) },
        responses: { 201: answer(schemas.PaymentSchema, '付款凭单 · Voucher') },
        problems: [
          'not-agreed-yet',
          'overpaid',
          'already-done',
          'transfer-recorded',
          'transfer-exceeded',
          'changed-meanwhile',
          'month-closed',
        ],
        example: examples.pay,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { settlement } = c.req.valid('param');
        const { amount, reference, paidOn, transferTotal } = c.req.valid('json');
        const parsed = parseYuan(amount);
        const total = transferTotal === undefined ? undefined : parseYuan(transferTotal);
        if (!('amountFen' in parsed) || (total && !('amountFen' in total)))
          return refuse(c, problem('invalid-input'));
        const done = await paySettlement(deps, {
          input: {
            ...{ settlement, amountFen: parsed.amountFen, reference: reference.trim(), paidOn },
            ...(total && { totalFen: total.amountFen }),
          },
          ...{ actor, key: idempotencyKeyOf(c), scope: keyScope(actor, settlement) },
        });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const view = await shown(done.id, actor);
        return view ? c.json(view, 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/settlements/{settlement}/payments',
        summary: '结算单的付款，先登记的在前 · The payments of a settlement',
        access: { who: LOOKS, at: lookAt(deps) },
        request: { params: schemas.SettlementParams, query: pageQuery(['oldest']) },
        responses: { 200: answer(schemas.PaymentsSchema, '付款凭单 · Vouchers') },
        example: examples.payments,
      }),
      async (c) => {
        const page = parsePage(c.req.valid('query'), 'oldest');
        if (isProblem(page)) return refuse(c, page);
        const settlement = await findSettlement(engine, c.req.valid('param').settlement);
        if (!settlement) return refuse(c, problem('not-found'));
        const after = page.after === undefined ? undefined : String(page.after.id);
        const rows = await paymentsOf(engine, { settlement: settlement.id, after, limit: page.limit + 1 });
        const cut = cutPage(page, rows, ({ id }) => ({ value: id, id }));
        const items = [];
        for (const { id } of cut.items) items.push(await shown(id, actorOf(c)));
        return c.json({ ...cut, items: items.filter((one) => one !== undefined) }, 200);
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/settlement-payments/{payment}',
        summary: '付款凭单 · A payment, as its voucher says it',
        access: { who: LOOKS, at },
        request: { params: schemas.PaymentParams },
        responses: { 200: answer(schemas.PaymentSchema, '付款凭单 · Voucher') },
        example: examples.payment,
      }),
      async (c) => {
        const view = await shown(c.req.valid('param').payment, actorOf(c));
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/settlement-payments/{payment}/receipts',
        summary: '收款方确认收到，或说明没有收到 · Its payee confirms it, or says what did not come',
        description:
          '登记的人和确认的人要是两个人。收款方以后还可以改。Whoever recorded it and whoever confirms it are two people; the payee may change its word later.',
        access: { who: SENDS, at },
        request: { params: schemas.PaymentParams, body: json(schemas.ReceiveSchema) },
        responses: { 200: answer(schemas.PaymentSchema, '付款凭单 · Voucher') },
        problems: ['already-done', 'changed-meanwhile', 'second-person-needed'],
        example: examples.receive,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { payment } = c.req.valid('param');
        const { version, dispute: said } = c.req.valid('json');
        const done = await receivePayment(deps, { payment, version, said, actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await shown(payment, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/settlement-payments/{payment}/take-back-requests',
        summary: '申请撤回登错的付款 · Ask to have a wrong payment taken back',
        access: { who: SENDS, at },
        request: { params: schemas.PaymentParams, body: json(schemas.AskBackSchema) },
        responses: { 200: answer(schemas.PaymentSchema, '付款凭单 · Voucher') },
        problems: ['already-done', 'changed-meanwhile', 'payment-received'],
        example: examples.askBack,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { payment } = c.req.valid('param');
        const { reason } = c.req.valid('json');
        const done = await askForPaymentBack(deps, { payment, reason, actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await shown(payment, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/settlement-payments/{payment}/take-back-decisions',
        summary: '由另一个人决定撤回，或保留 · Another person takes it back, or lets it stand',
        description:
          '撤回以后这笔钱又是应付的，凭单号不再用。It is owed again; the voucher keeps its number.',
        access: { who: SENDS, at },
        request: { params: schemas.PaymentParams, body: json(schemas.DecideBackSchema) },
        responses: { 200: answer(schemas.PaymentSchema, '付款凭单 · Voucher') },
        problems: [
          'already-done',
          'changed-meanwhile',
          'payment-received',
          'second-person-needed',
          'month-closed',
        ],
        example: examples.decideBack,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { payment } = c.req.valid('param');
        const { decision } = c.req.valid('json');
        const decide = decision === 'keep' ? keepPayment : takePaymentBack;
        const done = await decide(deps, { payment, actor });
        if (isProblem(done)) return refuse(c, done);
        const view = await shown(payment, actor);
        return view ? c.json(view, 200) : refuse(c, problem('not-found'));
      },
    );
};

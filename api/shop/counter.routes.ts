/** The counter: look a code up, 记分, 收分, undo. */
import type { Context } from 'hono';
import type { Engine } from '../db/index.ts';
import { findPerson, type IdentityDeps } from '../identity/index.ts';
import type { ProductDeps } from '../places/index.ts';
import {
  actorOf,
  answer,
  formatInstant,
  idempotencyKeyOf,
  isProblem,
  json,
  keyScope,
  markReplay,
  newModule,
  originOf,
  problem,
  refuse,
  route,
} from '../platform/index.ts';
import { parseYuan } from '../platform/money/index.ts';
import { memberPoints, termsFor } from '../programme/index.ts';
import { CONFIRM_WITHIN_MS, readScan, resolveCode } from './codes.ts';
import { confirmRedemption } from './confirm-redemption.ts';
import type { Customer } from './counter.ts';
import { creditPurchase } from './credit-purchase.ts';
import { parseReceipt } from './receipt.ts';
import * as schemas from './shop.schemas.ts';
import { customerView, purchaseView, redemptionView } from './shop.views.ts';
import { findPurchase, findRedemption, takePurchaseBack, undoRedemption } from './undo.ts';
import * as examples from './counter.examples.ts';

export type ShopDeps = ProductDeps & IdentityDeps;

export const AT_TILL = ['clerk', 'merchant_manager'] as const;
export const SALE_PROBLEMS = [
  'code-unknown',
  'code-elsewhere',
  'code-ended',
  'code-used',
  'already-done',
  'changed-meanwhile',
  'month-closed',
  'invalid-input',
] as const;
const UNDO_PROBLEMS = [
  'second-person-needed',
  'manager-needed',
  'already-done',
  'changed-meanwhile',
  'month-closed',
  'reversal-exceeded',
] as const;

export function customerOf(body: { code?: string | undefined; member?: string | undefined }): Customer {
  return body.code === undefined ? { member: body.member ?? '' } : { code: body.code };
}

/** The schema has let only well-formed amounts through. */
export function fenOf(yuan: string): number {
  const parsed = parseYuan(yuan);
  if (!('amountFen' in parsed)) throw new Error('an amount passed its schema but not its parser');
  return parsed.amountFen;
}

/** A sale that was read, with whom it was for. */
export const withCustomer =
  (engine: Engine) =>
  async <Sale extends { member: string } | undefined>(sale: Sale) => ({
    sale,
    person: sale && (await findPerson(engine, sale.member)),
  });

export const counterRoutes = (deps: ShopDeps) => {
  const { engine, places, clock } = deps;
  const atMerchant = {
    who: AT_TILL,
    at: (c: Context) => c.req.param('place'),
  } as const;
  const placeOfPurchase = async (c: Context): Promise<string | undefined> =>
    (await findPurchase(engine, c.req.param('purchase') ?? ''))?.place;
  const placeOfRedemption = async (c: Context): Promise<string | undefined> =>
    (await findRedemption(engine, c.req.param('redemption') ?? ''))?.place;
  const shown = withCustomer(engine);

  return newModule(deps)
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/codes/resolve',
        summary: '识别积分码 · Look a code up',
        access: { who: AT_TILL, at: (c) => c.req.param('place') },
        request: { params: schemas.MerchantParams, body: json(schemas.ScanSchema) },
        responses: { 200: answer(schemas.ResolvedSchema, '顾客 · Customer') },
        problems: ['code-unknown', 'code-mistyped', 'code-ended', 'code-used', 'locked-out'],
        example: examples.resolveCode,
      }),
      async (c) => {
        const { place } = c.req.valid('param');
        const book = await places.bookOf(place);
        if (book === undefined) return refuse(c, problem('not-found'));
        const scan = readScan(c.req.valid('json').scan, originOf(c, deps.config));
        if (isProblem(scan)) return refuse(c, scan);
        const till = { kind: 'code', value: place } as const;
        if (scan.isTyped && !(await deps.identity.lockOut.mayTry(till, clock()))) {
          return refuse(c, problem('locked-out'));
        }
        const code = await resolveCode(deps, { scan, place, book });
        // Digits that somebody was shown are no guess, also where they have ended.
        const isGuess = isProblem(code) && code.code === 'code-unknown';
        if (scan.isTyped && !isGuess) await deps.identity.lockOut.forgive(till);
        if (isProblem(code)) return refuse(c, code);
        const now = clock();
        const terms = await termsFor(engine, { redeemer: place, at: now });
        const units = await memberPoints(engine, { book, member: code.member, now, terms });
        const view = {
          code: code.id,
          customer: customerView(await findPerson(engine, code.member)),
          available: units.map((u) => ({ unit: u.unit, points: String(u.available) })),
          confirmBefore: formatInstant((code.resolvedAt ?? clock()) + CONFIRM_WITHIN_MS),
        };
        return c.json(view, 200);
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/purchases',
        summary: '记分 · Credit a purchase',
        access: { ...atMerchant, scope: 'shop:write' },
        movesPoints: true,
        request: { params: schemas.MerchantParams, body: json(schemas.NewPurchaseSchema) },
        responses: { 201: answer(schemas.PurchaseSchema, '消费记录 · Purchase') },
        problems: [
          ...SALE_PROBLEMS,
          'second-person-needed',
          'receipt-used',
          'no-rule-in-force',
          'no-fund',
          'budget-exhausted',
          'cap-exceeded',
        ],
        example: examples.creditPurchase,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { place } = c.req.valid('param');
        const body = c.req.valid('json');
        const receipt = parseReceipt(body.receipt);
        if (isProblem(receipt)) return refuse(c, receipt);
        const input = {
          place,
          customer: customerOf(body),
          receipt,
          amountFen: fenOf(body.amount),
          paidWithPointsFen: fenOf(body.paidWithPoints ?? '0'),
        };
        const scope = keyScope(actor, place);
        const done = await creditPurchase(deps, { input, actor, key: idempotencyKeyOf(c), scope });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const { sale, person } = done.fresh ?? (await shown(await findPurchase(engine, done.id)));
        return sale ? c.json(purchaseView(sale, person, actor), 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/merchants/{place}/redemptions',
        summary: '收分 · Take points',
        description:
          '柜台必须先识别顾客的积分码；只有带 `shop:spend` 的系统密钥可以用编号指明居民。\n\nA counter always names a code that it has looked up; only a system key with `shop:spend` may name a member by id.',
        access: { ...atMerchant, scope: 'shop:spend' },
        movesPoints: true,
        request: { params: schemas.MerchantParams, body: json(schemas.NewRedemptionSchema) },
        responses: { 201: answer(schemas.RedemptionSchema, '兑换记录 · Redemption') },
        problems: [
          ...SALE_PROBLEMS,
          'insufficient-points',
          'terms-missing',
          'exposure-exceeded',
          'cap-exceeded',
        ],
        example: examples.takePoints,
      }),
      async (c) => {
        const actor = actorOf(c);
        const { place } = c.req.valid('param');
        const body = c.req.valid('json');
        const { unit, goods, overLimit } = body;
        const taken = { points: Number(body.points), unit, goods, ...(overLimit && { overLimit }) };
        const input = { place, customer: customerOf(body), ...taken };
        const scope = keyScope(actor, place);
        const done = await confirmRedemption(deps, { input, actor, key: idempotencyKeyOf(c), scope });
        if (isProblem(done)) return refuse(c, done);
        if (done.posted.replayed) markReplay(c);
        const { sale, person } = done.fresh ?? (await shown(await findRedemption(engine, done.id)));
        return sale ? c.json(redemptionView(sale, person, actor), 201) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/purchases/{purchase}/undo',
        summary: '退货收回积分 · Take a purchase back',
        access: { who: AT_TILL, at: placeOfPurchase },
        movesPoints: true,
        request: { params: schemas.PurchaseParams, body: json(schemas.UndoSchema) },
        responses: { 200: answer(schemas.PurchaseSchema, '消费记录 · Purchase') },
        problems: UNDO_PROBLEMS,
        example: examples.undoPurchase,
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = c.req.valid('param').purchase;
        const scope = keyScope(actor, await placeOfPurchase(c));
        const { reason } = c.req.valid('json');
        const done = await takePurchaseBack(deps, { id, reason, actor, key: idempotencyKeyOf(c), scope });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const { sale, person } = await shown(await findPurchase(engine, id));
        return sale ? c.json(purchaseView(sale, person, actor), 200) : refuse(c, problem('not-found'));
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/redemptions/{redemption}/undo',
        summary: '撤销兑换 · Undo a redemption',
        access: { who: AT_TILL, at: placeOfRedemption },
        movesPoints: true,
        request: { params: schemas.RedemptionParams, body: json(schemas.UndoSchema) },
        responses: { 200: answer(schemas.RedemptionSchema, '兑换记录 · Redemption') },
        problems: UNDO_PROBLEMS,
        example: examples.undoRedemption,
      }),
      async (c) => {
        const actor = actorOf(c);
        const id = c.req.valid('param').redemption;
        const scope = keyScope(actor, await placeOfRedemption(c));
        const { reason } = c.req.valid('json');
        const done = await undoRedemption(deps, { id, reason, actor, key: idempotencyKeyOf(c), scope });
        if (isProblem(done)) return refuse(c, done);
        if (done.replayed) markReplay(c);
        const { sale, person } = await shown(await findRedemption(engine, id));
        return sale ? c.json(redemptionView(sale, person, actor), 200) : refuse(c, problem('not-found'));
      },
    );
};

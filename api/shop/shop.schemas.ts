import { LinesSchema } from './goods/lines.schemas.ts';
import { AmountSchema, DaySchema, IdSchema, InstantSchema, pageOf, say, text, z } from '../platform/index.ts';

export const MerchantParams = z.object({ place: IdSchema });
export const CodeParams = z.object({ code: IdSchema });
export const PurchaseParams = z.object({ purchase: IdSchema });
export const RedemptionParams = z.object({ redemption: IdSchema });

export const YuanSchema = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/, say('金额要写成 58.50 这样', 'An amount like 58.50'))
  .openapi({ example: '58.50' });
const PriceSchema = z
  .string()
  .regex(
    /^(?!0(?:\.0{1,2})?$)(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/,
    say('金额要大于零，写成 58.50 这样', 'An amount above zero, like 58.50'),
  )
  .openapi({ example: '58.50' });
const PointsSchema = AmountSchema.refine(
  (points) => Number(points) > 0,
  say('请填大于零的积分', 'Points above zero'),
);
/** A code that this till has looked up, or (system keys only: `shop:write` gives, `shop:spend` takes) the member. */
const CustomerShape = { code: IdSchema.optional(), member: IdSchema.optional() };
const oneCustomer = say('请先扫顾客的积分码', 'Give either a code or a member');
const hasOneCustomer = (c: { code?: string | undefined; member?: string | undefined }): boolean =>
  (c.code === undefined) !== (c.member === undefined);

export const RECEIPT_LENGTH = 40;
/** What is taken for points, in words. */
export const GOODS_LENGTH = 80;

export const ScanSchema = z.strictObject({ scan: text(300) }).openapi('Scan');
export const NewPurchaseSchema = z
  .strictObject({
    ...CustomerShape,
    receipt: text(RECEIPT_LENGTH).openapi({ example: 'A-10023' }),
    amount: PriceSchema,
    paidWithPoints: YuanSchema.optional(),
  })
  .refine(hasOneCustomer, { error: oneCustomer, path: ['code'] })
  .openapi('NewPurchase');
export const PurchaseQuoteSchema = z
  .strictObject({ ...CustomerShape, amount: PriceSchema, paidWithPoints: YuanSchema.optional() })
  .refine(hasOneCustomer, { error: oneCustomer, path: ['code'] })
  .openapi('PurchaseQuoteAsked');
const OverLimitSchema = z.literal(true).optional().openapi({
  description: '超过未结限额也收，约定是“询问”的才有用 · Goes on over a limit of the unpaid that only asks',
});
export const NewRedemptionSchema = z
  .strictObject({
    ...CustomerShape,
    points: PointsSchema,
    unit: z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/),
    goods: text(GOODS_LENGTH).openapi({ example: '洗衣液 1 瓶' }),
    overLimit: OverLimitSchema,
  })
  .refine(hasOneCustomer, { error: oneCustomer, path: ['code'] })
  .openapi('NewRedemption');
export const GoodsSaleSchema = z
  .strictObject({ ...CustomerShape, lines: LinesSchema, overLimit: OverLimitSchema })
  .refine(hasOneCustomer, { error: oneCustomer, path: ['code'] })
  .openapi('GoodsSale');
export const UndoSchema = z.strictObject({ reason: z.string().max(200) }).openapi('Undo');

export const CodeSchema = z
  .object({ id: z.string(), link: z.string(), digits: z.string(), endsAt: InstantSchema })
  .openapi('Code');
const CustomerSchema = z.object({ name: z.string(), tail: z.string() });
export const ResolvedSchema = z
  .object({
    code: z.string(),
    customer: CustomerSchema,
    available: z.array(z.object({ unit: z.string(), points: z.string() })),
    confirmBefore: InstantSchema,
  })
  .openapi('ResolvedCode');

export const QuotedPurchaseSchema = z
  .object({
    points: z.string(),
    unit: z.string(),
    isCapped: z.boolean().openapi({ description: '到了每日上限，没有全记 · Cut by the cap of the day' }),
    steps: z.array(z.object({ zh: z.string(), en: z.string(), value: z.string() })),
  })
  .openapi('QuotedPurchase');
export const PurchaseSchema = z
  .object({
    id: z.string(),
    customer: CustomerSchema,
    receipt: z.string(),
    amount: z.string(),
    points: z.string(),
    unit: z.string(),
    state: z.enum(['credited', 'taken-back']),
    steps: z.array(z.object({ zh: z.string(), en: z.string(), value: z.string() })),
    at: InstantSchema,
    mine: z.boolean(),
  })
  .openapi('Purchase');
export const RedemptionSchema = z
  .object({
    id: z.string(),
    customer: CustomerSchema,
    points: z.string(),
    unit: z.string(),
    goods: z.string(),
    yuan: z.string().openapi({ description: 'Paid beside the points at the counter.' }),
    state: z.enum(['taken', 'undone']),
    at: InstantSchema,
    mine: z.boolean(),
  })
  .openapi('Redemption');
export const PurchasesSchema = pageOf(PurchaseSchema);
export const RedemptionsSchema = pageOf(RedemptionSchema);

export const CodeStateSchema = z
  .object({
    state: z.enum(['live', 'used', 'ended']),
    receipt: z
      .object({
        kind: z.enum(['purchase', 'redemption']),
        place: z.string(),
        points: z.string(),
        unit: z.string(),
        at: InstantSchema,
      })
      .optional(),
  })
  .openapi('CodeState');
/** A day of Shanghai, as a till counts it. */
export const OnDaySchema = DaySchema.openapi({
  description: 'Only this day, from midnight to midnight in Shanghai.',
});

export const TodaySchema = z
  .object({
    day: z.string().openapi({ description: 'The day that is summed up; it begins and ends in Shanghai.' }),
    today: z.string().openapi({ description: 'The day that it is now.' }),
    purchases: z.number().int(),
    amount: z.string(),
    pointsGiven: z.string(),
    redemptions: z.number().int(),
    pointsTaken: z.string(),
  })
  .openapi('Today');

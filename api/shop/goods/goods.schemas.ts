import {
  AmountSchema,
  IdSchema,
  InstantSchema,
  pageOf,
  pageQuery,
  say,
  text,
  z,
} from '../../platform/index.ts';
import { PERIODS } from '../rules/index.ts';
import { YuanSchema } from '../shop.schemas.ts';

export const GoodsParams = z.object({ goods: IdSchema });

const UnitSchema = z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/);
const CostSchema = AmountSchema.refine(
  (points) => Number(points) > 0 && Number(points) <= 1_000_000_000,
  say('请填大于零的积分', 'Points above zero'),
);
const LimitSchema = z
  .strictObject({
    quantity: z.number().int().min(1).max(9_999),
    period: z.enum(PERIODS),
    of: z.enum(['member', 'household']),
  })
  .openapi('GoodsLimit');
const maybe = (most: number) =>
  z
    .string()
    .max(most)
    .refine((t) => t.isWellFormed() && !t.includes('\0'));

const BodyShape = {
  name: text(40).openapi({ example: '鸡蛋 30 枚' }),
  category: text(20).openapi({ example: '粮油' }),
  description: maybe(500),
  lowAt: z.number().int().min(0).max(999_999).nullable(),
  limit: LimitSchema.nullable(),
  keepDays: z.number().int().min(1).max(60).openapi({ description: 'Days that an order of it is kept.' }),
  state: z.enum(['on', 'off']),
};
const PriceShape = { points: CostSchema, yuan: YuanSchema.optional() };

export const NewGoodsSchema = z
  .strictObject({ ...BodyShape, kind: z.enum(['goods', 'service']), unit: UnitSchema, ...PriceShape })
  .openapi('NewGoods');
export const GoodsChangeSchema = z
  .strictObject({ ...BodyShape, version: z.number().int().min(1) })
  .openapi('GoodsChange');
export const NewPriceSchema = z
  .strictObject({ ...PriceShape, from: InstantSchema.optional() })
  .openapi('NewGoodsPrice');

export const GoodsSchema = z
  .object({
    id: z.string(),
    version: z.number().int(),
    place: z.string(),
    name: z.string(),
    category: z.string(),
    description: z.string(),
    kind: z.enum(['goods', 'service']),
    unit: z.string(),
    price: z.string().openapi({ description: 'The version of the price; a confirm names it.' }),
    points: z.string(),
    yuan: z.string(),
    state: z.enum(['on', 'off']),
    photo: z.string().nullable().openapi({ description: 'Of /goods/{goods}/photos/{attachment}.' }),
    left: z
      .number()
      .int()
      .nullable()
      .openapi({ description: 'What may still be taken; null for a service.' }),
    kept: z.number().int().nullable().openapi({ description: 'Set aside for orders.' }),
    lowAt: z.number().int().nullable(),
    isLow: z.boolean(),
    limit: LimitSchema.nullable(),
    keepDays: z.number().int(),
  })
  .openapi('Goods');
export const GoodsListSchema = pageOf(GoodsSchema);
export const GoodsQuerySchema = pageQuery(['newest', 'name']).extend({
  q: maybe(40).optional().openapi({ description: 'Part of its name or category.' }),
  state: z.enum(['on', 'off']).optional(),
  low: z.enum(['yes']).optional().openapi({ description: 'Only what runs out.' }),
});
export const OneGoodsSchema = GoodsSchema.extend({
  prices: z.array(
    z.object({ id: z.string(), points: z.string(), yuan: z.string(), from: InstantSchema, by: z.string() }),
  ),
}).openapi('OneGoods');

export const ShopsSchema = pageOf(z.object({ id: z.string(), name: z.string() }).openapi('ShopWithGoods'));
export const ShelfQuerySchema = pageQuery(['name', 'newest']).extend({
  q: maybe(40).optional().openapi({ description: 'Part of its name or category.' }),
});

import { AmountSchema, IdSchema, InstantSchema, text, z } from '../platform/index.ts';
import { expirySchema, unitCodeSchema } from './rules/award.schemas.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const UnitParams = z.object({ unit: IdSchema });
const WordsSchema = z.object({ zh: z.string(), en: z.string() });
const NameSchema = text(20);

export const UnitSchema = z
  .object({
    code: z.string().openapi({ example: 'GRN' }),
    name: WordsSchema,
    decimals: z.literal(0).openapi({ description: 'Points are counted whole.' }),
    /** Of one that the community made, and can correct. */
    own: z
      .object({
        id: z.string(),
        version: z.int(),
        expiry: expirySchema,
        basis: z.string(),
        madeByName: z.string().optional().openapi({ description: 'Masked.' }),
        madeAt: InstantSchema,
        change: z.object({ byName: z.string().optional(), at: InstantSchema, reason: z.string() }).optional(),
      })
      .optional(),
    expiry: z.array(z.object({ by: z.enum(['unit', 'award', 'purchase']), text: WordsSchema })).openapi({
      description: '到期日历：自己的，或这里现行规则的 · Its own calendar, or that of the rules here',
    }),
    funds: z.object({ count: z.int(), names: z.array(z.string()) }),
    liveSeries: z.int(),
    liveSeriesMore: z.boolean(),
    hasPoints: z.boolean(),
  })
  .openapi('Unit');
export const UnitsSchema = z.object({ items: z.array(UnitSchema) }).openapi('Units');
export const UnitNamesSchema = z
  .object({ items: z.array(WordsSchema.extend({ code: z.string() })) })
  .openapi('UnitNames');

export const NewUnitSchema = z
  .strictObject({
    code: unitCodeSchema,
    nameZh: NameSchema,
    nameEn: NameSchema,
    expiry: expirySchema,
    basis: text(120),
  })
  .openapi('NewUnit');
export const ChangeUnitSchema = z
  .strictObject({
    version: z.int().min(1),
    nameZh: NameSchema,
    nameEn: NameSchema,
    expiry: expirySchema,
    reason: text(200),
  })
  .openapi('ChangeUnit');

/** Ten yuan a point is a slip of the decimal point. */
const MOST_RATE_MICRO = 10_000_000;
export const NewFundSchema = z
  .strictObject({
    unit: unitCodeSchema,
    name: text(60),
    rateMicro: AmountSchema.refine((micro) => Number(micro) > 0 && Number(micro) <= MOST_RATE_MICRO),
  })
  .openapi('NewFund');
export const OpenedFundSchema = z
  .object({ id: z.string(), place: z.string(), name: z.string(), unit: z.string(), rateMicro: z.string() })
  .openapi('OpenedFund');

import { DaySchema, z } from '../platform/index.ts';
import { RelativeSchema } from './quote.schemas.ts';

const ConsentShape = {
  since: DaySchema,
  until: DaySchema.optional().openapi({
    description:
      '从这一天起不再算数；没有就一直算到撤回 · The first day without it; until taken back where there is none',
  }),
};
export const PoolConsentSchema = z.object(ConsentShape).openapi('PoolConsent');
export const NewPoolConsentSchema = z.strictObject({ until: ConsentShape.until }).openapi('NewPoolConsent');

export const PoolsSchema = z
  .object({
    items: z.array(
      z.object({
        house: z.object({ id: z.string(), code: z.string(), name: z.string() }),
        may: z.boolean().openapi({
          description:
            '按规则，您能不能抵这套房屋的费用 · Whether you may offset its fees, by the rule in force',
        }),
        mine: PoolConsentSchema.optional().openapi({ description: '您同意过才有 · Where you agreed' }),
        others: z.array(RelativeSchema).openapi({ description: '也同意过的家人 · Others who agreed' }),
      }),
    ),
  })
  .openapi('Pools');

import { DaySchema, IdSchema, pageOf, say, text, z } from '../platform/index.ts';
import { endReasons } from './houses.ts';
import { occupancies } from './list-occupancy.ts';
import { HouseSchema } from './places.schemas.ts';

export const EstateParams = z.object({ estate: IdSchema });
export const HouseParams = z.object({ house: IdSchema });
const RelationSchema = z.enum(['owner', 'family', 'tenant']);

export const OccupancyQuery = z.object({
  state: z.enum(occupancies).optional().openapi({
    description: 'vacant 没有登记的人，let 有租户 · vacant: nobody belongs to it, let: a tenant does',
  }),
});
export const OccupancySchema = pageOf(
  z.object({
    house: HouseSchema,
    owners: z.array(z.string()).openapi({ example: ['王*'] }),
    people: z.int().openapi({ description: '登记的人数 · How many belong to it' }),
    tenants: z.int(),
  }),
).openapi('Occupancy');

export const OneHouseSchema = z
  .object({
    house: HouseSchema,
    estateName: z.string(),
    links: z.array(
      z.object({
        id: z.string(),
        person: z.string(),
        name: z.string().openapi({ example: '王*' }),
        tail: z.string().openapi({ example: '0001' }),
        relation: RelationSchema,
        since: z.string().optional(),
        until: z
          .string()
          .optional()
          .openapi({ description: '不再属于这套房的第一天 · The first day without it' }),
        endReason: z.enum(endReasons).optional(),
        state: z.enum(['now', 'later', 'over']),
      }),
    ),
    more: z.boolean().openapi({ description: '还有没列出的人 · More than are listed' }),
  })
  .openapi('OneHouse');

export const SaleSchema = z
  .strictObject({
    name: text(40).openapi({ example: '王小明' }),
    phone: z
      .string()
      .regex(/^1\d{10}$/, say('请填 11 位手机号', 'Give the eleven digits of a mobile phone'))
      .optional(),
    day: DaySchema.openapi({ description: '新业主的第一天 · The buyer’s first day' }),
    keepsTenants: z.boolean().optional().openapi({ description: '租户继续住 · Its tenants stay' }),
    confirm: z
      .array(z.enum(['shared-phones', 'namesake']))
      .max(2)
      .optional(),
  })
  .openapi('Sale');
export const SoldSchema = z
  .object({
    person: z.string(),
    ended: z.int().openapi({ description: '不再属于这套房的人数 · How many no longer belong to it' }),
  })
  .openapi('Sold');

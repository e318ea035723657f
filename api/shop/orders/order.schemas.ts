import { IdSchema, InstantSchema, pageOf, pageQuery, text, z } from '../../platform/index.ts';
import { ActedBySchema } from '../../identity/index.ts';
import { LinesSchema, QuantitySchema } from '../goods/lines.schemas.ts';

export const OrderParams = z.object({ order: IdSchema });

const STATES = ['placed', 'collected', 'cancelled', 'expired'] as const;

export const NewOrderSchema = z.strictObject({ place: IdSchema, lines: LinesSchema }).openapi('NewOrder');
export const CollectSchema = z
  .strictObject({
    lines: z
      .array(z.strictObject({ line: IdSchema, quantity: QuantitySchema }))
      .min(1)
      .max(40)
      .optional()
      .openapi({ description: 'All that waits, where it is left out.' }),
    rest: z.enum(['keep', 'release']).openapi({
      description: '没取的继续留着（keep）还是退回（release） · What is left stays kept, or goes back',
    }),
    byProxy: z.boolean().openapi({ description: '家人带码来取 · Somebody else came with the code' }),
    scan: text(300).optional().openapi({
      description: '扫到的取货码，或输入的数字 · The pick-up code as scanned, or its digits',
    }),
    withoutCode: z
      .strictObject({ reason: text(200) })
      .optional()
      .openapi({
        description: '没有取货码：只有店长可以，并写明原因 · Without the code: the manager only, and why',
      }),
  })
  .openapi('PickUp');
export const ProposalSchema = z
  .strictObject({ line: IdSchema, goods: IdSchema, price: IdSchema, quantity: QuantitySchema })
  .openapi('NewSubstitute');
export const AgreeSchema = z.strictObject({ agree: z.boolean() }).openapi('SubstituteAnswer');
export const CallOffSchema = z.strictObject({ reason: text(200) }).openapi('OrderCallOff');

const MoneyShape = { points: z.string(), yuan: z.string() };

const LineSchema = z.object({
  id: z.string(),
  goods: z.string(),
  name: z.string(),
  ...MoneyShape,
  quantity: z.number().int(),
  taken: z.number().int(),
  left: z.number().int().openapi({ description: 'Still to be picked up.' }),
  insteadOf: z.string().optional(),
});
export const OrderSchema = z
  .object({
    id: z.string(),
    place: z.object({ id: z.string(), name: z.string() }),
    unit: z.string(),
    points: z.string().openapi({ description: 'Held for it.' }),
    pointsTaken: z.string(),
    pointsLeft: z.string().openapi({ description: 'What is still to be picked up costs.' }),
    yuanLeft: z.string().openapi({ description: 'To be paid beside them at the counter.' }),
    state: z.enum(STATES),
    at: InstantSchema,
    endsAt: InstantSchema,
    settledAt: InstantSchema.optional(),
    reason: z.string().optional(),
    lines: z.array(LineSchema),
    proposal: z
      .object({
        line: z.string(),
        name: z.string(),
        quantity: z.number().int(),
        ...MoneyShape,
      })
      .optional()
      .openapi({ description: 'Something else that waits for the member’s word.' }),
    pickUps: z.array(
      z.object({
        ...{ id: z.string(), at: InstantSchema, goods: z.string(), ...MoneyShape },
        ...{ state: z.enum(['taken', 'undone']), byProxy: z.boolean() },
        withoutCode: z.string().optional().openapi({ description: 'Why no code was shown.' }),
      }),
    ),
    actedBy: ActedBySchema.optional(),
  })
  .openapi('Order');
export const MyOrderSchema = OrderSchema.extend({
  code: z.object({ link: z.string(), digits: z.string() }).optional(),
}).openapi('MyOrder');
export const OrderAtTillSchema = OrderSchema.extend({
  customer: z.object({ name: z.string(), tail: z.string() }),
}).openapi('OrderAtTill');
export const MyOrdersSchema = pageOf(OrderSchema.omit({ pickUps: true, actedBy: true }));
export const OrdersAtTillSchema = pageOf(OrderAtTillSchema.omit({ pickUps: true, actedBy: true }));
export const MyOrdersQuerySchema = pageQuery(['newest']);
export const OrdersQuerySchema = pageQuery(['newest']).extend({ state: z.enum(STATES).optional() });

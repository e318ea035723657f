import { InstantSchema, MonthSchema, z } from '../platform/index.ts';

const Yuan = z.string().openapi({ example: '35.49', description: '元 · In yuan' });
const Points = z.string().openapi({ example: '3189' });
const Party = z.object({ id: z.string(), name: z.string() });
const Promised = z.literal(true).optional().openapi({
  description:
    '积分已到期，抵扣或订单还留着，等对方入账 · They have ended, and an offset or an order keeps them for whoever accepted them',
});
const Ending = z.object({
  month: MonthSchema.optional().openapi({ description: '永不到期的没有 · None for points that never end' }),
  promised: Promised,
  points: Points,
  worth: Yuan,
});

export const LiabilitySchema = z
  .object({
    month: MonthSchema,
    at: InstantSchema,
    worth: Yuan,
    funds: z.array(
      z.object({
        fund: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
        payer: z.string(),
        ...{ points: Points, worth: Yuan, waiting: Points, unissued: Points, debt: Points },
        endings: z.array(Ending),
      }),
    ),
    endings: z.array(z.object({ month: MonthSchema.optional(), promised: Promised, worth: Yuan })).openapi({
      description: '各项经费合计，按月 · Of all funds, by month',
    }),
  })
  .openapi('Liability');

const Ages = { owed: Yuan, to30: Yuan, to60: Yuan, to90: Yuan, over90: Yuan };
const Debts = z.object({
  sums: z.object(Ages),
  rows: z.array(z.object({ payer: Party, payee: Party, ...Ages })),
  more: z.int().openapi({ description: '没有列出的；合计里有 · Not listed, but summed' }),
});
export const AgeingSchema = z
  .object({
    at: InstantSchema,
    payee: Party.optional().openapi({ description: '谁应收 · Who is owed' }),
    told: z.boolean().openapi({
      description: '能不能看它应收的 · Whether what it is owed may be seen',
    }),
    owes: Debts.openapi({ description: '这里的经费应付的 · What its funds owe' }),
    owed: Debts.openapi({ description: '这里应收的 · What it is owed' }),
  })
  .openapi('Ageing');

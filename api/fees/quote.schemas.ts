/** What a resident asks of an offset before and as they confirm it. */
import { AmountSchema, InstantSchema, say, z } from '../platform/index.ts';
import { BillMonths, fenOf, StepSchema, YuanSchema } from './fees.schemas.ts';

export const QuoteQuery = z.object({
  value: YuanSchema.optional(),
  whose: z.enum(['own', 'household']).optional().openapi({
    description:
      'household：自己的积分不够的部分，用同意过一起抵扣的家人的 · household: what one’s own points do not reach is paid by those of the household who agreed',
  }),
});
export const RelativeSchema = z.object({ name: z.string(), relation: z.enum(['owner', 'family', 'tenant']) });
export const QuoteSchema = z
  .object({
    bill: z.string(),
    item: z.string(),
    period: BillMonths,
    due: z.string().openapi({ example: '118.32', description: '应缴 · Due' }),
    value: z.string().openapi({ example: '35.49', description: '抵扣 · Offset' }),
    toPay: z.string().openapi({ example: '82.83', description: '还需 · Still to pay' }),
    uppercase: z.string().openapi({ example: '叁拾伍元肆角玖分' }),
    takes: z.array(
      z.object({
        unit: z.string(),
        points: z.string(),
        value: z.string(),
        lastDay: z
          .string()
          .optional()
          .openapi({ description: '本来到期的日子 · When they would have ended' }),
        of: RelativeSchema.optional().openapi({
          description: '家人的积分；没有就是自己的 · Whose of the household; one’s own without it',
        }),
        nth: z.int().optional().openapi({
          description:
            '家人一起抵时：第几个人的，从 0 数起，同名的人也分得开 · Where several pay, which of them, from 0; two may have one name',
        }),
      }),
    ),
    seen: z.string().optional().openapi({
      description:
        '用到家人的积分时，确认要带上它 · Where others pay along, what the confirmation sends back',
    }),
    agreed: z.array(RelativeSchema).optional().openapi({
      description: '同意过一起抵扣的其他家人 · Others of the household who agreed to pay along',
    }),
    steps: z.array(StepSchema),
    before: InstantSchema.openapi({ description: '抵扣截止 · Until when' }),
  })
  .openapi('OffsetQuote');
export const NewOffsetSchema = z
  .strictObject({
    value: YuanSchema,
    points: AmountSchema.optional().openapi({
      description: '看到的要用的积分合计；不一样就不抵 · The points that were shown, or nothing is offset',
    }),
    seen: z
      .string()
      .regex(/^[\w-]{43}$/, say('请重新打开账单再确认', 'Open the bill again and confirm'))
      .optional()
      .openapi({
        description:
          '报价里的 seen：家人一起抵扣时带上；人或积分变了就不抵 · `seen` of the quote, where others pay along: other people or points than were shown, and nothing is offset',
      }),
  })
  .openapi('NewOffset');

/** What the resident saw and agreed to, as the use case asks it. */
export function askedOf({ value, points, seen }: z.infer<typeof NewOffsetSchema>) {
  return {
    valueFen: fenOf(value),
    ...(points && { points: Number(points) }),
    ...(seen !== undefined && { seen }),
  };
}

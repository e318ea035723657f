import { DaySchema, InstantSchema, MonthSchema, pageOf, z } from '../platform/index.ts';
import { BillTotalsSchema } from './fees.schemas.ts';
import { NEXT_STEPS } from './rules/next-step.ts';

const SumSchema = z.object({ count: z.number().int(), value: z.string() });

export const EstateAtWorkSchema = z
  .object({
    estate: z.object({ id: z.string(), name: z.string() }),
    month: MonthSchema,
    bills: BillTotalsSchema.omit({ period: true }),
    held: SumSchema.openapi({ description: '还没交给物业的抵扣单 · Offsets not handed over' }),
    handedOver: SumSchema.openapi({ description: '交给物业、还没入账 · Handed over, not posted' }),
    posted: SumSchema.openapi({ description: '物业已入账 · Posted by the firm' }),
    openBreaks: SumSchema.extend({ difference: z.string() }),
    cutOffDay: DaySchema.optional().openapi({
      description: '居民最后一天可以抵扣 · The last day on which residents can offset',
    }),
    lastDay: DaySchema.openapi({ description: '这个月的最后一天 · The last day of the month' }),
    over: z.boolean(),
    asked: z
      .object({ mine: z.boolean() })
      .optional()
      .openapi({ description: '已申请关账 · Closing was asked for' }),
    open: z
      .array(
        z.object({
          month: MonthSchema,
          bills: z.int(),
          held: z.int(),
          handedOver: z.int(),
          breaks: z.int(),
          over: z.boolean(),
        }),
      )
      .openapi({
        description:
          '还没关账的月份，最早的在前，最多 12 个 · Months not closed, the oldest first, at most 12',
      }),
    openMore: z.int().openapi({ description: '没列出的还有几个月 · How many later ones are not listed' }),
    importedAt: InstantSchema.optional().openapi({
      description: '最近一次导入账单 · When bills were last imported',
    }),
    next: z.enum(NEXT_STEPS).openapi({ description: '接下来做什么 · What comes next' }),
  })
  .openapi('EstateAtWork');
export const AtWorkSchema = pageOf(EstateAtWorkSchema);

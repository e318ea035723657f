import { DaySchema, InstantSchema, MonthSchema, say, z } from '../platform/index.ts';
import { BillMonths, HouseView } from './fees.schemas.ts';

/** At most two years on one sheet. */
export const MonthsQuery = z
  .object({
    from: MonthSchema.optional().openapi({
      description: '从哪个月，不写就是本月 · This month when left out',
    }),
    to: MonthSchema.optional().openapi({
      description: '到哪个月，不写就是同一个月 · The same month when left out',
    }),
  })
  .refine(
    ({ from, to }) => from === undefined || to === undefined || (from <= to && monthsBetween(from, to) < 24),
    {
      path: ['to'],
      error: say(
        '结束月份要在开始月份之后，最多两年',
        'The last month is after the first, and at most two years on',
      ),
    },
  );
const monthsBetween = (from: string, to: string): number =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5)) - Number(from.slice(5));
export const HouseStatementSchema = z
  .object({
    house: HouseView,
    estate: z.object({ id: z.string(), name: z.string() }),
    firm: z.string().optional(),
    from: z.string().openapi({ example: '2026-06' }),
    to: z.string().openapi({ example: '2026-06' }),
    asOf: InstantSchema.openapi({ description: '截至 · As of' }),
    lines: z.array(
      z.object({
        ...{ bill: z.string(), item: z.string(), period: BillMonths, amount: z.string() },
        ...{ paid: z.string(), offset: z.string(), toPay: z.string() },
        offsets: z.array(
          z.object({
            ...{ id: z.string(), number: z.string(), value: z.string(), uppercase: z.string() },
            on: DaySchema,
            state: z.enum(['held', 'exported', 'posted']),
          }),
        ),
      }),
    ),
    opening: z.string().openapi({ example: '0.00', description: '以前月份还需 · Still to pay from before' }),
    billed: z.string().openapi({ example: '118.32' }),
    paid: z.string().openapi({ example: '0.00', description: '已在物业缴 · Paid to the firm' }),
    offset: z.string().openapi({ example: '35.49' }),
    over: z.string().openapi({ example: '0.00', description: '多缴 · Paid beyond what was due' }),
    closing: z.string().openapi({ example: '82.83', description: '还需 · Still to pay' }),
    uppercase: z.string().openapi({ example: '捌拾贰元捌角叁分' }),
    later: z.string().openapi({
      example: '0.00',
      description: '另有以后月份的账单还需 · Still to pay of later months, not in the closing sum',
    }),
  })
  .openapi('HouseStatement');

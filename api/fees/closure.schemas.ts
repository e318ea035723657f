import { IdSchema, InstantSchema, MonthSchema, pageOf, text, z } from '../platform/index.ts';
import { ConcessionText } from './fees.schemas.ts';

export const ClosureSchema = z
  .object({
    id: z.string(),
    place: z.string(),
    month: z.string(),
    state: z.enum(['closed', 'reopened']),
    reason: z.string().optional(),
    edition: z
      .number()
      .int()
      .optional()
      .openapi({ description: '留存了第几版月结单 · The edition of its statement, where one was kept' }),
    at: InstantSchema,
  })
  .openapi('Closure');
export const ClosuresSchema = pageOf(ClosureSchema);
export const ClosureRequestSchema = z
  .object({
    id: z.string(),
    month: z.string().openapi({ example: '2026-06' }),
    mine: z.boolean().openapi({ description: '是不是自己申请的 · Whether the reader asked' }),
    at: InstantSchema,
  })
  .openapi('ClosureRequest');
export const NextClosureSchema = z
  .object({
    month: z.string().openapi({ example: '2026-06' }),
    asked: ClosureRequestSchema.optional().openapi({
      description: '正在等人审批的申请 · The request that waits for its second signature',
    }),
    over: z.boolean().openapi({ description: '这个月过完没有 · Whether the month is over' }),
    offsets: z
      .object({ count: z.number().int(), value: z.string(), concession: ConcessionText })
      .openapi({ description: '这个月账单的抵扣单 · The offsets of the bills of this month' }),
    notHandedOver: z
      .number()
      .int()
      .openapi({ description: '其中还没交给物业的，要先导出 · Of these, still to be exported first' }),
    openBreaks: z
      .object({
        count: z.number().int(),
        value: z.string().openapi({ description: '差额逐处相加，不分多少 · What they differ by, added up' }),
        difference: z
          .string()
          .openapi({ description: '多少相抵以后 · Too much and too little cancelled out' }),
      })
      .openapi({
        description:
          '这个月还没处理的差异，不挡关账；清单没写月份的也算 · Breaks of the month that are still open; they do not stop the closing. Rows without a month count too',
      }),
  })
  .openapi('NextClosure');
export const CloseSchema = z.strictObject({ month: MonthSchema }).openapi('CloseMonth');
export const ReopenSchema = z.strictObject({ reason: text(300) }).openapi('ReopenMonth');
export const PlaceParams = z.object({ place: IdSchema });
export const RequestParams = z.object({ request: IdSchema });
export const ClosureParams = z.object({ closure: IdSchema });

import { ActedBySchema } from '../identity/index.ts';
import { ImportReportSchema } from '../places/index.ts';
import { DaySchema, IdSchema, InstantSchema, MonthSchema, pageOf, say, z } from '../platform/index.ts';
import { parseYuan } from '../platform/money/index.ts';
import { OFFSET_STATES } from './offsets.ts';

export const EstateParams = z.object({ estate: IdSchema });
export const HouseParams = z.object({ house: IdSchema });
export const BillParams = z.object({ bill: IdSchema });
export const OffsetParams = z.object({ offset: IdSchema });
export const ListParams = z.object({ import: IdSchema });

export const YuanSchema = z
  .string()
  .regex(/^(?:0|[1-9]\d{0,6})(?:\.\d{1,2})?$/, say('金额要写成 35.49 这样', 'An amount like 35.49'))
  .openapi({ example: '35.49' });

/** The schema has let only well-formed amounts through. */
export function fenOf(yuan: string): number {
  const parsed = parseYuan(yuan);
  if (!('amountFen' in parsed)) throw new Error('an amount passed its schema but not its parser');
  return parsed.amountFen;
}

/** An export of exactly what was shown. */
export const SeenQuery = z
  .object({
    count: z
      .string()
      .regex(/^[1-9]\d{0,5}$/, say('张数要写成 2 这样', 'A number like 2'))
      .optional()
      .openapi({ example: '2', description: '看到的张数 · How many were shown' }),
    value: YuanSchema.optional().openapi({ description: '看到的合计 · What they add up to' }),
  })
  .refine(({ count, value }) => (count === undefined) === (value === undefined), {
    path: ['count'],
    error: say('张数和合计要一起写', 'Give number and sum together'),
  });

export const MonthQuery = z.object({ period: MonthSchema.optional() });
export const BillFilterQuery = z.object({
  period: MonthSchema.optional().openapi({
    description:
      '哪个月应缴的账单；一笔收几个月的只在应缴的那个月 · The month that bills are due in, also of one for several',
  }),
  house: z.string().max(40).optional().openapi({
    example: '3-2-0501',
    description: '楼、单元、室：3-2-0501、3栋2单元、0501 · A building, a unit or a room',
  }),
  state: z.enum(['open', 'paid', 'reissued', 'cancelled']).optional().openapi({
    description: 'open 待缴，paid 已缴清 · open: something is to pay, paid: nothing is',
  }),
});
export const OffsetFilterQuery = z.object({
  state: z.enum(OFFSET_STATES).optional().openapi({ description: '不写就是全部 · All when left out' }),
  period: MonthSchema.optional().openapi({
    description: '按哪个月的账单计，不写就是全部 · The month that the bills count for; all when left out',
  }),
  number: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,30}$/, say('单号只有字母、数字和横线', 'A number has letters, digits and dashes'))
    .optional()
    .openapi({ example: '2606-0001', description: '单号的一部分 · A part of the number' }),
  house: z.string().max(40).optional().openapi({
    example: '3-2-0501',
    description: '楼、单元、室：3-2-0501、3栋2单元、0501 · A building, a unit or a room',
  }),
});

export const BillMonths = z.string().openapi({
  example: '2026-06',
  description:
    '计费月份；一笔收几个月的写成 2026-01~2026-12 · The month of the bill; of one for several months the first and the last',
});
export const HouseView = z.object({ id: z.string(), code: z.string(), name: z.string() });
export const BillSchema = z
  .object({
    id: z.string(),
    house: HouseView,
    item: z.string(),
    period: BillMonths,
    issue: z.number().int(),
    amount: z.string(),
    paid: z.string(),
    offset: z.string(),
    toPay: z.string(),
    state: z.enum(['open', 'reissued', 'cancelled']),
    replacedBy: z
      .string()
      .optional()
      .openapi({ description: '重新出账后的那一张 · The newest issue, where this one is reissued' }),
  })
  .openapi('Bill');
export const BillsSchema = pageOf(BillSchema);
export const DuesSchema = z
  .object({
    items: z.array(z.object({ house: HouseView, bills: z.int(), toPay: z.string() })),
  })
  .openapi('Dues');
export const BillTotalsSchema = z
  .object({
    period: z.string().openapi({ example: '2026-06' }),
    count: z.number().int(),
    amount: z.string().openapi({ example: '118.32', description: '应缴 · Due' }),
    paid: z.string().openapi({ example: '0.00', description: '已收 · Received in money' }),
    offset: z.string().openapi({ example: '35.49', description: '已抵扣 · Offset' }),
    over: z.string().openapi({
      example: '0.00',
      description:
        '多收：应缴 − 已收 − 已抵扣 + 多收 = 还需 · Paid too much on single bills: due − received − offset + this is what is still to pay',
    }),
    toPay: z.string().openapi({ example: '82.83', description: '还需 · Still to pay' }),
  })
  .openapi('BillTotals');

export const StepSchema = z.object({ zh: z.string(), en: z.string(), value: z.string() });
export const OffsetSchema = z
  .object({
    id: z.string(),
    number: z.string().openapi({ example: 'DK-2606-0001' }),
    bill: z.string(),
    house: HouseView,
    member: z.object({ id: z.string(), name: z.string() }),
    item: z.string(),
    period: BillMonths,
    value: z.string(),
    uppercase: z.string(),
    points: z.array(z.object({ unit: z.string(), points: z.string() })),
    steps: z.array(StepSchema),
    state: z.enum(OFFSET_STATES),
    holdEnded: z.boolean().optional().openapi({
      description:
        '预留到期还没有入账，系统退回了积分 · Never posted while its hold lasted: given back by the system',
    }),
    at: InstantSchema,
    actedBy: ActedBySchema.optional(),
    cancelledBy: ActedBySchema.optional(),
    hold: z.string().optional(),
    settled: z.string().optional(),
    reversed: z.string().optional().openapi({
      description: '物业入账后又退回，冲回的交易 · What took it back after it was posted',
    }),
    correctedFrom: z.string().optional().openapi({
      example: '2026-06-25',
      description:
        '物业在这一天入账或退回，账上记在后来的月份 · The firm’s day, of what is booked in a later month',
    }),
  })
  .openapi('Offset');
export const OffsetsSchema = pageOf(OffsetSchema);

export const ConcessionText = z.string().openapi({
  example: '3.60',
  description:
    '账单减少的金额减去出资方该付的金额，物业自己让的利；物业多得则为负 · What bills fell by less what funders owe: the firm’s own concession, negative where it is owed more',
});
/** Of a household's offset: what somebody was to the house when it was made, and whether they are the reader. */
const WhoseShape = {
  relation: z.enum(['owner', 'family', 'tenant']).optional(),
  own: z.literal(true).optional().openapi({ description: '看的人自己的 · The reader’s own' }),
};
export const OffsetDocumentSchema = OffsetSchema.extend({
  parts: z
    .array(
      z.object({
        member: z.object({ id: z.string(), name: z.string() }),
        ...WhoseShape,
        value: z.string(),
      }),
    )
    .optional()
    .openapi({ description: '一家人一起抵的，每人一份 · Of a household’s, what each gave' }),
  settlement: z.object({ owed: z.string(), concession: ConcessionText }).optional().openapi({
    description: '入账以后：出资方该付给物业多少 · Once posted: what funders owe the firm for it',
  }),
  taken: z
    .array(
      z.object({
        unit: z.string(),
        points: z.string(),
        of: z.string().optional().openapi({ description: '谁的，一起抵扣时才有 · Whose, of a household’s' }),
        ...WhoseShape,
        fund: z.object({ id: z.string(), name: z.string() }).optional().openapi({
          description: '哪笔经费的；家人看不到别人的 · Not shown of another member to the household',
        }),
        lastDay: z
          .string()
          .optional()
          .openapi({ description: '本来到期的日子 · When they would have ended' }),
      }),
    )
    .openapi({
      description: '预留时实际取用的积分，每批一项 · What was really set aside, by series, from the ledger',
    }),
}).openapi('OffsetDocument');

const DrawnUpOn = DaySchema.optional().openapi({
  description:
    '清单里不晚于今天的最后一天；之后交给物业的抵扣单还没到期 · The last day of the list up to today; what was handed over later is not yet due',
});
const TotalsShape = {
  ours: z.string(),
  theirs: z.string(),
  matched: z.string(),
  difference: z.string(),
};
/** What a comparison finds. */
export const FoundBreakShape = {
  kind: z.string().openapi({ example: 'amount' }),
  difference: z.string().openapi({ example: '0.01', description: '物业减我方 · Theirs less ours' }),
  proposal: z.enum(['firm-corrects', 'accept', 'release', 'offset-new-bill', 'reverse', 'choose']),
  zh: z.string(),
  en: z.string(),
};
export const PostedListReportSchema = ImportReportSchema.extend({
  reconciliation: z.object({
    ...TotalsShape,
    drawnUpOn: DrawnUpOn,
    notYetDue: z.string().openapi({ description: '还没到期的抵扣，不算差异 · Not yet due, and no break' }),
    breaks: z.array(z.object(FoundBreakShape)),
  }),
}).openapi('PostedListReport');
export const PostedListSchema = z
  .object({
    id: z.string(),
    fileName: z.string(),
    at: InstantSchema,
    settled: z.boolean(),
    counts: z.record(z.string(), z.number().int()),
    ...TotalsShape,
    drawnUpOn: DrawnUpOn,
    notYetDue: z.object({ count: z.number().int(), value: z.string() }),
    open: z.number().int().openapi({ description: '还没处理的差异 · Breaks still open' }),
  })
  .openapi('PostedList');

/** Only what was asked for. */
export function offsetFilter({ state, period, number, house }: z.infer<typeof OffsetFilterQuery>) {
  return {
    ...(state !== undefined && { state }),
    ...(period !== undefined && { period }),
    ...(number !== undefined && { number }),
    ...(house !== undefined && { house }),
  };
}

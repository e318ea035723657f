import {
  AmountSchema,
  DaySchema,
  IdSchema,
  InstantSchema,
  MonthSchema,
  pageOf,
  z,
} from '../platform/index.ts';

export const EstateParams = z.object({ estate: IdSchema });
export const EstateMonthParams = z.object({ estate: IdSchema, month: MonthSchema });
export const PlaceMonthParams = z.object({ place: IdSchema, month: MonthSchema });

const StateSchema = z.enum(['running', 'counting', 'final']).openapi({
  description:
    'running 本月还没过完，数字会变；counting 正在统计；final 定稿 · running: the month goes on; counting: being counted; final',
});
const Unit = z.string().openapi({ example: 'VOL' });

/** Opening + issued − taken back − redeemed + refunded − expired + moved = closing. */
const figures = {
  opening: AmountSchema.openapi({ description: '月初结余 · Had when the month began' }),
  issued: AmountSchema,
  takenBack: AmountSchema.openapi({ description: '发错收回 · Issued wrongly, taken back' }),
  redeemed: AmountSchema,
  refunded: AmountSchema.openapi({ description: '用后退回 · Redeemed, given back' }),
  expired: AmountSchema,
  moved: AmountSchema.openapi({
    description: '搬入带来减搬出带走 · Brought by who moved in, less taken along',
  }),
  closing: AmountSchema.openapi({ description: '月末结余 · Had when it ended' }),
  takenBackOfEarlier: AmountSchema.openapi({ description: '其中更正以前月份 · Of it, of earlier months' }),
  refundedOfEarlier: AmountSchema,
  takenBackLater: AmountSchema.openapi({
    description: '本月发放、以后月份收回 · Taken back in later months',
  }),
  refundedLater: AmountSchema,
};
export const UnitFiguresSchema = z.object({ unit: Unit, ...figures }).openapi('UnitFigures');
const PayerFiguresSchema = z
  .object({
    unit: Unit,
    payer: z.enum(['fund', 'merchants']),
    name: z
      .string()
      .optional()
      .openapi({ description: '经费名称；商户合在一起，没有名称 · Of a fund; shops are one' }),
    count: z.number().int().openapi({ description: '几家 · How many' }),
    ...figures,
  })
  .openapi('PayerFigures');
const counts = {
  people: z.number().int(),
  services: z.number().int().openapi({ description: '减去作废的 · Less those voided in the month' }),
  minutes: z.number().int(),
  voidedServices: z.number().int(),
  voidedMinutes: z.number().int(),
};
const WordsSchema = z.object({ zh: z.string(), en: z.string() });
const EstateSchema = z.object({ id: z.string(), name: z.string(), community: z.string() });

export const BoardEstateSchema = EstateSchema.openapi('BoardEstate');
export const BoardEstatesSchema = pageOf(BoardEstateSchema);
export const BoardMonthsSchema = EstateSchema.extend({ first: MonthSchema, last: MonthSchema }).openapi(
  'BoardMonths',
);

export const BoardMonthSchema = z
  .object({
    estate: EstateSchema,
    month: MonthSchema,
    state: StateSchema,
    until: InstantSchema.openapi({ description: '统计到这一刻 · Counted up to this instant' }),
    first: MonthSchema,
    last: MonthSchema,
    earned: z.number().int().openapi({ description: '得分人数 · People who earned' }),
    served: z.object(counts),
    units: z.array(UnitFiguresSchema),
    payers: z.array(PayerFiguresSchema),
    withheld: z
      .array(z.object({ unit: Unit, shops: z.number().int() }))
      .openapi({ description: '发放的商户不到三家，不公布 · Left out: fewer than three shops gave' }),
    budgets: z.array(
      z.object({
        fund: z.string(),
        unit: Unit,
        payer: z.string(),
        approved: AmountSchema,
        approvedInMonth: AmountSchema,
        waiting: AmountSchema,
        left: AmountSchema,
      }),
    ),
    rules: z.array(
      z.object({
        kind: z.enum(['award', 'purchase', 'offset']),
        place: z.string(),
        since: InstantSchema,
        until: InstantSchema.optional(),
        by: z
          .enum(['operator', 'staff'])
          .optional()
          .openapi({ description: '发布人的岗位 · The role of who published it' }),
        words: z.array(WordsSchema),
      }),
    ),
  })
  .openapi('BoardMonth');

export const BoardAwardsSchema = pageOf(
  z
    .object({
      name: z.string().openapi({ example: '王*', description: '已脱敏 · Masked' }),
      type: z.string(),
      day: DaySchema,
      points: AmountSchema,
      unit: Unit,
      voided: z.boolean().openapi({ description: '后来作废 · Voided later' }),
    })
    .openapi('BoardAward'),
);

const KindSchema = z.object({ type: z.string(), points: AmountSchema, ...counts });
const UnitSumsSchema = z.array(UnitFiguresSchema);
export const ReportSchema = z
  .object({
    place: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
    month: MonthSchema,
    state: StateSchema,
    until: InstantSchema,
    first: MonthSchema,
    last: MonthSchema,
    earned: z.number().int(),
    served: z.object(counts),
    units: UnitSumsSchema,
    elsewhere: UnitSumsSchema.openapi({
      description:
        '没有登记住处的人，只在最上级显示 · Those who live in none of the estates; told for the top place only',
    }),
    kinds: z.array(KindSchema),
    year: z.array(
      z.object({
        month: MonthSchema,
        earned: z.number().int(),
        served: z.object(counts),
        units: UnitSumsSchema,
      }),
    ),
  })
  .openapi('MonthReport');
export const ReportEstatesSchema = pageOf(
  z.object({
    estate: z.object({ id: z.string(), name: z.string() }),
    earned: z.number().int(),
    served: z.object(counts),
    units: UnitSumsSchema,
  }),
);

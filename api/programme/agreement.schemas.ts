import {
  AmountSchema,
  DaySchema,
  IdSchema,
  InstantSchema,
  pageOf,
  pageQuery,
  say,
  text,
  z,
} from '../platform/index.ts';
import { AGREEMENT_STATES } from './rules/agreement-standing.ts';
import { OVER_EXPOSURE, SETTLEMENT_PERIODS } from './rules/settlement-terms.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const AgreementParams = z.object({ agreement: IdSchema });
const ModeSchema = z.enum(['owed', 'clearing', 'stocked']);
const StateSchema = z.enum(AGREEMENT_STATES);

/** Up to ten times, to four decimals. */
const FactorSchema = z
  .string()
  .regex(/^(?:10|[0-9])(?:\.\d{1,4})?$/, say('系数写成 1 或 0.95 这样', 'A factor such as 1 or 0.95'))
  .openapi({ example: '0.95' });

const PeriodSchema = z
  .enum(SETTLEMENT_PERIODS)
  .openapi({ description: '多久结算一次，默认每月 · How often it is settled; every month by default' });
const OverSchema = z.enum(OVER_EXPOSURE).openapi({
  description: '超过未结限额时：不收，或者问店里收不收 · Over the limit: refuse, or ask',
});
const ExposureYuan = z
  .string()
  .regex(
    /^(?!0(?:\.0{1,2})?$)(?:0|[1-9]\d{0,7})(?:\.\d{1,2})?$/,
    say('限额要大于零，写成 5000 这样', 'A limit above zero, such as 5000'),
  )
  .openapi({ example: '5000.00', description: '付款方最多可以欠多少元 · The most yuan that may be unpaid' });

export const AgreementSchema = z
  .object({
    id: z.string(),
    version: z.int(),
    redeemer: z.string(),
    redeemerName: z.string(),
    redeemerKind: z.string(),
    fund: z.string().openapi({ description: '`*`: any fund.' }),
    fundName: z.string().optional(),
    unit: z.string().optional(),
    /** What a point of the fund settles at, in micro-yuan, before the factor. */
    rateMicro: z.string().optional(),
    isOwn: z.boolean().openapi({ description: 'The redeemer’s own fund: nothing is owed for its points.' }),
    mode: ModeSchema,
    viaName: z.string().optional(),
    factor: z.string(),
    period: PeriodSchema,
    exposure: ExposureYuan.optional(),
    overExposure: OverSchema.optional(),
    monthlyCap: z.string().optional(),
    capFrom: z
      .object({ from: InstantSchema, basis: z.string().optional(), byName: z.string().optional() })
      .optional()
      .openapi({
        description: 'The earlier agreement from which the cap was taken over; `byName` is masked.',
      }),
    from: InstantSchema,
    until: InstantSchema.optional().openapi({
      description: 'The first instant at which it holds no longer.',
    }),
    state: StateSchema,
    cappable: z.boolean().openapi({ description: 'Whether the reader may change its monthly cap.' }),
    endable: z.boolean().openapi({ description: 'Whether the reader may end it.' }),
    basis: z.string().optional(),
    madeByName: z.string().optional().openapi({ description: 'Masked.' }),
    madeAt: InstantSchema,
    ending: z.object({ byName: z.string().optional(), at: InstantSchema, reason: z.string() }).optional(),
  })
  .openapi('Agreement');

export const AgreementsQuery = pageQuery(['redeemer']).extend({ state: StateSchema.optional() });
export const AgreementsSchema = pageOf(AgreementSchema);
export const ExportQuery = z.object({
  state: StateSchema.optional(),
  format: z.enum(['xlsx', 'csv', 'csv-gb18030']).optional(),
});

export const PartiesSchema = z.object({
  /** `monthlyCap`: the shop’s of today, which a new agreement with all funds keeps unless its own is stricter. */
  redeemers: z.array(
    z.object({ id: z.string(), name: z.string(), kind: z.string(), monthlyCap: z.string().optional() }),
  ),
  clearing: z.array(z.object({ id: z.string(), name: z.string() })),
  /** Whether an agreement with all funds is within the reader's charge; `funds` are those that are. */
  anyFund: z.boolean(),
  funds: z.array(z.object({ id: z.string(), name: z.string(), unit: z.string(), rateMicro: z.string() })),
});

const CapSchema = AmountSchema.refine(
  (amount) => Number(amount) > 0 && Number(amount) <= 1_000_000_000,
  say('上限应当大于 0，不超过十亿分', 'More than 0, and no more than 10⁹ points'),
);

export const NewAgreementSchema = z
  .strictObject({
    redeemer: IdSchema,
    fund: z.union([IdSchema, z.literal('*')]),
    mode: ModeSchema,
    via: IdSchema.optional(),
    factor: FactorSchema,
    from: DaySchema,
    basis: text(120),
    period: PeriodSchema.optional(),
    exposure: ExposureYuan.optional(),
    overExposure: OverSchema.optional(),
    monthlyCap: CapSchema.optional().openapi({
      description:
        '不写、或比商户现有的宽，就沿用现有的上限 · Left out, or looser than the shop’s own: that one is kept',
    }),
  })
  .openapi('NewAgreement');

export const EndAgreementSchema = z
  .strictObject({ version: z.int().min(1), on: DaySchema, reason: text(200) })
  .openapi('EndAgreement');

export const NewCapSchema = z
  .strictObject({
    version: z.int().min(1),
    monthlyCap: CapSchema.optional().openapi({
      description: '不写就是取消上限 · Left out: the cap is lifted',
    }),
    basis: text(120),
  })
  .openapi('NewMonthlyCap');

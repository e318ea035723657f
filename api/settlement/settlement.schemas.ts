import { ImportReportSchema, UploadQuery } from '../places/index.ts';
import { IdSchema, InstantSchema, MonthSchema, pageOf, say, text, z } from '../platform/index.ts';
import { OPEN_FIELDS, OPEN_SIDES } from './pairings.ts';
import { MOST_OF_OURS } from './rules/pairing.ts';
import { SIDES } from './statements.ts';
import { DIFFERENCES, FIELDS } from './rules/difference.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const FundMonthParams = z.object({ fund: IdSchema, month: MonthSchema });
export const StatementParams = z.object({ funderStatement: IdSchema });
export const MonthQuery = z.object({ month: MonthSchema.optional() });

const Yuan = z.string().openapi({ example: '35.49', description: '元 · In yuan' });
const Points = z.string().openapi({ example: '3189' });
const Party = z.object({ id: z.string(), name: z.string() });
const Money = z.object({ opening: Yuan, accepted: Yuan, reversed: Yuan, paid: Yuan, closing: Yuan });
const Sums = z.object({
  ours: Yuan.openapi({ description: '月末应付，我们的账，元 · Owed at the end, as the ledger has it' }),
  theirs: Yuan.optional().openapi({
    description: '月末应付，对方说的；没有说的没有 · As the statement has it, where it says so',
  }),
  difference: Yuan.optional(),
  matched: z.int(),
  differences: z.int(),
  paired: z.int().openapi({ description: '人工对上的 · Pairs that a person made' }),
});
const Agreement = z.object({
  side: z.enum(SIDES),
  name: z.string(),
  at: InstantSchema,
  remark: z.string().optional(),
});

const OpenRows = z.object({ rows: z.int(), sum: Yuan });

export const FunderStatementSchema = z
  .object({
    id: z.string(),
    fund: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
    month: z.string(),
    number: z.int().openapi({ description: '第几版 · Which version of the month' }),
    source: z.enum(['file', 'typed']),
    fileName: z.string().optional(),
    rows: z.int(),
    rejected: z.int().openapi({
      description: '没读懂、没有参加对账的行 · Rows that could not be read and are not compared',
    }),
    remarkNeeded: z.boolean().openapi({
      description: '确认时要不要写明原因 · Whether whoever agrees says why',
    }),
    reason: z.string().optional().openapi({
      description: '双方确认以后，为什么又换了一份 · Why it came after both had agreed to the one before',
    }),
    comparison: Sums,
    takenBy: z.string(),
    at: InstantSchema,
    latest: z.boolean(),
    agreed: z.array(Agreement),
    mayAgree: z.array(z.enum(SIDES)).openapi({
      description: '您现在可以替哪一方确认 · For which sides you may agree now',
    }),
    handwork: z.object({ pairs: z.int(), splits: z.int(), lastAt: InstantSchema.optional() }).openapi({
      description:
        '一共对上过几次、拆开过几次，最近一次在什么时候 · How often something was ever paired and split, and when last',
    }),
    mayPair: z.boolean().openapi({
      description: '您现在可不可以人工对上 · Whether you may pair rows of it now',
    }),
    open: z
      .object({
        ...{ theirs: z.int(), ours: z.int() },
        kinds: z.array(
          z.object({ field: z.enum(OPEN_FIELDS), theirs: OpenRows, ours: OpenRows, difference: Yuan }),
        ),
      })
      .optional()
      .openapi({
        description:
          '只有一方有、还没有对上的行；本期应付和期末应付不加在一起 · Rows of one side alone that are in no pair; what is owed for the month and at its end are not added up',
      }),
  })
  .openapi('FunderStatement');

export const FundMonthSchema = z
  .object({
    fund: z.object({ id: z.string(), name: z.string(), unit: z.string(), place: z.string() }),
    month: z.string(),
    over: z.boolean(),
    budget: z.object({
      ...{ opening: Points, approved: Points, used: Points, returned: Points, closing: Points },
    }),
    waiting: z.object({ opening: Points, closing: Points }),
    points: z.object({
      ...{ opening: Points, given: Points, takenBack: Points, offsets: Points, goods: Points },
      ...{ refunded: Points, ended: Points, closing: Points, worth: Yuan },
    }),
    debt: z.object({ opening: Points, added: Points, netted: Points, closing: Points }),
    owed: Money,
    parties: z.array(
      z.object({
        ...{ party: Party, points: Points, accepted: Yuan, reversed: Yuan },
        settles: z.enum(['direct', 'cleared', 'none']).openapi({
          description:
            '直接付、经结算方付、不结算（自备货） · Owed directly, through a clearing party, or not at all',
        }),
        balance: Money.optional().openapi({
          description: '经结算方付款的没有自己的余额 · None for whoever is paid through a clearing party',
        }),
      }),
    ),
    statements: z.array(FunderStatementSchema),
    maySend: z.boolean().openapi({ description: '您能不能交对账单 · Whether you may send a statement' }),
  })
  .openapi('FundMonth');

export const FundMonthsSchema = pageOf(
  z.object({
    fund: z.object({ id: z.string(), name: z.string(), unit: z.string() }),
    payer: z.string().openapi({ description: '出资方 · Who pays' }),
    month: z.string(),
    owed: Yuan,
    statement: z
      .object({ id: z.string(), number: z.int(), differences: z.int(), agreed: z.array(z.enum(SIDES)) })
      .optional(),
  }),
);

const Difference = z
  .object({
    id: z.string(),
    kind: z.enum(DIFFERENCES),
    field: z.enum(FIELDS).optional(),
    party: Party.optional(),
    written: z.string(),
    number: z.string(),
    row: z.int().optional(),
    ours: z.string().optional().openapi({ description: '元；积分时是个数 · Yuan, or points' }),
    theirs: z.string().optional(),
    tie: z.boolean().openapi({ description: '有几行一样，要由人认定 · Several say the same' }),
    pair: z.int().optional().openapi({
      description: '人工对上：第几对 · Paired by a person: the number of the pair',
    }),
    zh: z.string(),
    en: z.string(),
  })
  .openapi('FundDifference');
export const DifferencesSchema = pageOf(Difference);
/** One of theirs and as many of ours as a pair may have. */
const ROWS = /^[0-9a-f-]{36}(?:,[0-9a-f-]{36}){0,59}$/;
export const SideQuery = z.object({
  side: z.enum(OPEN_SIDES).optional().openapi({
    description: '只要一方的、还没有对上的行 · Only rows of one side that are in no pair',
  }),
  ids: z
    .string()
    .regex(ROWS, say('编号用逗号隔开，最多 60 个', 'Ids with commas between, 60 at most'))
    .optional()
    .openapi({
      description:
        '只要这几行里还没有对上的，用逗号隔开；不分页 · Of these rows those that are in no pair, ids with commas between; in one page',
    }),
});

export const FunderReportSchema = ImportReportSchema.extend({ comparison: Sums }).openapi('FunderReport');

const SignedYuan = z
  .string()
  .regex(/^-?(?:0|[1-9]\d{0,9})(?:\.\d{1,2})?$/, say('金额要写成 35.49 这样', 'An amount like 35.49'))
  .optional();
const TypedRow = z.object({
  party: text(120).openapi({ example: '和美物业' }),
  opening: SignedYuan,
  points: z
    .string()
    .regex(/^(?:0|[1-9]\d{0,12})$/, say('积分要是整数', 'Points are a whole number'))
    .optional(),
  accepted: SignedYuan,
  reversed: SignedYuan,
  paid: SignedYuan,
  closing: SignedYuan,
});
export type TypedRow = z.infer<typeof TypedRow>;
const Reason = z.string().max(300).optional().openapi({
  description:
    '双方已经确认过的，为什么还要换一份 · Why another one comes, where both sides have agreed to the latest',
});
export const StatementUploadQuery = UploadQuery.extend({ reason: Reason });
export const TypedStatementSchema = z
  .object({ rows: z.array(TypedRow).min(1).max(200), reason: Reason })
  .refine(({ rows }) => rows.every((row) => row.closing !== undefined || row.accepted !== undefined), {
    path: ['rows'],
    error: say('每一行至少要有本期应付或期末应付', 'Each row says what was accepted or is owed'),
  })
  .openapi('TypedFunderStatement');
export const TakenSchema = z.object({ statement: z.string(), comparison: Sums });
const Deeds = z.int().min(0).max(1_000_000);
export const AgreeSchema = z
  .object({
    side: z.enum(SIDES),
    remark: z.string().max(300).optional(),
    seen: z.object({ pairs: Deeds, splits: Deeds }).optional().openapi({
      description:
        '看到的 handwork；没有写就是没有看到任何一对 · The `handwork` that was seen; without it no pair was',
    }),
  })
  .openapi('AgreeToStatement');

export const SinceQuery = z.object({
  since: InstantSchema.optional().openapi({
    description: '只要这以后对上或拆开的 · Only what was paired or split after it',
  }),
});
export const PairSchema = z
  .object({
    theirs: IdSchema.openapi({ description: '对方的一行 · A row of theirs' }),
    ours: z
      .array(IdSchema)
      .min(1, say('请选我们的一行或几行', 'Choose one or more rows of ours'))
      .max(MOST_OF_OURS),
    reason: z.string().max(300).optional().openapi({
      description: '两边金额不同时，为什么仍然对上 · Why, where the amounts differ',
    }),
  })
  .openapi('PairRows');
export const PairedSchema = z.object({ id: z.string() });
export const PairingParams = z.object({ fundPairing: IdSchema });
const Deed = z.object({ name: z.string(), at: InstantSchema });
export const PairingsSchema = pageOf(
  z
    .object({
      id: z.string(),
      number: z.int(),
      theirs: Difference,
      ours: z.array(Difference),
      sums: z.object({ ours: Yuan, theirs: Yuan, difference: Yuan }),
      reason: z.string().optional(),
      made: Deed,
      split: Deed.optional().openapi({ description: '又拆开了 · Taken apart again' }),
      maySplit: z.boolean(),
    })
    .openapi('FundPairing'),
);

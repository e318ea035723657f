import { InstantSchema, z } from '../../platform/index.ts';

const Amount = z.string().openapi({ example: '35.49' });
const Party = z.object({ id: z.string(), name: z.string() });
const Movements = { opening: Amount, made: Amount, givenBack: Amount, posted: Amount, closing: Amount };
const Counts = z.object({
  ...{ opening: z.number().int(), made: z.number().int(), givenBack: z.number().int() },
  ...{ posted: z.number().int(), closing: z.number().int() },
});
const Signature = z.object({
  name: z.string().openapi({ description: '已删除个人信息的为空 · Empty for somebody who was erased' }),
  at: InstantSchema,
});

const Owed = z.array(
  z.object({ payer: Party, opening: Amount, captured: Amount, paid: Amount, closing: Amount }),
);
const Settlement = z.object({
  posted: Amount,
  owed: Amount,
  concession: Amount,
  carriedIn: z.string().openapi({
    description: '不足一分、从上月转来的，元 · Less than a fen, from before',
    example: '0.0040',
  }),
  carriedOut: z
    .string()
    .openapi({ description: '不足一分、转到下月的，元 · Less than a fen, to the next month' }),
});

const Sums = { count: z.number().int(), value: Amount, difference: Amount };

export const MonthStatementSchema = z
  .object({
    place: Party,
    firm: Party,
    month: z.string().openapi({ example: '2026-06' }),
    preliminary: z.boolean().openapi({ description: '初稿，还没关账 · A draft; the month is not closed' }),
    edition: z
      .number()
      .int()
      .openapi({ description: '第几版；重新打开再关账的会有下一版 · Which edition of the month' }),
    closure: z.string().optional(),
    points: z.array(z.object({ unit: z.string(), fund: Party, ...Movements })).openapi({
      description: '已答应给物业、还没入账的积分 · Points promised to the firm and not yet posted',
    }),
    values: z
      .array(z.object({ item: z.string(), ...Movements, counts: Counts }))
      .openapi({ description: '抵扣单的金额，按收费项目 · The value of offsets by fee item' }),
    totals: z.object({ ...Movements, counts: Counts }),
    owed: Owed.openapi({ description: '应收结算款，按付款方 · What firms are owed, by who pays it' }),
    borne: z
      .array(z.object({ fund: Party, amount: Amount }))
      .openapi({ description: '本月入账的由哪项经费承担 · Which fund bears what was posted' }),
    settlement: Settlement,
    firms: z.array(z.object({ firm: Party, owed: Owed, settlement: Settlement })).openapi({
      description:
        '每家物业公司各自的结算，月内换过物业的不止一家 · Each firm’s own; several where the firm changed',
    }),
    documents: z.object({
      count: z.number().int(),
      first: z.string(),
      last: z.string(),
      cancelled: z.number().int(),
    }),
    openBreaks: z.object(Sums),
    toCorrect: z.object(Sums).openapi({
      description:
        '物业说好更正、还没有清单证实的差异 · Breaks that the firm said it would correct, and no list has shown yet',
    }),
    carriedBreaks: z
      .object({
        ...Sums,
        list: z.array(
          z.object({
            ...{ id: z.string(), kind: z.string(), zh: z.string(), en: z.string(), difference: Amount },
            ...{ since: InstantSchema, carriedTo: z.string().openapi({ example: '2026-07' }) },
          }),
        ),
      })
      .openapi({
        description:
          '结转到后面月份的差异，最多列 200 处 · Breaks carried on to a later month; at most 200 are named',
      }),
    late: z.array(z.object({ month: z.string(), count: z.number().int(), value: z.string() })).openapi({
      description:
        '更正：物业在以前的月份入账或退回、记在本月的 · Posted or taken back by the firm in earlier months, and booked in this one',
    }),
    writeOffs: z
      .array(z.object({ firm: Party, item: z.string(), count: z.number().int(), value: Amount }))
      .openapi({
        description: '差异转销：物业多记的，由物业承担 · Written off: what firms posted too much, and bear',
      }),
    writeOffsTakenBack: z
      .array(
        z.object({ firm: Party, item: z.string(), on: z.string(), count: z.number().int(), value: Amount }),
      )
      .openapi({
        description:
          '本月撤销的转销，按原来转销的日期（on）；金额为负 · Write-offs taken back in the month, by the day on which each was made; below zero',
      }),
    evidence: z.array(z.object({ name: z.string(), sha256: z.string() })).openapi({
      description: '本月附上的凭据，最多列 200 个 · Evidence attached in the month; at most 200 are named',
    }),
    prepared: Signature.optional().openapi({ description: '制单：会计 · The accountant who asked' }),
    approved: Signature.optional().openapi({ description: '审核：财务负责人 · Who approved' }),
    readThrough: z.string().openapi({ description: '读到账上哪一笔（№）· The last transaction read' }),
    hash: z.object({ kept: z.string(), transaction: z.string(), intact: z.boolean() }).optional().openapi({
      description: '留存时的哈希，关账那笔交易也写着它 · As kept; the closing’s transaction commits to it',
    }),
    reopened: z
      .object({ reason: z.string(), name: z.string(), at: InstantSchema })
      .optional()
      .openapi({ description: '后来重新打开了 · The month was opened again' }),
    editions: z.array(z.object({ edition: z.number().int(), closure: z.string(), at: InstantSchema })),
  })
  .openapi('MonthStatement');
export type MonthStatementView = z.infer<typeof MonthStatementSchema>;

export const CHECKS = [
  'over',
  'bills',
  'handed-over',
  'posted-list',
  'breaks',
  'carried',
  'approvals',
  'expiry',
] as const;

export const ChecklistSchema = z
  .object({
    month: z.string().openapi({ example: '2026-06' }),
    checks: z.array(
      z.object({
        check: z.enum(CHECKS),
        state: z.enum(['done', 'told', 'blocks']).openapi({
          description:
            'done 已好；told 不挡关账，但要知道；blocks 办好才能关账 · Done; does not stop the closing; has to be done first',
        }),
        count: z.number().int(),
        value: Amount.optional(),
        difference: Amount.optional(),
      }),
    ),
  })
  .openapi('ClosingChecklist');

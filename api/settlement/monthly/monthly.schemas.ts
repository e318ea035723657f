import {
  DaySchema,
  IdSchema,
  InstantSchema,
  MonthSchema,
  pageOf,
  pageQuery,
  say,
  text,
  z,
} from '../../platform/index.ts';
import { RECEIPTS, SETTLEMENT_STATES } from './monthly.tables.ts';
import { SETTLEMENT_SIDES } from './settlements.ts';

export const SettlementParams = z.object({ settlement: IdSchema });
export const PaymentParams = z.object({ payment: IdSchema });
export const ClearingParams = z.object({ place: IdSchema, month: MonthSchema });

const Yuan = z.string().openapi({ example: '35.49', description: '元 · In yuan' });
/** With all the decimals that it has. */
const ExactYuan = z.string().openapi({ example: '0.0065', description: '元，精确到微元 · In yuan, exactly' });
const Points = z.string().openapi({ example: '3189' });
const Party = z.object({ id: z.string(), name: z.string() });
const Side = z.enum(SETTLEMENT_SIDES);
const State = z.enum(SETTLEMENT_STATES);
const Deed = z.object({ byName: z.string().openapi({ description: 'Masked.' }), at: InstantSchema });

const Pair = z.object({
  ...{ payer: Party, payee: Party, owed: ExactYuan },
  settled: Yuan.openapi({ description: '已出结算单、还没付的 · In settlements that wait to be paid' }),
  open: ExactYuan.openapi({
    description: '还没出结算单的，含结转的尾数 · Not settled yet, remainders included',
  }),
});
const Pairs = z.object({
  sums: z.object({ owed: ExactYuan, settled: Yuan, open: ExactYuan }),
  rows: z.array(Pair),
});
export const PairsSchema = z
  .object({
    pays: Pairs.openapi({ description: '这里应付的 · What it owes' }),
    gets: Pairs.openapi({ description: '这里应收的 · What it is owed' }),
    more: z.boolean(),
    /** The last month that is over. */
    month: MonthSchema,
    mayMake: z.boolean(),
    clearing: z.array(Party).openapi({ description: '这里的结算方 · Its clearing parties' }),
  })
  .openapi('SettlementPairs');

const summary = {
  ...{ id: z.string(), version: z.int(), number: z.string().openapi({ example: 'JS-2607-0001' }) },
  ...{ payer: Party, payee: Party, month: MonthSchema },
  since: MonthSchema.openapi({ description: '其中最早的月份 · The first month in it' }),
  ...{ state: State, net: Yuan, paid: Yuan, left: Yuan, madeAt: InstantSchema },
  received: Yuan.openapi({ description: '收款方确认收到的 · What its payee has confirmed' }),
};
export const SettlementSummarySchema = z.object(summary);
export const SettlementsSchema = pageOf(SettlementSummarySchema);
export const SettlementsQuery = pageQuery(['newest']).extend({
  side: Side.openapi({ description: 'payee 这里应收的，payer 这里应付的 · Paid to it, or by it' }),
  state: State.optional(),
});

const Remark = z.object({
  ...{ side: Side, kind: z.enum(['objection', 'answer']), said: z.string() },
  ...{ byName: z.string(), at: InstantSchema },
});
export const PaymentSchema = z
  .object({
    ...{ id: z.string(), version: z.int(), number: z.string().openapi({ example: 'FK-2607-0001' }) },
    ...{ settlement: z.string(), settlementNumber: z.string(), month: MonthSchema, since: MonthSchema },
    ...{ payer: Party, payee: Party, amount: Yuan },
    amountWords: z.string().openapi({ example: '叁拾伍元肆角玖分' }),
    reference: z.string().openapi({ description: '银行流水号 · The bank’s number of the transfer' }),
    ...{ paidOn: DaySchema, paid: Deed, state: z.enum(['paid', 'asked-back', 'taken-back']) },
    transferTotal: Yuan.optional().openapi({
      description:
        '这笔转账还付了别的结算单：转账总额 · What the transfer was in all, where it pays more than this',
    }),
    asked: Deed.extend({ reason: z.string() }).optional(),
    takenBack: Deed.optional(),
    receipt: z.enum(RECEIPTS).openapi({
      description: '收款方：waiting 还没确认，received 收到了，disputed 没有收到 · What its payee says',
    }),
    said: Deed.extend({ reason: z.string().optional() }).optional(),
    /** Whether the reader may ask to have it taken back, decide it, and say for the payee whether it came. */
    ...{ mayAsk: z.boolean(), mayDecide: z.boolean(), mayReceive: z.boolean(), mayDispute: z.boolean() },
    places: z.object({ payer: z.string(), payee: z.string() }),
  })
  .openapi('SettlementPayment');
export const SettlementSchema = z
  .object({
    ...summary,
    netWords: z.string(),
    ...{ carriedIn: ExactYuan, taken: ExactYuan, returned: ExactYuan },
    conceded: ExactYuan.openapi({
      description: '按约定系数让给付款方的，已经扣除 · Left to the payer by the agreed factor',
    }),
    carriedOut: ExactYuan.openapi({ description: '不到一分的，结转下期 · Carried on: less than a fen' }),
    ...{ madeByName: z.string(), confirmed: Deed.optional(), agreed: Deed.optional() },
    ...{ remarks: z.array(Remark), payments: z.array(PaymentSchema) },
    morePayments: z.boolean().openapi({
      description: '付款超过 100 笔，其余见 /payments · More than 100; /payments has all',
    }),
    may: z.object({
      ...{ confirm: z.boolean(), agree: z.boolean(), pay: z.boolean() },
      object: z.array(Side),
      answer: z.array(Side),
    }),
  })
  .openapi('Settlement');

export const LinesSchema = pageOf(
  z.object({
    ...{ id: z.string(), fund: Party, redeemer: Party, unit: z.string(), rate: ExactYuan },
    factor: z.string().openapi({ example: '0.95' }),
    ...{ takenPoints: Points, taken: ExactYuan, returnedPoints: Points, returned: ExactYuan },
  }),
);
export const ItemsSchema = pageOf(
  z.object({
    transaction: z.string(),
    kind: z.enum(['taken', 'returned']),
    what: z.enum(['offset', 'goods']),
    number: z.string().openapi({ description: '抵扣单号或流水号 · Of the offset, or of the transaction' }),
    at: InstantSchema,
    originalAt: InstantSchema.optional().openapi({ description: '原来的时间 · When it was taken first' }),
    ...{ points: Points, amount: ExactYuan },
  }),
);

export const MakeSchema = z.strictObject({ month: MonthSchema }).openapi('NewSettlements');
export const MadeSchema = z.object({
  made: z.int(),
  more: z.boolean().openapi({
    description: '一次最多出 200 张；还有没出的，再出一次 · At most 200 in one go: ask again for the others',
  }),
});
const Version = z.int().min(1);
export const AgreeSchema = z.strictObject({ side: Side, version: Version }).openapi('AgreeToSettlement');
export const SaySchema = z
  .strictObject({ side: Side, version: Version, said: text(300) })
  .openapi('SettlementRemark');

const AmountSchema = z
  .string()
  .regex(
    /^(?!0(?:\.0{1,2})?$)(?:0|[1-9]\d{0,9})(?:\.\d{1,2})?$/,
    say('金额要大于零，写成 35.49 这样', 'An amount above zero, like 35.49'),
  )
  .openapi({ example: '35.49' });
export const PaySchema = z
  .strictObject({
    amount: AmountSchema,
    reference: text(64).openapi({ example: '2026070200017' }),
    paidOn: DaySchema,
    transferTotal: AmountSchema.optional().openapi({
      description:
        '这笔转账的总额：只在一笔转账付几张结算单时写 · What the transfer was in all: only where it pays several settlements',
    }),
  })
  .openapi('PaySettlement');
export const ReceiveSchema = z
  .strictObject({
    version: Version,
    dispute: text(200).optional().openapi({ description: '没有收到：写明情况 · It did not come: say what' }),
  })
  .openapi('ReceivePayment');
export const AskBackSchema = z.strictObject({ reason: text(200) }).openapi('AskPaymentBack');
export const DecideBackSchema = z
  .strictObject({ decision: z.enum(['take-back', 'keep']) })
  .openapi('DecidePaymentBack');

export const PaymentsSchema = pageOf(PaymentSchema);

const ClearingRow = z.object({
  ...{ party: Party, opening: ExactYuan, taken: ExactYuan, returned: ExactYuan },
  ...{ paid: Yuan, closing: ExactYuan },
});
const ClearingSide = z.object({ sum: ClearingRow.omit({ party: true }), rows: z.array(ClearingRow) });
export const ClearingSchema = z
  .object({
    ...{ party: Party, month: MonthSchema, over: z.boolean() },
    in: ClearingSide.openapi({ description: '向出资方收 · From funds' }),
    out: ClearingSide.openapi({ description: '向收分方付 · To redeemers' }),
    difference: ExactYuan.openapi({ description: '两边之差，应为零 · Between the two; zero' }),
    held: ExactYuan.openapi({
      description: '收到还没付出的；负数是先垫付的 · Received and not paid out yet',
    }),
  })
  .openapi('ClearingMonth');

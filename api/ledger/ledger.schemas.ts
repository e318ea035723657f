/** Wire shapes of the ledger: amounts and ids as texts, instants as ISO 8601; checked and never transformed. */
import { AmountSchema, IdSchema, InstantSchema, pageOf, pageQuery, say, text, z } from '../platform/index.ts';

const code = (most: number) => text(most).regex(/^[\x21-\x7e]+$/);

/** Left out by a promise; all three given by a series. */
const SeriesSchema = z.strictObject({
  expiresAt: InstantSchema,
  rateMicro: AmountSchema,
  budgetReturns: z.boolean(),
});

export const EntryDraftSchema = z.strictObject({
  /** Whoever it is, a random id: the ledger keeps it for ever (rule 8), so it takes no phone or name. */
  owner: IdSchema,
  /** What waits, is held or was redeemed moves by the steps that know what is left of it; a budget by its approval. */
  role: z.enum(['available', 'expired', 'debt', 'issuer', 'unissued', 'issued', 'owed']),
  unit: code(16),
  fund: code(64),
  series: SeriesSchema.optional(),
  amount: AmountSchema,
});

export const NewTransactionSchema = z
  .strictObject({
    place: code(64),
    kind: z.string().regex(/^[a-z][a-z-]{0,30}$/),
    entries: z.array(EntryDraftSchema).min(2).max(256),
    effectiveAt: InstantSchema.optional(),
    originalEffectiveAt: InstantSchema.optional(),
    memoCommitment: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  })
  .openapi('NewTransaction');

export const PostedSchema = z
  .object({ unit: z.string(), transactions: z.array(z.string()), bookedAt: InstantSchema })
  .openapi('Posted');

export const BookParams = z.object({ book: z.string().regex(/^[1-9]\d{0,3}$/) });
export const OwnerParams = BookParams.extend({ owner: code(64) });
export const TransactionParams = z.object({ transaction: z.string().regex(/^[1-9]\d{0,15}$/) });
/** One of the two at most. */
export const AsOfQuery = z
  .object({
    effectiveAt: InstantSchema.optional().openapi({
      description:
        '截至这一时刻已生效的（后来补记的也算） · What had taken effect by then, late entries included',
    }),
    seq: z
      .string()
      .regex(/^(0|[1-9]\d{0,11})$/)
      .optional()
      .openapi({
        description: '账簿的第几笔交易记入之后 · Right after this transaction of the book was booked',
      }),
  })
  .refine(({ effectiveAt, seq }) => effectiveAt === undefined || seq === undefined, {
    path: ['seq'],
    message: say('effectiveAt 和 seq 只能用一个', 'Name effectiveAt or seq, not both'),
  });

export const BalanceSchema = z
  .object({
    role: z.string(),
    counterparty: z.string(),
    kind: z.enum(['series', 'promise', 'cny6']),
    unit: z.string(),
    fund: z.string(),
    expiresAt: InstantSchema.optional(),
    rateMicro: z.string(),
    balance: z.string(),
  })
  .openapi('Balance');
export const BalancesSchema = z.object({ owner: z.string(), balances: z.array(BalanceSchema) });

export const StatementLineSchema = z
  .object({
    entry: z.string(),
    transaction: z.string(),
    kind: z.string(),
    place: z.string(),
    role: z.string(),
    counterparty: z.string(),
    unit: z.string(),
    fund: z.string(),
    expiresAt: InstantSchema.optional(),
    amount: z.string(),
    balanceAfter: z.string(),
    effectiveAt: InstantSchema,
    bookedAt: InstantSchema,
    reverses: z.string().optional(),
  })
  .openapi('StatementLine');
export const StatementSchema = pageOf(StatementLineSchema);

export const TransactionHeadSchema = z
  .object({
    id: z.string(),
    seq: z.number().int(),
    place: z.string(),
    kind: z.string(),
    effectiveAt: InstantSchema,
    bookedAt: InstantSchema,
    actor: z.string(),
    hash: z.string(),
  })
  .openapi('TransactionHead');
export const TransactionsQuery = pageQuery(['newest']).extend({
  late: z.enum(['yes']).optional().openapi({
    description: '只要补登的：生效早于记账 · Only those that took effect before they were booked',
  }),
  refunds: z.enum(['yes']).optional().openapi({
    description: '只要退还和收回积分的 · Only those that gave points back or took them back',
  }),
});
export const TransactionsSchema = pageOf(TransactionHeadSchema);

export const TransactionSchema = TransactionHeadSchema.extend({
  book: z.number().int(),
  originalEffectiveAt: InstantSchema.optional(),
  unit: z.string(),
  source: z.string(),
  hold: z.string().optional(),
  reverses: z.string().optional(),
  ruleVersion: z.string().optional().openapi({
    description:
      '规则编号:规则内容的 SHA-256（RFC 8785）；旧交易只有编号 · The id of the rule and the SHA-256 of its content (RFC 8785); older transactions have the id alone',
  }),
  terms: z.string().optional(),
  entries: z.array(
    z.object({
      id: z.string(),
      owner: z.string(),
      role: z.string(),
      counterparty: z.string(),
      kind: z.enum(['series', 'promise', 'cny6']),
      unit: z.string(),
      fund: z.string(),
      expiresAt: InstantSchema.optional(),
      amount: z.string(),
      balanceAfter: z.string(),
    }),
  ),
  counters: z.array(z.object({ key: z.string(), amount: z.string(), totalAfter: z.string() })),
}).openapi('Transaction');

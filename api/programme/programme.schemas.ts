import { AmountSchema, IdSchema, InstantSchema, pageOf, say, text, z } from '../platform/index.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const FundParams = z.object({ fund: IdSchema });
export const BudgetParams = z.object({ budget: IdSchema });

export const FundSchema = z
  .object({
    id: z.string(),
    place: z.string(),
    name: z.string(),
    unit: z.string(),
    rateMicro: z.string(),
    approved: z.string(),
    unissued: z.string(),
  })
  .openapi('Fund');
export const FundsSchema = pageOf(FundSchema);

/** More points than any fund gives; what is typed beyond it is a slip, seen before anybody approves it. */
const MOST_OF_A_BUDGET = 1_000_000_000_000;
const BudgetAmountSchema = AmountSchema.refine(
  (amount) => Number(amount) > 0 && Number(amount) <= MOST_OF_A_BUDGET,
  say('额度应当大于 0，不超过一万亿分', 'More than 0, and no more than 10¹² points'),
);

export const NewBudgetSchema = z
  .strictObject({
    amount: BudgetAmountSchema,
    basis: text(120).openapi({ example: '金康社区〔2026〕第 6 号会议纪要' }),
  })
  .openapi('NewBudget');
const StateSchema = z.enum(['waiting', 'approved', 'withdrawn']);
export type BudgetState = z.infer<typeof StateSchema>;

export const BudgetSchema = z
  .object({
    id: z.string(),
    fund: z.string(),
    amount: z.string(),
    basis: z.string(),
    state: StateSchema,
    requestedBy: z.string(),
    requestedByName: z.string().optional().openapi({ description: 'Masked.' }),
    approvedBy: z.string().optional(),
    approvedByName: z.string().optional().openapi({ description: 'Masked.' }),
    transaction: z.string().optional(),
    at: InstantSchema,
  })
  .openapi('Budget');
export const BudgetsSchema = pageOf(BudgetSchema);

export const WaitingBudgetsSchema = pageOf(
  BudgetSchema.extend({ fundName: z.string(), unit: z.string(), rateMicro: z.string() }),
);

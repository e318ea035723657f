import { AmountSchema, IdSchema, InstantSchema, pageOf, text, z } from '../platform/index.ts';

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
export const FundsSchema = z.object({ items: z.array(FundSchema) });

export const NewBudgetSchema = z
  .strictObject({
    amount: AmountSchema,
    basis: text(120).openapi({ example: '金康社区〔2026〕第 6 号会议纪要' }),
  })
  .openapi('NewBudget');
export const BudgetSchema = z
  .object({
    id: z.string(),
    fund: z.string(),
    amount: z.string(),
    basis: z.string(),
    requestedBy: z.string(),
    approvedBy: z.string().optional(),
    transaction: z.string().optional(),
    at: InstantSchema,
  })
  .openapi('Budget');
export const BudgetsSchema = pageOf(BudgetSchema);

import { IdSchema, InstantSchema, pageOf, pageQuery, z } from '../../platform/index.ts';
import { QuantitySchema } from '../goods/lines.schemas.ts';
import { MOVEMENT_KINDS } from './stock.tables.ts';

export const StocktakingParams = z.object({ stocktaking: IdSchema });

const ReasonSchema = z
  .string()
  .max(200)
  .refine((t) => t.isWellFormed() && !t.includes('\0'));

export const NewMovementSchema = z
  .strictObject({
    kind: z.enum(['delivery', 'returned', 'damaged']),
    quantity: QuantitySchema,
    reason: ReasonSchema.optional(),
  })
  .openapi('NewStockMovement');
export const MoveSchema = z
  .strictObject({ to: IdSchema, quantity: QuantitySchema, reason: ReasonSchema.optional() })
  .openapi('StockMove');

export const MovementSchema = z
  .object({
    id: z.string(),
    goods: z.object({ id: z.string(), name: z.string() }),
    kind: z.enum(MOVEMENT_KINDS),
    free: z.number().int().openapi({ description: 'By how much the shelf changed.' }),
    kept: z.number().int().openapi({ description: 'By how much what is set aside for orders changed.' }),
    freeAfter: z.number().int(),
    keptAfter: z.number().int(),
    reason: z.string(),
    by: z.string(),
    at: InstantSchema,
  })
  .openapi('StockMovement');
export const MovementsSchema = pageOf(MovementSchema);
export const MovementsQuerySchema = pageQuery(['newest']);

export const NewStocktakingSchema = z
  .strictObject({
    note: ReasonSchema.optional(),
    counts: z
      .array(z.strictObject({ goods: IdSchema, counted: z.number().int().min(0).max(999_999) }))
      .min(1)
      .max(100),
  })
  .openapi('NewStocktaking');
export const DecisionSchema = z.strictObject({ reason: ReasonSchema }).openapi('StocktakingDecision');

export const StocktakingSchema = z
  .object({
    id: z.string(),
    state: z.enum(['counted', 'confirmed', 'dropped']),
    note: z.string(),
    reason: z.string(),
    countedBy: z.string(),
    mine: z.boolean().openapi({ description: 'I counted it, so that another confirms.' }),
    decidedBy: z.string(),
    at: InstantSchema,
    counts: z.array(
      z.object({
        goods: z.object({ id: z.string(), name: z.string() }),
        expected: z.number().int(),
        counted: z.number().int(),
      }),
    ),
  })
  .openapi('Stocktaking');
export const StocktakingsSchema = pageOf(StocktakingSchema.omit({ counts: true }));

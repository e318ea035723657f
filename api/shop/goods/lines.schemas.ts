import { IdSchema, z } from '../../platform/index.ts';

export const QuantitySchema = z.number().int().min(1).max(9_999).openapi({ example: 1 });

/** Goods at the prices that were shown. */
export const LinesSchema = z
  .array(z.strictObject({ goods: IdSchema, price: IdSchema, quantity: QuantitySchema }))
  .min(1)
  .max(20);

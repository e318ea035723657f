import { InstantSchema, ProblemSchema, say, z } from '../platform/index.ts';
import { BATCH_ROWS } from './rules/batch-lines.ts';

const words = say(`一次交 1 到 ${BATCH_ROWS} 笔`, `From 1 to ${BATCH_ROWS} purchases a call`);

/** Rows are read one by one, so that one that is badly written is refused alone. */
export const PurchaseBatchSchema = z
  .strictObject({
    rows: z
      .array(z.unknown())
      .min(1, words)
      .max(BATCH_ROWS, words)
      .openapi({
        type: 'array',
        items: { $ref: '#/components/schemas/NewPurchase' },
        description:
          '每一笔自成一行；写错的一行只有它自己被拒绝 · Each row stands for itself; one that is wrong is refused alone',
      }),
  })
  .openapi('PurchaseBatch');

export const BatchResultsSchema = z
  .object({
    credited: z.number().int(),
    refused: z.number().int(),
    rows: z
      .array(
        z.discriminatedUnion('result', [
          z.object({
            row: z.number().int(),
            result: z.literal('credited'),
            purchase: z.string(),
            points: z.string(),
            unit: z.string(),
            at: InstantSchema,
          }),
          z.object({ row: z.number().int(), result: z.literal('refused'), problem: ProblemSchema }),
        ]),
      )
      .openapi({
        description: '与所交的顺序一致，从 1 数起 · In the order of the rows sent, counted from 1',
      }),
  })
  .openapi('PurchaseBatchResults');

import { InstantSchema, say, text, z } from '../platform/index.ts';
import { parseMonth } from './rules/index.ts';

export const BookParams = z.object({ book: z.string().regex(/^[1-9]\d{0,3}$/) });

export const SampleQuery = z.object({
  month: z
    .string()
    .refine(
      (month) => parseMonth(month) !== undefined,
      say('月份要写成 2026-05 这样', 'A month like 2026-05'),
    )
    .openapi({ example: '2026-05' }),
  seed: text(40).openapi({ example: '2026-06-03', description: 'Anything written down before drawing.' }),
  size: z
    .string()
    .regex(/^(?:[1-9]\d?|1\d\d|200)$/, say('抽 1 到 200 笔', 'From 1 to 200'))
    .openapi({ example: '25' }),
});
export const SampleListQuery = SampleQuery.extend({ format: z.enum(['csv', 'csv-gb18030']).optional() });

export const SampleSchema = z
  .object({
    ...{ book: z.int(), month: z.string(), seed: z.string(), size: z.int() },
    /** What it is drawn from: the first and the last number booked in the month. */
    from: z.object({ first: z.int(), last: z.int(), count: z.int() }),
    items: z.array(
      z.object({
        ...{ transaction: z.string(), seq: z.int(), kind: z.string(), place: z.string(), hash: z.string() },
        ...{ bookedAt: InstantSchema, effectiveAt: InstantSchema },
        actorName: z.string().optional().openapi({ description: 'Masked.' }),
      }),
    ),
    digest: z.string().openapi({ description: 'SHA-256 over the hashes of the sample, one a line.' }),
  })
  .openapi('AuditSample');

/** What may be written into an offset rule; the bounds keep every quote a safe integer. */
import { z } from 'zod';
import { ROUNDINGS } from '../../platform/money/index.ts';
import type { OffsetRule } from './offset-rule.ts';

export const offsetRuleSchema = z.strictObject({
  kind: z.literal('offset'),
  feeItems: z.array(z.string().min(1).max(40)).min(1).max(50),
  minBillFen: z.int().min(1).max(100_000_000).optional(),
  maxShare: z.string().regex(/^(?:0(?:\.\d{1,4})?|1)$/),
  rounding: z.enum(ROUNDINGS),
  maxFenPerHouseholdMonth: z.int().min(1).max(100_000_000),
  /** At most the 28th, so that every month has the day. */
  cutOffDay: z.int().min(1).max(28),
  relations: z.array(z.enum(['owner', 'family', 'tenant'])).min(1),
  refusesArrears: z.boolean(),
  worthMicro: z
    .record(z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/), z.int().min(1).max(100_000_000))
    .refine((worth) => Object.keys(worth).length > 0),
}) satisfies z.ZodType<OffsetRule>;

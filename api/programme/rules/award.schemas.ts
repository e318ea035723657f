/**
 * What a programme may write into an award rule. The bounds keep every award a safe integer whatever is combined:
 * 100,000 points an hour × 24 hours × 99 × 99 × 99 stays far below 2^53.
 */
import { z } from 'zod';
import { ROUNDINGS } from '../../platform/money/index.ts';
import { text } from '../../platform/index.ts';
import { TRUSTS, type AwardRule } from './award-rule.ts';

export const unitCodeSchema = z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/);
const factor = z.string().regex(/^(?:0|[1-9]\d?)(?:\.\d{1,4})?$/);
const fraction = z.string().regex(/^(?:0(?:\.\d{1,4})?|1)$/);

export const expirySchema = z.union([
  z.strictObject({
    bucket: z.enum(['month', 'quarter', 'year']),
    later: z.int().min(0).max(120),
    graceMonths: z.int().min(0).max(24).optional(),
  }),
  z.strictObject({ never: z.literal(true) }),
]);

const serviceAwardRule = z.strictObject({
  kind: z.literal('award'),
  unit: unitCodeSchema,
  pointsPerHour: z.int().min(0).max(100_000),
  typePointsPerHour: z
    .record(text(40), z.int().min(0).max(100_000))
    .refine((types) => Object.keys(types).length > 0 && Object.keys(types).length <= 50)
    .optional(),
  maxMinutesPerActivity: z.int().min(1).max(1_440),
  maxPointsPerDay: z.int().min(1).max(1_000_000_000),
  maxServicesPerMonth: z.int().min(1).max(1_000).optional(),
  frequency: z.strictObject({ from: z.int().min(2).max(1_000), factor }).optional(),
  minimumShare: fraction,
  dayFactors: z.strictObject({ workday: factor, weekend: factor, holiday: factor, 'make-up': factor }),
  gradeFactors: z.strictObject({
    'very-satisfied': factor,
    satisfied: factor,
    'fairly-satisfied': factor,
    dissatisfied: factor,
    'very-dissatisfied': factor,
  }),
  earningTrust: z
    .array(z.enum(TRUSTS))
    .min(1)
    .refine((trusts) => new Set(trusts).size === trusts.length),
  rounding: z.enum(ROUNDINGS),
  expiry: expirySchema,
});

const purchaseAwardRule = z.strictObject({
  kind: z.literal('purchase'),
  unit: unitCodeSchema,
  points: z.int().min(1).max(100_000),
  perFen: z.int().min(1).max(100_000_000),
  maxPointsPerDay: z.int().min(1).max(1_000_000_000),
  expiry: expirySchema,
});

/** The body of an award rule's version, as the programme's JSON. */
export const awardRuleSchema = z.discriminatedUnion('kind', [
  serviceAwardRule,
  purchaseAwardRule,
]) satisfies z.ZodType<AwardRule>;

/** What may be written into an offset rule; the bounds keep every quote a safe integer. */
import { z } from 'zod';
import { ROUNDINGS } from '../../platform/money/index.ts';
import type { OffsetRule } from './offset-rule.ts';

const ShareSchema = z.string().regex(/^(?:0(?:\.\d{1,4})?|1)$/);
const FenSchema = z.int().min(1).max(100_000_000);
const WorthSchema = z
  .record(z.string().regex(/^[A-Z][A-Z0-9]{1,11}$/), z.int().min(1).max(100_000_000))
  .refine((worth) => Object.keys(worth).length > 0);
const ItemSchema = z.string().min(1).max(40);
const DateSchema = z.iso.date();

const ItemPartSchema = z
  .strictObject({
    minBillFen: FenSchema.optional(),
    maxShare: ShareSchema.optional(),
    maxFenPerHouseholdMonth: FenSchema.optional(),
    worthMicro: WorthSchema.optional(),
    from: DateSchema.optional(),
    until: DateSchema.optional(),
  })
  .refine(({ from, until }) => from === undefined || until === undefined || from <= until);

export const offsetRuleSchema = z
  .strictObject({
    kind: z.literal('offset'),
    feeItems: z.array(ItemSchema).min(1).max(50),
    minBillFen: FenSchema.optional(),
    maxShare: ShareSchema,
    rounding: z.enum(ROUNDINGS),
    maxFenPerHouseholdMonth: FenSchema,
    /** At most the 28th, so that every month has the day. */
    cutOffDay: z.int().min(1).max(28),
    relations: z.array(z.enum(['owner', 'family', 'tenant'])).min(1),
    refusesArrears: z.boolean(),
    arrears: z.enum(['oldest-first']).optional(),
    itemOrder: z.enum(['as-listed']).optional(),
    items: z.record(ItemSchema, ItemPartSchema).optional(),
    worthMicro: WorthSchema,
  })
  // What nobody can be billed by that name would be said and never done.
  .refine(({ feeItems, items = {} }) => Object.keys(items).every((item) => feeItems.includes(item)), {
    path: ['items'],
  }) satisfies z.ZodType<OffsetRule>;

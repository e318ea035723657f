import { ActedBySchema } from '../identity/index.ts';
import { InstantSchema, pageOf, pageQuery, say, text, z } from '../platform/index.ts';
import { parseMonth } from './rules/index.ts';

export const TransactionParams = z.object({ transaction: z.string().regex(/^[1-9]\d{0,15}$/) });

const StepSchema = z.object({ zh: z.string(), en: z.string(), value: z.string() });

export const MemberPointsSchema = z
  .object({
    units: z.array(
      z.object({
        unit: z.string(),
        available: z.string(),
        pending: z.string(),
        held: z.string(),
        toSettle: z.string(),
        heldFor: z.array(
          z.object({ hold: z.string(), redeemer: z.string(), until: InstantSchema, amount: z.string() }),
        ),
        ending: z.array(z.object({ lastDay: z.string().optional(), amount: z.string() })),
      }),
    ),
  })
  .openapi('MemberPoints');

export const MovementSchema = z
  .object({
    transaction: z.string(),
    kind: z.string(),
    place: z.string(),
    bookedAt: InstantSchema,
    effectiveAt: InstantSchema,
    reverses: z.string().optional(),
    changes: z.array(z.object({ role: z.string(), unit: z.string(), amount: z.string() })),
    text: z.object({ zh: z.string(), en: z.string() }).optional(),
    actedBy: ActedBySchema.optional(),
    settled: z.object({ transaction: z.string(), bookedAt: InstantSchema }).optional().openapi({
      description: 'Of an award that waits no longer: the release, or the rejection of all of it.',
    }),
  })
  .openapi('Movement');
export const MovementsSchema = pageOf(MovementSchema).extend({
  lookedUntil: InstantSchema.optional().openapi({
    description: 'Found few, and not looked further back than this; `next` looks on.',
  }),
});

/** What people look for: what they got, what they used, what was given back or corrected, what ended. */
export const MOVEMENT_GROUPS = ['got', 'used', 'back', 'ended'] as const;
export const MovementsQuery = pageQuery(['newest']).extend({
  month: z
    .string()
    .refine(
      (month) => parseMonth(month) !== undefined,
      say('月份要写成 2026-05 这样', 'A month like 2026-05'),
    )
    .optional()
    .openapi({ description: 'The month in which it was booked.' }),
  kind: z.enum(MOVEMENT_GROUPS).optional(),
  text: text(40).optional().openapi({ description: 'Words of a movement; only within a month.' }),
});

export const WhySchema = MovementSchema.omit({ changes: true })
  .extend({
    steps: z.array(StepSchema),
    correctedFrom: z.string().optional().openapi({
      example: '2026-06-25',
      description: '更正自：本来是哪一天的 · Of a late correction, the day that it is of',
    }),
    maker: z.string().openapi({ example: 'person:01890a5d-ac96-774b-bcce-b302099a8057' }),
    makerName: z.string().optional().openapi({ example: '周*' }),
    madeForName: z.string().optional().openapi({
      description: '经手人替谁办的，已脱敏 · For whom the maker did it, masked',
      example: '王*兰',
    }),
    checker: z.string().optional(),
    checkerName: z.string().optional(),
    ruleVersion: z.string().optional(),
    rule: z
      .object({
        place: z.string().openapi({ example: '金康社区' }),
        kind: z.enum(['award', 'purchase', 'offset']),
        validFrom: InstantSchema,
        reason: z.string(),
        body: z.looseObject({}),
        isAsCited: z.boolean().optional().openapi({
          description:
            '现存的规则与记账时是否一致；旧交易没有留下规则内容的哈希，不写 · Whether the rule as stored is what the transaction cites; left out of older transactions, which cite no content',
        }),
      })
      .optional(),
    parties: z.array(
      z.object({ id: z.string(), kind: z.enum(['resident', 'fund', 'place']), name: z.string() }),
    ),
  })
  .openapi('Why');

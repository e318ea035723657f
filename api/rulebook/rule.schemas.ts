import { offsetRuleSchema } from '../fees/index.ts';
import { awardRuleSchema, parseMonth } from '../programme/index.ts';
import { DaySchema, IdSchema, InstantSchema, pageOf, pageQuery, say, text, z } from '../platform/index.ts';
import { RULE_KINDS } from './rules/rule-body.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const VersionParams = z.object({ ruleVersion: IdSchema });
export const KindSchema = z.enum(RULE_KINDS);

export const RuleBodySchema = z
  .discriminatedUnion('kind', [...awardRuleSchema.options, offsetRuleSchema])
  .openapi('RuleBody');

/**
 * Of a point worth more than four decimals of a yuan thousands come to whole fen: nobody could offset anything. Rules of
 * old that say so go on; new ones are not published.
 */
const FINEST_WORTH_MICRO = 100;

function isWholeSoon({ body }: { body: z.infer<typeof RuleBodySchema> }): boolean {
  if (body.kind !== 'offset') return true;
  const worths = [
    body.worthMicro,
    ...Object.values(body.items ?? {}).map(({ worthMicro = {} }) => worthMicro),
  ];
  return worths.flatMap((worth) => Object.values(worth)).every((micro) => micro % FINEST_WORTH_MICRO === 0);
}

const wholeSoon = {
  path: ['body', 'worthMicro'],
  error: say(
    '一分抵多少元最多写到四位小数，例如 0.0125',
    'What a point pays has at most four decimals of a yuan, such as 0.0125',
  ),
};

const WordsSchema = z.object({ zh: z.string(), en: z.string() });
const LineSchema = z.object({ key: z.string(), name: WordsSchema, text: WordsSchema });

export const RuleVersionSchema = z
  .object({
    id: z.string(),
    place: z.string(),
    placeName: z.string(),
    kind: KindSchema,
    state: z.enum(['to-come', 'in-force', 'earlier', 'withdrawn']),
    from: InstantSchema,
    until: InstantSchema.optional().openapi({ description: 'When the next version of the place begins.' }),
    reason: z.string(),
    basis: z.string().optional(),
    publishedBy: z.string(),
    publishedByName: z.string().optional().openapi({ description: 'Masked.' }),
    publishedAt: InstantSchema,
    withdrawal: z
      .object({ by: z.string(), byName: z.string().optional(), at: InstantSchema, reason: z.string() })
      .optional(),
    body: RuleBodySchema,
    lines: z.array(LineSchema),
  })
  .openapi('RuleVersion');

export const RulesOfPlaceSchema = z.object({
  place: z.object({ id: z.string(), name: z.string(), kind: z.string() }),
  items: z.array(
    z.object({
      kind: KindSchema,
      inForce: RuleVersionSchema.optional(),
      next: RuleVersionSchema.optional().openapi({ description: 'The first of those to come.' }),
      template: RuleBodySchema,
    }),
  ),
});

export const VersionsQuery = pageQuery(['newest']).extend({ kind: KindSchema });
export const VersionsSchema = pageOf(RuleVersionSchema);

export const NewVersionSchema = z
  .strictObject({ body: RuleBodySchema, from: DaySchema, reason: text(200), basis: text(120) })
  .refine(isWholeSoon, wholeSoon)
  .openapi('NewRuleVersion');

export const WithdrawVersionSchema = z.strictObject({ reason: text(200) }).openapi('WithdrawRuleVersion');

export const DraftSchema = z
  .strictObject({ body: RuleBodySchema })
  .refine(isWholeSoon, wholeSoon)
  .openapi('RuleDraft');

export const TwoVersionsParams = VersionParams.extend({ earlier: IdSchema });
const DifferenceSchema = z.object({
  key: z.string(),
  name: WordsSchema,
  before: WordsSchema.optional(),
  after: WordsSchema.optional(),
});
/** Which version something is compared with; none where it is the first of its kind. */
const AgainstSchema = z.object({ id: z.string(), placeName: z.string(), from: InstantSchema }).optional();
export const DifferencesSchema = z.object({
  before: AgainstSchema,
  differences: z.array(DifferenceSchema),
});
export const ReadDraftSchema = DifferencesSchema.extend({ lines: z.array(LineSchema) });

export const TrialProgressSchema = z
  .object({
    running: z.boolean(),
    done: z
      .int()
      .optional()
      .openapi({ description: '已算多少笔；还在等前面的试算时没有 · Left out while others are before it' }),
  })
  .openapi('TrialProgress');
export const TrySchema = z
  .strictObject({
    body: RuleBodySchema,
    month: z
      .string()
      .refine(
        (text) => parseMonth(text) !== undefined,
        say('月份要写成 2026-05 这样', 'A month like 2026-05'),
      )
      .openapi({ example: '2026-05' }),
  })
  .refine(isWholeSoon, wholeSoon)
  .openapi('RuleTrialRequest');

const Sums = { before: z.string(), after: z.string() };
export const TrialSchema = z
  .object({
    measure: z.enum(['points', 'fen']).openapi({ description: 'What the amounts count; of offsets fen.' }),
    count: z.int(),
    places: z.int(),
    ownRule: z.int().openapi({ description: 'Places within that have a rule of their own.' }),
    booked: z.string().openapi({ description: 'What was really booked for these.' }),
    presumed: z.int().openapi({ description: 'Services whose grade had to be presumed.' }),
    ...Sums,
    byType: z.array(z.object({ type: z.string(), count: z.int(), ...Sums })),
    people: z.object({
      ...{ more: z.int(), less: z.int(), same: z.int() },
      top: z.array(z.object({ name: z.string().openapi({ description: 'Masked.' }), ...Sums })),
    }),
    funds: z.array(
      z.object({
        ...{ fund: z.string(), name: z.string(), unit: z.string(), rateMicro: z.string() },
        unissued: z.string().openapi({ description: 'What the budget still has today.' }),
        ...Sums,
      }),
    ),
    units: z.array(z.object({ unit: z.string(), ...Sums })),
  })
  .openapi('RuleTrial');

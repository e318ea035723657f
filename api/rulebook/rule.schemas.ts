import { offsetRuleSchema } from '../fees/index.ts';
import { awardRuleSchema } from '../programme/index.ts';
import { DaySchema, IdSchema, InstantSchema, pageOf, pageQuery, text, z } from '../platform/index.ts';
import { RULE_KINDS } from './rules/rule-body.ts';

export const PlaceParams = z.object({ place: IdSchema });
export const VersionParams = z.object({ ruleVersion: IdSchema });
export const KindSchema = z.enum(RULE_KINDS);

export const RuleBodySchema = z
  .discriminatedUnion('kind', [...awardRuleSchema.options, offsetRuleSchema])
  .openapi('RuleBody');

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
  .openapi('NewRuleVersion');

export const WithdrawVersionSchema = z.strictObject({ reason: text(200) }).openapi('WithdrawRuleVersion');

export const DraftSchema = z.strictObject({ body: RuleBodySchema }).openapi('RuleDraft');

export const DifferencesQuery = z.object({ before: IdSchema.optional() });
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

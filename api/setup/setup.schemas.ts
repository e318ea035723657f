import { IdSchema, roles, text, z } from '../platform/index.ts';
import { STEPS } from './checklist.ts';

const StreetCode = z
  .string()
  .regex(/^\d{9}$/)
  .openapi({ example: '410202008' });

export const DivisionsQuery = z.object({
  under: z
    .string()
    .regex(/^(?:\d{2}|\d{4}|\d{6}|\d{9})?$/)
    .optional()
    .openapi({
      description: 'A code of two, four, six or nine digits; none for the provinces.',
      example: '410202',
    }),
});
export const DivisionsSchema = z
  .object({ items: z.array(z.object({ code: z.string(), name: z.string() })) })
  .openapi('Divisions');

export const NewBookSchema = z
  .strictObject({ street: StreetCode, community: text(40).openapi({ example: '金康社区' }) })
  .openapi('NewBook');
export const FoundedSchema = z
  .object({ book: z.int(), street: IdSchema, community: IdSchema })
  .openapi('Founded');

export const CommunityParams = z.object({ community: IdSchema });
export const ApplyTemplateSchema = z.strictObject({ reason: text(200) }).openapi('ApplyTemplate');
export const AppliedSchema = z
  .object({
    rules: z.int(),
    funds: z.int(),
    agreements: z.int(),
    agreementsLeft: z.int().openapi({
      description: 'Shops and firms without terms, since whoever asked does not answer for the whole book.',
    }),
  })
  .openapi('AppliedTemplate');

const Named = z.object({ id: IdSchema, name: z.string() });
export const ChecklistSchema = z
  .object({
    community: Named,
    root: Named.extend({ kind: z.string() }).openapi({
      description: '账簿所在的地方，审计人员设在这里 · The root of its book, where an auditor acts',
    }),
    estates: z.array(Named),
    firms: z.array(Named),
    merchants: z.array(Named),
    vacant: z.array(z.enum(roles)).openapi({ description: 'Posts with too few people yet.' }),
    steps: z.array(
      z.object({
        step: z.enum(STEPS),
        count: z.int(),
        done: z.boolean(),
        missing: z
          .array(
            z.object({
              what: z.enum(['firm', 'post', 'roster', 'rule', 'terms', 'fund', 'budget']),
              place: Named.optional(),
              role: z.enum(roles).optional(),
              rule: z.enum(['award', 'purchase', 'offset']).optional(),
            }),
          )
          .openapi({ description: '这一步还差什么，最多列 20 项 · What it lacks, 20 of it at most' }),
      }),
    ),
  })
  .openapi('Checklist');

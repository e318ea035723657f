import { IdSchema, InstantSchema, pageOf, pageQuery, text, WordsSchema, z } from '../platform/index.ts';
import { likenesses } from './find-namesakes.ts';
import { KnownPersonSchema, PersonParams } from './person.schemas.ts';

export const NamesakesSchema = z
  .object({
    items: z.array(
      z.object({
        person: z.string(),
        name: z.string().openapi({ example: '王*' }),
        phone: z.string().openapi({ example: '138****0001' }),
        why: z.enum(likenesses).openapi({
          description:
            '手机号相同；同一套房同名；同名；首字母和手机尾号相同 · Same phone; same house and name; same name; same initials and end of the phone',
        }),
        homes: z.array(z.string()),
        roles: z.int().openapi({ description: '岗位的数目 · How many posts they have' }),
      }),
    ),
  })
  .openapi('Namesakes');

export const PairParams = PersonParams.extend({ other: IdSchema });

const SideSchema = KnownPersonSchema.extend({
  hasPoints: z.boolean().openapi({
    description: '名下记过积分，或者请家人的积分抵过费用 · Has an account of the ledger, or an offset',
  }),
  canSignIn: z.boolean(),
  openLinks: z.int().openapi({ description: '还没用的邀请链接 · Invitations that still work' }),
}).openapi('MergeSide');

export const ComparisonSchema = z
  .object({
    keeper: SideSchema,
    duplicate: SideSchema,
    alike: z
      .object({ name: z.boolean(), phone: z.boolean() })
      .openapi({ description: '完整的姓名、手机号是否一样 · Whether name and phone in full are the same' }),
    /** What approving will do. */
    plan: z.object({
      residenciesMoved: z.int(),
      residenciesCollapsed: z.int(),
      rolesMoved: z.int(),
      rolesEnded: z.int(),
      signIn: z.enum(['none', 'moved', 'closed']),
      phone: z.boolean(),
      links: z.int(),
    }),
    seen: z
      .string()
      .openapi({ description: '申请和批准时原样带回 · Sent back with the request and the approval' }),
    against: z
      .object({ code: z.string(), title: WordsSchema, advice: WordsSchema })
      .optional()
      .openapi({ description: '为什么不能这样合并 · Why they cannot be merged like this' }),
  })
  .openapi('MergeComparison');

const SeenSchema = z.string().regex(/^[\w-]{43}$/);

export const AskToMergeSchema = z
  .strictObject({
    duplicate: IdSchema,
    reason: text(200).openapi({ example: '本人核对：花名册里手机号写错了一位' }),
    seen: SeenSchema,
  })
  .openapi('AskToMerge');
export const MergeAskedSchema = z.object({ id: z.string() }).openapi('MergeAsked');

const StateSchema = z.enum(['waiting', 'approved', 'refused', 'withdrawn']);
export const MergeParams = z.object({ merge: IdSchema });
export const MergesQuery = pageQuery(['asked']).extend({ state: StateSchema.optional() });

const PersonSchema = z.object({ person: z.string(), name: z.string(), phone: z.string() });
const MergeSchema = z.object({
  id: z.string(),
  version: z.int(),
  state: StateSchema,
  place: z.string(),
  placeName: z.string(),
  keeper: PersonSchema,
  duplicate: PersonSchema,
  reason: z.string(),
  askedBy: z.string().openapi({ description: '`person:` 开头 · Begins with it' }),
  askedByName: z.string(),
  askedAt: InstantSchema,
  decidedByName: z.string().optional(),
  decidedAt: InstantSchema.optional(),
  answer: z.string().optional(),
});
export const MergesSchema = pageOf(MergeSchema).openapi('PersonMerges');
export const OneMergeSchema = MergeSchema.extend({
  comparison: ComparisonSchema.optional().openapi({ description: '等复核时才有 · While it waits' }),
}).openapi('PersonMerge');

const VersionSchema = z.int().min(1);
export const ApproveMergeSchema = z
  .strictObject({ version: VersionSchema, seen: SeenSchema })
  .openapi('ApproveMerge');
export const RefuseMergeSchema = z
  .strictObject({ version: VersionSchema, answer: text(200).openapi({ example: '是父子两人，同名' }) })
  .openapi('RefuseMerge');
export const WithdrawMergeSchema = z.strictObject({ version: VersionSchema }).openapi('WithdrawMerge');
export const MergeDecidedSchema = z.object({ version: z.int(), keeper: z.string() }).openapi('MergeDecided');

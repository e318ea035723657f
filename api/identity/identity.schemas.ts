import { IdSchema, InstantSchema, pageOf, roles, say, scopes, text, z } from '../platform/index.ts';

/** Both databases can be asked for it. */
const isStorable = (asked: string) => asked.isWellFormed() && !asked.includes('\0');

export const RoleNameSchema = z.enum(roles).openapi('Role');

export const MeSchema = z
  .object({
    person: z.object({
      id: IdSchema,
      name: z.string().openapi({ example: '王小明' }),
      username: z.string().openapi({ example: 'wang.xiaoming' }),
    }),
    roles: z.array(z.object({ role: RoleNameSchema, place: z.string() })),
  })
  .openapi('Me');

export const RoleSchema = z
  .object({
    id: IdSchema,
    person: IdSchema,
    role: RoleNameSchema,
    place: z.string(),
    validFrom: InstantSchema,
    validTo: InstantSchema.optional(),
  })
  .openapi('GrantedRole');

export const GrantRoleSchema = z
  .object({
    person: IdSchema,
    role: RoleNameSchema,
    validFrom: InstantSchema.optional(),
    validTo: InstantSchema.optional(),
  })
  .openapi('GrantRole');

export const DateRoleSchema = z
  .strictObject({
    validTo: InstantSchema.nullable().openapi({
      description: '从这时起不再担任；null 是没有期限 · When it ends; null for no end',
    }),
  })
  .openapi('DateRole');

export const RolesQuery = z.object({
  state: z.enum(['running', 'ended']).optional(),
  role: RoleNameSchema.optional(),
  name: z.string().max(40).refine(isStorable, say('请换个写法', 'Write it otherwise')).optional().openapi({
    description: '姓名的一部分，或全部拼音首字母 · A part of the name, or all its pinyin initials',
  }),
});

export const RolesPageSchema = pageOf(
  RoleSchema.extend({
    name: z.string().openapi({ description: '居民的姓名已脱敏 · A resident is masked' }),
    grantedBy: z.string().openapi({ description: '授予人 · Who gave it; empty for the system itself' }),
    died: z.literal(true).optional().openapi({
      description: '已登记去世 · Whoever holds it has died; nobody waits for them any more',
    }),
    endable: z.boolean().openapi({ description: '自己能不能结束它 · Whether the reader may end it' }),
  }),
)
  .extend({
    mayGive: z
      .array(RoleNameSchema)
      .openapi({ description: '自己在这里能授予的岗位 · What the reader may give here' }),
  })
  .openapi('RolesPage');

export const PlaceParams = z.object({ place: IdSchema });
export const PersonParams = z.object({ person: IdSchema });
export const RoleParams = z.object({ grant: IdSchema });
export const KeyParams = z.object({ key: IdSchema });

export const ScopeSchema = z.enum(scopes).openapi({
  description:
    '`shop:write` 记分；`shop:spend` 不凭积分码、按编号扣居民的积分，请只给信得过的系统 · `shop:write` gives points; `shop:spend` takes points from a member named by id without a code, so give it only to a system that you trust',
});

export const CreateKeySchema = z
  .object({
    name: text(60).openapi({ example: '一号收银台' }),
    scopes: z.array(ScopeSchema).min(1).max(scopes.length),
    book: z.int().min(1).max(8_191),
    place: z
      .union([IdSchema, z.literal('')])
      .openapi({ description: 'The place the key acts for; empty: the whole book.' }),
  })
  .openapi('CreateSystemKey');

export const SystemKeySchema = z
  .object({
    id: IdSchema,
    name: z.string(),
    prefix: z.string().openapi({ example: 'linli_a1B2c3' }),
    scopes: z.array(z.string()),
    book: z.int(),
    place: z.string(),
    createdAt: InstantSchema,
    revokedAt: InstantSchema.optional(),
    lastUsedAt: InstantSchema.optional(),
  })
  .openapi('SystemKey');

export const NewSystemKeySchema = SystemKeySchema.extend({
  token: z.string().openapi({ description: 'Shown this once; only its hash is kept.' }),
}).openapi('NewSystemKey');

export const SystemKeysPageSchema = pageOf(SystemKeySchema).openapi('SystemKeysPage');

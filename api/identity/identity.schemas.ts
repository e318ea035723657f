import { IdSchema, InstantSchema, pageOf, roles, scopes, text, z } from '../platform/index.ts';

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

export const RolesPageSchema = pageOf(RoleSchema).openapi('RolesPage');

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

import { IdSchema, InstantSchema, pageOf, say, text, z } from '../platform/index.ts';
import { RoleNameSchema } from './identity.schemas.ts';
import { isNotTheName, notTheName, PasswordSchema, UsernameSchema } from './sign-in.schemas.ts';

const PersonNameSchema = text(40);
const PhoneSchema = z
  .string()
  .regex(/^1\d{10}$/, say('请填 11 位手机号', 'Give the eleven digits of a mobile phone'))
  .openapi({ example: '13800000017' });
const TokenSchema = z
  .string()
  .min(1)
  .max(100)
  .openapi({ description: 'What follows the last / of the link.' });

export const NewInvitationSchema = z
  .strictObject({
    name: PersonNameSchema.optional(),
    phone: PhoneSchema.optional(),
    person: IdSchema.optional().openapi({
      description: '已登记的人，不用再写姓名 · Somebody who is registered, instead of a name',
    }),
    role: RoleNameSchema,
    validFrom: InstantSchema.optional(),
    validTo: InstantSchema.optional(),
    namesake: z.enum(['same', 'another']).optional().openapi({
      description:
        '已有同名的同事时回答：same 就是那一位，多给一个岗位；another 是另一个人 · Where a colleague has this name: the same person, who gets one more post, or another one',
    }),
  })
  .refine(({ name, person }) => (name === undefined) !== (person === undefined), {
    path: ['name'],
    error: say('写姓名，或写已登记的人，只写一样', 'Give a name or a registered person, one of them'),
  })
  .openapi('NewInvitation');

const StateSchema = z.enum(['open', 'used', 'ended', 'cancelled']);
export type InvitationState = z.infer<typeof StateSchema>;

export const InvitationSchema = z
  .object({
    id: IdSchema,
    person: IdSchema,
    place: z.string(),
    name: z.string(),
    roles: z.array(z.string()),
    state: StateSchema,
    createdAt: InstantSchema,
    endsAt: InstantSchema,
  })
  .openapi('Invitation');

export const InvitedSchema = z
  .object({
    person: IdSchema,
    canSignIn: z.boolean().openapi({ description: 'Already, as before: no link is needed.' }),
    invitation: IdSchema.optional().openapi({
      description:
        'Missing for who can sign in, and for a person whom this colleague could not help to a password: they got the post, and somebody responsible for all that they are lets them in.',
    }),
    token: z.string().optional().openapi({ description: 'Shown this once; the link is /join/ and this.' }),
    endsAt: InstantSchema.optional(),
  })
  .openapi('Invited');

export const InvitationsPageSchema = pageOf(InvitationSchema).openapi('InvitationsPage');
export const ResidentParams = z.object({ estate: IdSchema, resident: IdSchema });
export const InvitationParams = z.object({ invitation: IdSchema });

export const LinkSchema = z.strictObject({ token: TokenSchema }).openapi('Link');
export const ShownInvitationSchema = z
  .object({
    name: z.string(),
    roles: z.array(z.object({ role: z.string(), place: z.string() })),
    endsAt: InstantSchema,
  })
  .openapi('ShownInvitation');

const ChosenShape = { token: TokenSchema, username: UsernameSchema, password: PasswordSchema };
export const AcceptInvitationSchema = z
  .strictObject(ChosenShape)
  .refine(isNotTheName, notTheName)
  .openapi('AcceptInvitation');
export const SetUpSchema = z
  .strictObject({ ...ChosenShape, name: PersonNameSchema })
  .refine(isNotTheName, notTheName)
  .openapi('SetUp');
export const AcceptedSchema = z.object({ person: IdSchema }).openapi('Accepted');

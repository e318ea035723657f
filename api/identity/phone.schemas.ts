import { IdSchema, say, z } from '../platform/index.ts';
import {
  isNotTheName,
  notTheName,
  PasswordSchema,
  SignedInSchema,
  UsernameSchema,
} from './sign-in.schemas.ts';

/** A mobile of the mainland, as people type it: with blanks, in full width. */
export const PhoneSchema = z
  .string()
  .max(40)
  .refine((typed) => phoneOf(typed) !== undefined, say('请填 11 位手机号', 'A mobile number of 11 digits'))
  .openapi({ example: '138 0000 0001' });

/** Its eleven digits; undefined for none. */
export function phoneOf(typed: string): string | undefined {
  const digits = typed
    .normalize('NFKC')
    .replace(/[\s-]/g, '')
    .replace(/^\+?86(?=1\d{10}$)/, '');
  return /^1\d{10}$/.test(digits) ? digits : undefined;
}

export const AskForCodeSchema = z.strictObject({ phone: PhoneSchema }).openapi('AskForCode');

const ChallengeSchema = z.string().max(100).openapi({
  description:
    '要验证码时得到的；验证码只能和它一起用 · What came when the code was asked for; the code counts only with it',
});

export const CodeAskedSchema = z
  .object({
    challenge: ChallengeSchema,
    number: z.string().openapi({
      description:
        '请求号：工作人员读验证码时，凭它认出是哪一次要的 · By which staff who read a code out know which asking it is of',
    }),
  })
  .openapi('CodeAsked');

const CodeSchema = z
  .string()
  .max(20)
  .refine((typed) => digitsIn(typed).length === 6, say('验证码是 6 位数字', 'The code has 6 digits'));

export const SignInByCodeSchema = z
  .strictObject({ challenge: ChallengeSchema, code: CodeSchema })
  .openapi('SignInByCode');

export const SignedInByCodeSchema = SignedInSchema.partial()
  .extend({
    choose: z
      .object({
        ticket: z.string(),
        people: z.array(z.object({ id: IdSchema, name: z.string() })),
      })
      .optional()
      .openapi({
        description:
          '几个人合用这个手机：还没有登录，先选是哪一位 · Several share the phone: not signed in until one is chosen',
      }),
  })
  .openapi('SignedInByCode');

export const ChoosePersonSchema = z
  .strictObject({ ticket: z.string().max(100), person: IdSchema })
  .openapi('ChoosePerson');

export const FirstPasswordSchema = z
  .strictObject({
    challenge: ChallengeSchema,
    code: CodeSchema,
    username: UsernameSchema,
    password: PasswordSchema,
  })
  .refine(isNotTheName, notTheName)
  .openapi('FirstPassword');

export function digitsIn(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '');
}

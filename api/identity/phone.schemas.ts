import { say, z } from '../platform/index.ts';

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

export const SignInByCodeSchema = z
  .strictObject({
    phone: PhoneSchema,
    code: z
      .string()
      .max(20)
      .refine((typed) => digitsIn(typed).length === 6, say('验证码是 6 位数字', 'The code has 6 digits')),
  })
  .openapi('SignInByCode');

export function digitsIn(typed: string): string {
  return typed.normalize('NFKC').replace(/\D/g, '');
}

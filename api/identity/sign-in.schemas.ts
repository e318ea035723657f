import { InstantSchema, say, z } from '../platform/index.ts';
import { COMMON_WORDS, isCommonPassword } from './common-passwords.ts';
import { RoleNameSchema } from './identity.schemas.ts';

export const USERNAME = /^[a-zA-Z0-9_.]+$/;
export const USERNAME_MIN = 3;
export const USERNAME_MAX = 30;
export const PASSWORD_MIN = 8;
export const PASSWORD_MAX = 128;

export const UsernameSchema = z
  .string()
  .min(USERNAME_MIN)
  .max(USERNAME_MAX)
  .regex(USERNAME, say('用户名只能用字母、数字、点和下划线', 'Letters, digits, dots and underscores only'))
  .openapi({ example: 'zhang.san' });

const tooCommon = say(COMMON_WORDS.zh, COMMON_WORDS.en);

export const PasswordSchema = z
  .string()
  .min(PASSWORD_MIN, say(`密码至少 ${PASSWORD_MIN} 位`, `At least ${PASSWORD_MIN} characters`))
  .max(PASSWORD_MAX, say(`密码最多 ${PASSWORD_MAX} 位`, `At most ${PASSWORD_MAX} characters`))
  // One fault at a time: a short one is not also told that it is common.
  .refine((password) => !isCommonPassword(password), {
    error: tooCommon,
    when: ({ issues }) => issues.length === 0,
  })
  .openapi({ format: 'password' });

/** Wider than UsernameSchema: what no user name could be is answered like a wrong one. */
export const SignInSchema = z
  .object({
    username: z.string().min(1).max(100),
    password: z.string().min(1).max(PASSWORD_MAX),
    rememberMe: z.boolean().optional(),
  })
  .openapi('SignIn');

export const ChangePasswordSchema = z
  .object({ currentPassword: z.string().min(1).max(PASSWORD_MAX), newPassword: PasswordSchema })
  .refine(({ currentPassword, newPassword }) => currentPassword !== newPassword, {
    path: ['newPassword'],
    error: say('新密码要和原来的不一样', 'Choose another one than before'),
  })
  .openapi('ChangePassword');

export const SignedInSchema = z.object({ person: z.uuid() }).openapi('SignedIn');

export const OwnSignInSchema = z
  .object({
    hasPassword: z.boolean().openapi({ description: 'Not of whoever signs in by code or WeChat alone.' }),
    phone: z.string().optional().openapi({ description: 'Masked; missing where none is registered.' }),
    passwordGiven: z
      .object({
        by: RoleNameSchema.optional().openapi({ description: 'The post of whoever did it.' }),
        at: InstantSchema,
        again: z.boolean().openapi({ description: 'A reset: there was a password before.' }),
      })
      .optional()
      .openapi({ description: 'Missing once the person has chosen one of their own.' }),
  })
  .openapi('OwnSignIn');

/** Both are chosen together, so the password must not be the name. */
export const isNotTheName = ({ username, password }: { username: string; password: string }): boolean =>
  !isCommonPassword(password, username);
export const notTheName = { path: ['password'], error: tooCommon };

export const SetSignInSchema = z
  .object({ username: UsernameSchema, password: PasswordSchema })
  .refine(isNotTheName, notTheName)
  .openapi('SetSignIn');

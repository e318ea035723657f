import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { formatDate } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';
import { roleName } from '$lib/role-name.ts';

type OwnSignIn = InferResponseType<ReturnType<typeof api>['v1']['me']['sign-in']['$get'], 200>;

/** Who else chose this person's password, and when. */
export type PasswordGiven = NonNullable<OwnSignIn['passwordGiven']>;

/** Kept on a device where its reader has seen the notice: the moment of the reset that it was about. */
export const toldCookie = 'linli-password-told';

/** A first password is handed over with the user name and is no news; a reset is, once on each device. */
export function isNews(given: PasswordGiven | null, told: string | undefined): given is PasswordGiven {
  return given !== null && given.again && given.at !== told;
}

/** `您的密码是社区工作人员在2026年6月13日设的。` */
export function givenWords({ by, at, again }: PasswordGiven, locale: string): string {
  const post = by === undefined ? m.password_somebody() : roleName(by).toLocaleLowerCase('en');
  const words = { by: post, date: formatDate(at, locale) };
  return again ? m.password_reset_words(words) : m.password_first_words(words);
}

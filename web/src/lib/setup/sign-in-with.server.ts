import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import type { Chosen } from './choose-password.ts';

/** Signs in with what was just chosen, and goes on; where that fails, the sign-in page says why. */
export async function signInWith(
  fetch: typeof globalThis.fetch,
  { username, password }: Pick<Chosen, 'username' | 'password'>,
  next: string,
): Promise<never> {
  const response = await api(fetch).auth['sign-in'].username.$post({ json: { username, password } });
  redirect(303, response.ok ? next : '/sign-in');
}

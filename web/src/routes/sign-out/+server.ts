import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import type { RequestHandler } from './$types';

/** A link alone signs nobody out: it leads to the page with the button. */
export const GET: RequestHandler = () => redirect(303, '/account');

export const POST: RequestHandler = async ({ fetch }) => {
  const response = await api(fetch).auth['sign-out'].$post();
  // Still signed in: the account page shows it, so nobody walks away from a shared phone believing otherwise.
  redirect(303, response.ok ? '/' : '/account?failed');
};

import { redirect } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** A link alone signs nobody out: it leads to the page with the button. */
export const GET: RequestHandler = () => redirect(303, '/account');

export const POST: RequestHandler = async ({ fetch }) => {
  const response = await fetch('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  // Still signed in: the account page shows it, so nobody walks away from a shared phone believing otherwise.
  redirect(303, response.ok ? '/' : '/account?failed');
};

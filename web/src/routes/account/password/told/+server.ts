import { redirect } from '@sveltejs/kit';
import { toldCookie } from '$lib/account/password-given.ts';
import { textOf } from '$lib/form.ts';
import { keptCookie } from '$lib/kept-cookie.ts';
import { safeNext } from '$lib/session.ts';
import type { RequestHandler } from './$types';

/** A link alone puts no notice away. */
export const GET: RequestHandler = () => redirect(303, '/account/password');

/** Whoever has read that their password was reset is not told again on this device. */
export const POST: RequestHandler = async ({ request, cookies, url, locals }) => {
  const form = await request.formData();
  if (locals.me !== null) cookies.set(toldCookie, textOf(form, 'at').slice(0, 40), keptCookie(url));
  redirect(303, safeNext(textOf(form, 'next')));
};

import { error, redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { textOf } from '$lib/form.ts';
import { m } from '$lib/paraglide/messages.js';
import type { RequestHandler } from './$types';

type Who = Parameters<ReturnType<typeof api>['v1']['demo']['sign-in']['$post']>[0]['json']['who'];

/** A link alone signs nobody in. */
export const GET: RequestHandler = () => redirect(303, '/');

/** Goes on as another of the demo's people; the API knows who they are, and has no such route where books are real. */
export const POST: RequestHandler = async ({ request, fetch }) => {
  const who = textOf(await request.formData(), 'who') as Who;
  const response = await api(fetch).v1.demo['sign-in'].$post({ json: { who } });
  if (response.ok) redirect(303, '/start');
  // Somebody changed this person's password: then only they can sign in.
  if ((await response.json().catch(() => null))?.code === 'wrong-credentials') redirect(303, '/sign-in');
  error(404, m.error_missing_title());
};

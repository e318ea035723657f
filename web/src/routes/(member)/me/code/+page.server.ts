import { redirect } from '@sveltejs/kit';
import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

/** Each visit makes a new code, which ends the one before: links to this page are not preloaded. */
export const load: PageServerLoad = async ({ fetch, locals }) => {
  // Who may only look has no code to show; the bar says so.
  if (locals.acting?.may === 'view') redirect(303, '/me');
  const code = await readOrFail(api(fetch).v1.me.codes.$post());
  return { code, now: Date.now() };
};

import { api } from '$lib/api.ts';
import { readOrFail } from '$lib/read.server.ts';
import type { PageServerLoad } from './$types';

/** Each visit makes a new code, which ends the one before: links to this page are not preloaded. */
export const load: PageServerLoad = async ({ fetch }) => {
  const code = await readOrFail(api(fetch).v1.me.codes.$post());
  return { code, now: Date.now() };
};

import { error } from '@sveltejs/kit';
import { dev } from '$app/environment';
import { m } from '$lib/paraglide/messages.js';
import type { PageServerLoad } from './$types';

/** Documentation for those who build pages: shown in development and in the demo, never to residents. */
export const load: PageServerLoad = async ({ parent, url }) => {
  if (!dev && (await parent()).demo === null) error(404, m.error_missing_title());
  return { sort: url.searchParams.get('sort') ?? 'room' };
};

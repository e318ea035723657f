import { redirect } from '@sveltejs/kit';
import { navOf } from '$lib/navigation.ts';
import type { PageServerLoad } from './$types';

/**
 * Where a person begins: the first page of their first post. A page that only leads on, not an endpoint: the browser's
 * own navigation knows pages alone, and would call an endpoint missing before it loads it anew.
 */
export const load: PageServerLoad = ({ locals }) => redirect(303, navOf(locals.me)[0]?.items[0]?.href ?? '/');

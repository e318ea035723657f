import { redirect } from '@sveltejs/kit';
import { navOf } from '$lib/navigation.ts';
import type { RequestHandler } from './$types';

/** Where a person begins: the first page of their first post. */
export const GET: RequestHandler = ({ locals }) => redirect(303, navOf(locals.me)[0]?.href ?? '/');

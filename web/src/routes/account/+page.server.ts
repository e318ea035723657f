import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals, url }) => {
  if (locals.me === null) redirect(303, '/sign-in?next=%2Faccount');
  const { searchParams } = url;
  return { me: locals.me, failed: searchParams.has('failed'), changed: searchParams.has('changed') };
};

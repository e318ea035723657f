import { findDemoPeople } from '$lib/demo.server.ts';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async ({ locals: { me, display, locale }, fetch }) => ({
  me,
  display,
  locale,
  demo: await findDemoPeople(fetch),
});

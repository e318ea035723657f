import { guardGroup } from '$lib/guard.server.ts';
import type { LayoutServerLoad } from './$types';

const guard = guardGroup('member');

export const load: LayoutServerLoad = (event) => {
  // Asked for anew with each page: for whom it is may have changed on the way.
  void event.url.pathname;
  return { ...guard(event), acting: event.locals.acting };
};

import { guardGroup } from '$lib/guard.server.ts';
import { tabsFor } from '$lib/settlement/tabs.server.ts';
import type { LayoutServerLoad } from './$types';

const guard = guardGroup('settlement');

export const load: LayoutServerLoad = async (event) => {
  const opened = guard(event);
  return { ...opened, tabs: await tabsFor(event.fetch, opened.me) };
};

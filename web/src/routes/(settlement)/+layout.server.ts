import { guardGroup } from '$lib/guard.server.ts';

export const load = guardGroup('settlement');

import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = ({ locals: { me, display, locale } }) => ({ me, display, locale });

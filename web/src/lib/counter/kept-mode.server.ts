import type { Cookies } from '@sveltejs/kit';
import type { Mode } from './sale.ts';

/** A till mostly does one of the two all day: what was chosen last on this device is there for the next customer. */
export const modeCookie = 'linli-till';

export function keptMode(cookies: Cookies): Mode {
  return cookies.get(modeCookie) === 'take' ? 'take' : 'give';
}

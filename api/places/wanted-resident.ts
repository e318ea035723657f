/** What is typed at a desk to find a resident: a house, some digits, initials, or a part of the name. */
import { parseHouse } from './files/house-reference.ts';
import type { HouseName } from './houses.ts';

export type WantedResident =
  | { readonly by: 'house'; readonly house: HouseName }
  /** A room in any building, or the end of a phone. */
  | { readonly by: 'digits'; readonly digits: string }
  /** Small letters, the beginning of the initials of a name. */
  | { readonly by: 'initials'; readonly initials: string }
  | { readonly by: 'name'; readonly name: string };

/** Undefined for what is none of these, and so finds nobody. */
export function parseWanted(text: string): WantedResident | undefined {
  const plain = text.normalize('NFKC').trim();
  const digits = plain.replaceAll(/[\s+]/g, '');
  if (/^\d{3,13}$/.test(digits)) return { by: 'digits', digits: digits.replace(/^86(?=1\d{10}$)/, '') };
  const parsed = parseHouse({ room: plain });
  if ('house' in parsed) {
    const { building, unit, room } = parsed.house;
    return { by: 'house', house: { building, unit, room } };
  }
  if (/^[A-Za-z]{1,20}$/.test(plain)) return { by: 'initials', initials: plain.toLowerCase() };
  // No sign that a pattern of the database would take for something else.
  if (/^[\p{L}\p{M}· ]{1,40}$/u.test(plain)) return { by: 'name', name: plain };
  return undefined;
}

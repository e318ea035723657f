import type { IconName } from './icons.ts';

/** A place in the navigation: along the top on a wide screen, along the thumb on a phone (five at most). */
export type NavItem = { href: string; icon: IconName; label: () => string };

/** A page below an item belongs to it; `/` only to itself. */
export function isCurrent(item: Pick<NavItem, 'href'>, path: string): boolean {
  return path === item.href || (item.href !== '/' && path.startsWith(`${item.href}/`));
}

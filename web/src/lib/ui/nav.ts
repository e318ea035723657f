import type { IconName } from './icons.ts';

/** A place in the navigation: along the top on a wide screen, along the thumb on a phone (five at most). */
export type NavItem = {
  href: string;
  icon: IconName;
  label: () => string;
  /** Opening the page makes something new, so a finger that only hovers must not fetch it. */
  fresh?: true;
};

type Addressed = Pick<NavItem, 'href'>;

function covers({ href }: Addressed, path: string): boolean {
  return path === href || (href !== '/' && path.startsWith(`${href}/`));
}

/** A page below an item belongs to it, unless another item of the navigation is nearer; `/` only to itself. */
export function isCurrent(item: Addressed, path: string, nav: readonly Addressed[] = []): boolean {
  const isNearer = (other: Addressed) => other.href.length > item.href.length && covers(other, path);
  return covers(item, path) && !nav.some(isNearer);
}

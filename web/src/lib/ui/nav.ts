import type { IconName } from './icons.ts';

/** A place in the navigation: along the top on a wide screen, along the thumb on a phone. */
export type NavItem = {
  href: string;
  icon: IconName;
  label: () => string;
  /** Other folders whose pages belong to it. */
  also?: readonly string[];
  /** Opening the page makes something new, so a finger that only hovers must not fetch it. */
  fresh?: true;
};

/** The pages of one post, the most used first. */
export type NavGroup = { key: string; label: () => string; items: readonly NavItem[] };

/** So many fit side by side along a thumb. */
const TABS = 5;
/** So many stand in one line along the top; more have a side of their own. */
const LINE = 6;

type Addressed = Pick<NavItem, 'href' | 'also'>;

/** How much of the address is the item's; 0 where the page is none of its own. */
function nearness({ href, also = [] }: Addressed, path: string): number {
  const covers = (start: string) => path === start || (start !== '/' && path.startsWith(`${start}/`));
  return Math.max(0, ...[href, ...also].filter(covers).map(({ length }) => length));
}

/** A page below an item belongs to it, unless another item of the navigation is nearer; `/` only to itself. */
export function isCurrent(item: Addressed, path: string, nav: readonly Addressed[] = []): boolean {
  const near = nearness(item, path);
  return near > 0 && !nav.some((other) => nearness(other, path) > near);
}

/**
 * What a phone has along its foot: all of a few pages; of many, four, and the `rest` behind a fifth that opens them.
 * The first page of every post comes before the second of any, and all stay in their order.
 */
export function tabsOf<Group extends { items: readonly Addressed[] }>(
  groups: readonly Group[],
): { shown: Group['items'][number][]; rest: Group[] } {
  const all = groups.flatMap(({ items }) => items);
  if (all.length <= TABS) return { shown: all, rest: [] };
  const longest = Math.max(...groups.map(({ items }) => items.length));
  const byTurns = Array.from({ length: longest }, (_, turn) =>
    groups.flatMap(({ items }) => items[turn] ?? []),
  );
  const chosen = new Set(byTurns.flat().slice(0, TABS - 1));
  const rest = groups
    .map((group) => ({ ...group, items: group.items.filter((item) => !chosen.has(item)) }))
    .filter(({ items }) => items.length > 0);
  return { shown: all.filter((item) => chosen.has(item)), rest };
}

/** Whether the pages need a side of their own on a desk. */
export function needsSide(groups: readonly { items: readonly Addressed[] }[]): boolean {
  return groups.reduce((sum, { items }) => sum + items.length, 0) > LINE;
}

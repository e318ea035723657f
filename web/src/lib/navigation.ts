import type { NavItem } from './ui/nav.ts';
import { groupsOf, type Group, type Me } from './session.ts';

/** What each group of pages offers, the most used first. A page joins this list when it exists. */
const pages: Record<Group, readonly NavItem[]> = {
  member: [],
  merchant: [],
  property: [],
  community: [],
  auditor: [],
};

/** The navigation of this person: the pages of every post they hold. */
export function navOf(me: Me | null): readonly NavItem[] {
  return me === null ? [] : groupsOf(me).flatMap((group) => pages[group]);
}

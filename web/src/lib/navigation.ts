import { m } from '$lib/paraglide/messages.js';
import type { NavGroup, NavItem } from './ui/nav.ts';
import { groupsOf, type Group, type Me, type Role } from './session.ts';

/** `only`: of the posts that share the group, those whose page it is. */
type Page = NavItem & { only?: readonly Role[] };
const staff: readonly Role[] = ['staff', 'operator'];
/** Read by several posts; these pages stand with the other pages of each. */
const SHARED = ['programme', 'settlement'] as const satisfies readonly Group[];
type Shown = Exclude<Group, (typeof SHARED)[number]>;

const residents: Page = {
  ...{ href: '/community/residents', also: ['/community/people'] },
  ...{ icon: 'search', label: m.residents_nav },
};
const rules: Page = { href: '/programme/rules', icon: 'book', label: m.rules_nav };
const funds: Page = { href: '/programme', icon: 'gift', label: m.programme_nav };
const units: Page = { href: '/programme/units', icon: 'sort', label: m.units_nav };
const agreements: Page = { href: '/programme/agreements', icon: 'seal', label: m.terms_nav };

const owed: Page = { href: '/settlement', icon: 'sort', label: m.settle_nav };
const reports: Page = {
  href: '/settlement/offsets',
  also: ['/settlement'],
  icon: 'sort',
  label: m.settle_nav,
};

/** What each group of pages offers, the most used first. A page joins this list when it exists. */
const pages: Record<Shown, readonly Page[]> = {
  member: [
    { href: '/me', icon: 'book', label: m.me_nav_book },
    { href: '/me/code', icon: 'code', label: m.me_nav_code, fresh: true },
    { href: '/me/statement', icon: 'sort', label: m.me_nav_statement },
    { href: '/me/bills', icon: 'bill', label: m.me_nav_bills },
    { href: '/me/shop', also: ['/me/orders'], icon: 'gift', label: m.goods_nav },
    { href: '/me/services', icon: 'hands', label: m.me_nav_services },
  ],
  merchant: [
    { href: '/counter', icon: 'scan', label: m.counter_nav },
    { href: '/counter/today', icon: 'bill', label: m.counter_nav_today },
    { href: '/counter/orders', icon: 'hold', label: m.order_shop_nav },
    { href: '/counter/goods', also: ['/counter/stocktaking'], icon: 'gift', label: m.goods_nav_shop },
    { href: '/counter/prices', icon: 'file', label: m.counter_nav_prices },
    { ...owed, only: ['merchant_manager'] },
  ],
  property: [
    { href: '/fees', icon: 'home', label: m.homes_nav_today },
    { href: '/fees/bills', also: ['/fees/import', '/fees/houses'], icon: 'bill', label: m.fees_nav_bills },
    { href: '/fees/offsets', icon: 'book', label: m.fees_nav_offsets },
    { href: '/fees/reconcile', icon: 'file', label: m.fees_nav_reconcile },
    { href: '/fees/breaks', icon: 'alert', label: m.fees_nav_breaks },
    { href: '/fees/months', also: ['/fees/settings'], icon: 'seal', label: m.fees_nav_months },
    reports,
  ],
  community: [
    { href: '/community', icon: 'home', label: m.homes_nav_today },
    { href: '/community/services', icon: 'hands', label: m.community_nav_services },
    { href: '/community/record', icon: 'person', label: m.community_nav_record },
    { ...residents, only: staff },
    { href: '/community/houses', icon: 'home', label: m.houses_nav, only: staff },
    { href: '/community/roster', icon: 'people', label: m.community_nav_roster },
    { href: '/community/merges', icon: 'people', label: m.merges_nav, only: staff },
    { href: '/community/outbox', icon: 'bell', label: m.outbox_nav, only: staff },
    { ...funds, only: staff },
    rules,
    { ...agreements, only: staff },
    { ...units, only: staff },
    { ...owed, only: staff },
  ],
  auditor: [
    { href: '/audit', icon: 'seal', label: m.audit_nav_verify },
    { href: '/audit/transactions', icon: 'book', label: m.audit_nav_transactions },
    { href: '/audit/sample', icon: 'file', label: m.audit_nav_sample },
    { href: '/audit/access-log', icon: 'search', label: m.access_nav },
    ...[rules, funds, agreements, units, owed],
  ],
  staffing: [{ href: '/posts', icon: 'people', label: m.posts_nav }],
  administrator: [{ href: '/setup', icon: 'home', label: m.setup_nav }],
  report: [
    { href: '/report', icon: 'file', label: m.report_nav },
    { href: '/board', icon: 'people', label: m.board_nav },
  ],
};

const names: Record<Shown, () => string> = {
  member: m.nav_member,
  merchant: m.nav_merchant,
  property: m.nav_property,
  community: m.nav_community,
  auditor: m.nav_auditor,
  staffing: m.nav_staffing,
  administrator: m.nav_administrator,
  report: m.nav_report,
};

/** One list for all who answer what residents ask; it stands with the last of the posts that do. */
const inquiries: NavItem = { href: '/inquiries', icon: 'info', label: m.inquiries_nav };
const answering: readonly Role[] = ['staff', 'merchant_manager', 'accountant'];
const desks: readonly Shown[] = ['merchant', 'property', 'community'];

/** The navigation of this person: the pages of every post they hold, post by post. */
export function navOf(me: Me | null): readonly NavGroup[] {
  if (me === null) return [];
  const groups = groupsOf(me).filter((group): group is Shown => !SHARED.some((one) => one === group));
  const answers = me.roles.some(({ role }) => answering.includes(role));
  const desk = groups.findLast((group) => desks.includes(group));
  const seen = new Set<string>();
  return groups.map((key) => ({
    ...{ key, label: names[key] },
    items: [
      ...pages[key].filter(
        ({ href, only }) =>
          !seen.has(href) && (only === undefined || me.roles.some(({ role }) => only.includes(role))),
      ),
      ...(answers && key === desk ? [inquiries] : []),
    ].map((item) => {
      seen.add(item.href);
      return item;
    }),
  }));
}

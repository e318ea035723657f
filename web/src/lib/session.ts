import type { Role } from '../../../api/contract.ts';

export type { Role };

/** Who is signed in, as `GET /api/v1/me` answers it. */
export type Me = { id: string; name: string; roles: { role: Role; place: string }[] };

/** The route groups of web/src/routes and who may open them. */
export const groups = {
  member: ['member'],
  merchant: ['clerk', 'merchant_manager'],
  property: ['accountant', 'finance_lead'],
  administrator: ['operator'],
  community: ['staff', 'leader', 'operator'],
  programme: ['staff', 'leader', 'operator', 'auditor'],
  settlement: ['staff', 'operator', 'auditor', 'merchant_manager', 'accountant', 'finance_lead'],
  auditor: ['auditor', 'operator'],
  staffing: ['operator', 'staff', 'merchant_manager'],
  report: ['staff', 'auditor', 'operator'],
} as const satisfies Record<string, readonly Role[]>;

export type Group = keyof typeof groups;

export function isGroup(word: string): word is Group {
  return Object.hasOwn(groups, word);
}

/** The groups that this person may open, in the order of the list above. */
export function groupsOf(me: Me): Group[] {
  const held = new Set<Role>(me.roles.map((grant) => grant.role));
  return (Object.keys(groups) as Group[]).filter((group) => groups[group].some((role) => held.has(role)));
}

/** Whether this person holds the post anywhere. */
export function holds(me: Me | null, role: Role): boolean {
  return me?.roles.some((grant) => grant.role === role) ?? false;
}

/** The group that a route id such as `/(merchant)/till` belongs to; null for pages open to all. */
export function groupOfRoute(routeId: string | null): Group | null {
  for (const [, word = ''] of (routeId ?? '').matchAll(/\(([\w-]+)\)/g)) {
    if (isGroup(word)) return word;
  }
  return null;
}

/**
 * Whether a page opens for this person. The pages only spare a wasted visit: the API itself refuses every foreign
 * request, so a hole here shows an empty page and never another's figures.
 */
export function admit(routeId: string | null, me: Me | null): 'open' | 'sign-in' | 'forbidden' {
  const group = groupOfRoute(routeId);
  if (group === null) return 'open';
  if (me === null) return 'sign-in';
  return groupsOf(me).includes(group) ? 'open' : 'forbidden';
}

/** Where to go after signing in: only a path of our own, never another site that a link smuggled in. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])[^\\\u0000-\u001f]*$/.test(next) ? next : '/';
}

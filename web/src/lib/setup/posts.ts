import type { Role } from '$lib/session.ts';

/** The posts that fit a kind of place, the most wanted first; which of them one may give, the API knows. */
const posts = {
  community: ['staff', 'accountant', 'finance_lead', 'auditor', 'leader', 'operator'],
  estate: ['accountant', 'finance_lead', 'leader', 'staff'],
  shop: ['clerk', 'merchant_manager', 'accountant', 'finance_lead'],
} as const satisfies Record<string, readonly Role[]>;

export function postsAt(kind: keyof typeof posts): readonly Role[] {
  return posts[kind];
}

import type { Role } from '$lib/session.ts';

/** The posts that fit a kind of place, the most wanted first; which of them one may give, the API knows. */
const posts = {
  community: ['staff', 'accountant', 'auditor', 'leader', 'operator'],
  estate: ['accountant', 'leader', 'staff'],
  shop: ['clerk', 'merchant_manager', 'accountant'],
} as const satisfies Record<string, readonly Role[]>;

export function postsAt(kind: keyof typeof posts): readonly Role[] {
  return posts[kind];
}

import type { Role } from '$lib/session.ts';

/** The posts that fit a kind of place, the most wanted first; which of them one may give, the API knows. */
const posts = {
  /** Of the book: whoever audits reads the whole of it, and nobody reads a part. */
  root: ['auditor', 'staff', 'operator'],
  community: ['staff', 'accountant', 'finance_lead', 'leader', 'operator'],
  estate: ['accountant', 'finance_lead', 'leader', 'staff'],
  /** Who keeps accounts for a firm acts in the estates that it serves. */
  firm: ['accountant', 'finance_lead', 'clerk', 'merchant_manager'],
  shop: ['clerk', 'merchant_manager'],
} as const satisfies Record<string, readonly Role[]>;

export function postsAt(kind: keyof typeof posts): readonly Role[] {
  return posts[kind];
}

/** A community that is the root of its own book has both. */
export function postsAtRoot(isCommunity: boolean): readonly Role[] {
  return isCommunity ? [...posts.community, 'auditor'] : posts.root;
}

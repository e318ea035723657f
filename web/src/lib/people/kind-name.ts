import { m } from '$lib/paraglide/messages.js';

const names: Record<string, () => string> = {
  district: m.posts_kind_district,
  street: m.posts_kind_street,
  community: m.posts_kind_community,
  estate: m.posts_kind_estate,
  merchant: m.posts_kind_merchant,
  firm: m.posts_kind_firm,
  clearing: m.posts_kind_clearing,
};

/** What people call this kind of place. */
export function kindName(kind: string): string {
  return names[kind]?.() ?? '';
}

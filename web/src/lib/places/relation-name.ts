import { m } from '$lib/paraglide/messages.js';

export type Relation = 'owner' | 'family' | 'tenant';

const names: Record<Relation, () => string> = {
  owner: m.community_relation_owner,
  family: m.community_relation_family,
  tenant: m.community_relation_tenant,
};

/** What somebody is to a house. */
export function relationName(relation: Relation): string {
  return names[relation]();
}

import { m } from '$lib/paraglide/messages.js';

export const relations = ['owner', 'family', 'tenant'] as const;
export const endReasons = ['sale', 'moving', 'death', 'mistake'] as const;
export type Relation = (typeof relations)[number];
export type EndReason = (typeof endReasons)[number];

const relationNames: Record<Relation, () => string> = {
  owner: m.person_owner,
  family: m.person_family,
  tenant: m.person_tenant,
};
const endNames: Record<EndReason, () => string> = {
  sale: m.person_end_sale,
  moving: m.person_end_moving,
  death: m.person_end_death,
  mistake: m.person_end_mistake,
};

/** How a person belongs to a house. */
export function relationName(relation: Relation): string {
  return relationNames[relation]();
}

/** Why a person no longer does. */
export function endName(reason: EndReason): string {
  return endNames[reason]();
}

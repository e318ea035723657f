import { m } from '$lib/paraglide/messages.js';

export const mays = ['spend', 'view'] as const;
export type May = (typeof mays)[number];

export function mayName(may: May): string {
  return may === 'spend' ? m.acting_may_spend() : m.acting_may_view();
}

/** Who did it for the resident: 由 李* 代办. */
export function actedByText({ as, name }: { as: 'relative' | 'staff'; name?: string | undefined }): string {
  if (as === 'staff') return m.acting_by_staff();
  return name === undefined ? m.acting_by_relative_nobody() : m.acting_by_relative({ name });
}

/** How a consent was given. */
export function givenText({
  given,
  paper = '',
}: {
  given: 'house' | 'code' | 'paper';
  paper?: string | undefined;
}): string {
  if (given === 'paper') return m.acting_given_paper({ paper });
  return given === 'code' ? m.acting_given_code() : m.acting_given_house();
}

/** How staff know who stands before them, the surest first. */
export const identifieds = ['id-card', 'household-book', 'known'] as const;
export type Identified = (typeof identifieds)[number];

export function identifiedName(how: Identified): string {
  if (how === 'id-card') return m.acting_identified_id_card();
  return how === 'known' ? m.acting_identified_known() : m.acting_identified_book();
}

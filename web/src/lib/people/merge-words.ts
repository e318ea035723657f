import { m } from '$lib/paraglide/messages.js';

export type Likeness = 'phone' | 'house' | 'name' | 'initials';
export const mergeStates = ['waiting', 'approved', 'refused', 'withdrawn'] as const;
export type MergeState = (typeof mergeStates)[number];

const likenesses: Record<Likeness, () => string> = {
  phone: m.merge_why_phone,
  house: m.merge_why_house,
  name: m.merge_why_name,
  initials: m.merge_why_initials,
};
const states: Record<MergeState, () => string> = {
  waiting: m.merges_waiting,
  approved: m.merges_approved,
  refused: m.merges_refused,
  withdrawn: m.merges_withdrawn,
};

/** Why two registrations may be one person. */
export function likenessName(why: Likeness): string {
  return likenesses[why]();
}

export function mergeStateName(state: MergeState): string {
  return states[state]();
}

type Plan = {
  residenciesMoved: number;
  residenciesCollapsed: number;
  rolesMoved: number;
  rolesEnded: number;
  signIn: 'none' | 'moved' | 'closed';
  phone: boolean;
  links: number;
};

/** What approving does, sentence by sentence. */
export function planSentences(plan: Plan): string[] {
  const { residenciesMoved, residenciesCollapsed, rolesMoved, rolesEnded, signIn, phone, links } = plan;
  const counted = (count: number, words: (of: { count: number }) => string) =>
    count > 0 ? [words({ count })] : [];
  return [
    ...counted(residenciesMoved, m.merge_will_homes),
    ...counted(residenciesCollapsed, m.merge_will_collapsed),
    ...(residenciesMoved + residenciesCollapsed === 0 ? [m.merge_will_no_homes()] : []),
    ...counted(rolesMoved, m.merge_will_roles),
    ...counted(rolesEnded, m.merge_will_roles_ended),
    ...(signIn === 'moved' ? [m.merge_will_sign_in_moved()] : []),
    ...(signIn === 'closed' ? [m.merge_will_sign_in_closed()] : []),
    ...(phone ? [m.merge_will_phone()] : []),
    ...counted(links, m.merge_will_links),
    m.merge_will_points(),
    m.merge_will_gone(),
  ];
}

import { m } from '$lib/paraglide/messages.js';

export const accessActions = [
  'unmask',
  'export',
  'erase',
  'sign-in',
  'end-role',
  'invite',
  'correct',
  'add-residency',
  'end-residency',
  'rename-place',
] as const;
export type AccessAction = (typeof accessActions)[number];

const names: Record<AccessAction, () => string> = {
  unmask: m.access_unmask,
  export: m.access_export,
  erase: m.access_erase,
  'sign-in': m.access_sign_in,
  'end-role': m.access_end_role,
  invite: m.access_invite,
  correct: m.access_correct,
  'add-residency': m.access_add_residency,
  'end-residency': m.access_end_residency,
  'rename-place': m.access_rename_place,
};

/** What was done with somebody's data, or a place's. */
export function accessName(action: AccessAction): string {
  return names[action]();
}

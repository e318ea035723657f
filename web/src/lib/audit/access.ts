import { m } from '$lib/paraglide/messages.js';

const names = {
  unmask: m.access_unmask,
  export: m.access_export,
  erase: m.access_erase,
  'sign-in': m.access_sign_in,
  'end-role': m.access_end_role,
  invite: m.access_invite,
  look: m.access_look,
  'read-code': m.access_read_code,
  correct: m.access_correct,
  'add-residency': m.access_add_residency,
  'end-residency': m.access_end_residency,
  'rename-place': m.access_rename_place,
  compare: m.access_compare,
  'ask-merge': m.access_ask_merge,
  merge: m.access_merge,
  'bind-wechat': m.access_bind_wechat,
  'unbind-wechat': m.access_unbind_wechat,
  'name-helper': m.acting_log_name,
  'end-helper': m.acting_log_end,
} as const satisfies Record<string, () => string>;

export type AccessAction = keyof typeof names;
/** All that is written down, for a choice. */
export const accessActions = Object.keys(names) as AccessAction[];

/** What was done with somebody's data, or a place's. */
export function accessName(action: AccessAction): string {
  return names[action]();
}

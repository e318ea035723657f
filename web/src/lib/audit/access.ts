import { m } from '$lib/paraglide/messages.js';
import { endName, endReasons, relationName, relations } from '$lib/people/words.ts';

const names = {
  unmask: m.access_unmask,
  export: m.access_export,
  erase: m.access_erase,
  'sign-in': m.access_sign_in,
  'end-role': m.access_end_role,
  'date-role': m.access_date_role,
  invite: m.access_invite,
  look: m.access_look,
  'read-code': m.access_read_code,
  correct: m.access_correct,
  'add-residency': m.access_add_residency,
  'end-residency': m.access_end_residency,
  'rename-place': m.access_rename_place,
  'name-firm': m.access_name_firm,
  compare: m.access_compare,
  'ask-merge': m.access_ask_merge,
  merge: m.access_merge,
  'bind-wechat': m.access_bind_wechat,
  'unbind-wechat': m.access_unbind_wechat,
  'name-helper': m.acting_log_name,
  'end-helper': m.acting_log_end,
  'open-file': m.access_open_file,
} as const satisfies Record<string, () => string>;

export type AccessAction = keyof typeof names;
/** All that is written down. */
export const accessActions = Object.keys(names) as AccessAction[];

/** By what it was about, for a choice: nobody reads twenty words in a row. */
const groups: readonly { label: () => string; actions: readonly AccessAction[] }[] = [
  { label: m.access_group_seen, actions: ['unmask', 'look', 'compare', 'export', 'open-file'] },
  { label: m.access_group_people, actions: ['correct', 'add-residency', 'end-residency', 'erase'] },
  { label: m.access_group_merge, actions: ['ask-merge', 'merge'] },
  {
    label: m.access_group_sign_in,
    actions: ['invite', 'sign-in', 'read-code', 'bind-wechat', 'unbind-wechat'],
  },
  {
    label: m.access_group_posts,
    actions: ['end-role', 'date-role', 'name-helper', 'end-helper', 'rename-place', 'name-firm'],
  },
];

/** The groups with the words of their actions. */
export function accessGroups() {
  return groups.map(({ label, actions }) => ({
    label: label(),
    options: actions.map((action) => ({ value: action, label: accessName(action) })),
  }));
}

/** What was done with somebody's data, or a place's. */
export function accessName(action: AccessAction): string {
  return names[action]();
}

const fieldNames: Record<string, () => string> = { name: m.person_name, phone: m.person_phone };

/** Why, or what of it: an action with a closed list writes its word down, the others what a person wrote. */
export function accessReason({ action, reason }: { action: AccessAction; reason: string }): string {
  if (action === 'correct') {
    const fields = reason.split(', ').map((field) => fieldNames[field]?.() ?? field);
    return fields.join(m.setup_comma());
  }
  if (action === 'add-residency') {
    const relation = relations.find((word) => word === reason);
    return relation === undefined ? reason : relationName(relation);
  }
  if (action === 'end-residency') {
    const why = endReasons.find((word) => word === reason);
    return why === undefined ? reason : endName(why);
  }
  return reason;
}

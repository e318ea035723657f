import { m } from '$lib/paraglide/messages.js';
import type { Role } from './session.ts';

const names: Record<Role, () => string> = {
  member: m.role_member,
  clerk: m.role_clerk,
  merchant_manager: m.role_merchant_manager,
  accountant: m.role_accountant,
  finance_lead: m.role_finance_lead,
  staff: m.role_staff,
  leader: m.role_leader,
  auditor: m.role_auditor,
  operator: m.role_operator,
};

/** What people call the post. */
export function roleName(role: Role): string {
  return names[role]();
}

/** All of them, for a choice. */
export function roleNames(): { value: Role; label: string }[] {
  return (Object.keys(names) as Role[]).map((role) => ({ value: role, label: roleName(role) }));
}

export function isRole(word: string): word is Role {
  return Object.hasOwn(names, word);
}

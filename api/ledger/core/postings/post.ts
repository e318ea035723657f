/**
 * Entries given one by one (by a system). Protects: they may only touch roles whose equations one transaction
 * can prove on its own; awards that wait, holds, redemptions and money have commands of their own, since what is
 * left of each is to be known (rule 5); and a budget is raised by those who approve it, never by an entry (`outside`).
 */
import { ROLES, isRole, type Role } from '../account.ts';
import type { EntryDraft } from '../command.ts';
import type { Draft } from '../draft.ts';
import { refuse, type Refusal } from '../refusals.ts';

const OPEN_ROLES: ReadonlySet<Role> = new Set([
  'available',
  'expired',
  'debt',
  'issuer',
  'unissued',
  'issued',
  'owed',
]);

export function planPost(draft: Draft, c: { entries: readonly EntryDraft[] }): Refusal | undefined {
  if (c.entries.length < 2) return refuse('not-balanced');
  const { state } = draft;
  for (const { owner, role, counterparty, asset, amount } of c.entries) {
    if (!isRole(role) || !OPEN_ROLES.has(role) || counterparty !== '')
      return refuse('wrong-account', { role });
    const rule = ROLES[role];
    if (rule.kind !== asset.kind) return refuse('wrong-account', { role, asset: asset.kind });
    if (rule.of === 'fund' && owner !== asset.fund) return refuse('wrong-account', { role });
    draft.move(state.account(owner, role), state.asset(asset), amount);
  }
  return undefined;
}

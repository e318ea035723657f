/**
 * Protects: an account is book + owner + role + counterparty, and its role alone decides which kind of asset
 * it may hold, who owns it and between which limits its balance stays.
 */
import type { Amount } from './amount.ts';
import type { AssetKind } from './asset.ts';

export type MemberRole = 'available' | 'held' | 'expired' | 'pending' | 'debt';
export type FundRole = 'issuer' | 'redeemed' | 'unissued' | 'outside' | 'issued' | 'owed' | 'payable';
export type Role = MemberRole | FundRole | 'receivable';

export type AccountRef = { owner: string; role: Role; counterparty: string };
/** A stored account. `id` is book·2^40 + n; `key` is the natural key within its book. */
export type Account = AccountRef & { id: number; key: string; floor: Amount | null; ceiling: Amount | null };

type RoleRule = {
  kind: AssetKind;
  of: 'member' | 'fund' | 'party';
  floor: Amount | null;
  ceiling: Amount | null;
};

/** design: member positions and the budget never go below zero, debt never above; the rest is free. */
export const ROLES: Readonly<Record<Role, RoleRule>> = {
  available: { kind: 'series', of: 'member', floor: 0, ceiling: null },
  held: { kind: 'series', of: 'member', floor: 0, ceiling: null },
  expired: { kind: 'series', of: 'member', floor: 0, ceiling: null },
  pending: { kind: 'promise', of: 'member', floor: 0, ceiling: null },
  debt: { kind: 'promise', of: 'member', floor: null, ceiling: 0 },
  issuer: { kind: 'series', of: 'fund', floor: null, ceiling: 0 },
  redeemed: { kind: 'series', of: 'fund', floor: 0, ceiling: null },
  unissued: { kind: 'promise', of: 'fund', floor: 0, ceiling: null },
  outside: { kind: 'promise', of: 'fund', floor: null, ceiling: 0 },
  issued: { kind: 'promise', of: 'fund', floor: 0, ceiling: null },
  owed: { kind: 'promise', of: 'fund', floor: 0, ceiling: null },
  payable: { kind: 'cny6', of: 'party', floor: null, ceiling: null },
  receivable: { kind: 'cny6', of: 'party', floor: null, ceiling: null },
};

export function isRole(role: string): role is Role {
  return Object.hasOwn(ROLES, role);
}

export function accountKey(owner: string, role: Role, counterparty: string): string {
  return `${owner}|${role}|${counterparty}`;
}

/** What the entries of a step say, in the way in which a row repeats it. */
import type { Role } from '../core/account.ts';
import type { Transaction } from '../core/transaction.ts';
import type { ClaimedPoints } from './claims.ts';

const MEMBERS_OWN: ReadonlySet<Role> = new Set(['available', 'held', 'expired', 'pending', 'debt']);

export function memberOf({ entries }: Transaction): string | undefined {
  return entries.find(({ account }) => MEMBERS_OWN.has(account.role))?.account.owner;
}

type ByUnit = Record<string, number>;

/** By whose entries a step of each kind is counted. */
const COUNTED: Readonly<Record<string, Role>> = {
  ...{ award: 'pending', reject: 'pending', release: 'pending' },
  ...{ hold: 'held', capture: 'held', return: 'held', spend: 'redeemed', refund: 'redeemed' },
};

export function moved({ kind, entries }: Transaction): ByUnit {
  if (kind === 'clawback' || kind === 'credit') return taken(entries, kind === 'credit' ? -1 : 1);
  const points: ByUnit = {};
  for (const { account, asset, amount } of entries) {
    if (account.role === COUNTED[kind]) add(points, asset.unit, Math.abs(amount));
  }
  return points;
}

/** What went to whoever redeems it. */
export function redeemed({ entries }: Transaction): ByUnit {
  const points: ByUnit = {};
  for (const { account, asset, amount } of entries)
    if (account.role === 'redeemed') add(points, asset.unit, amount);
  return points;
}

export function given({ entries }: Transaction): ByUnit {
  return taken(entries, -1);
}

/** What goes back to the issuer, or became a debt. */
function taken(entries: Transaction['entries'], sign: 1 | -1): ByUnit {
  const points: ByUnit = {};
  for (const { account, asset, amount } of entries) {
    if (account.role === 'issuer') add(points, asset.unit, amount * sign);
    if (account.role === 'debt') add(points, asset.unit, -amount * sign);
  }
  return points;
}

function add(points: ByUnit, unit: string, amount: number): void {
  points[unit] = (points[unit] ?? 0) + amount;
}

const MOST_SAID = 100;

function isUnreadable(points: ClaimedPoints): points is { unreadable: string } {
  return typeof points === 'object' && typeof points.unreadable === 'string';
}

export function said(points: ClaimedPoints): string {
  if (typeof points === 'number') return String(points);
  // In quotes, like no points of the ledger.
  if (isUnreadable(points)) return JSON.stringify(points.unreadable).slice(0, MOST_SAID);
  const parts = Object.entries(points).filter(([, amount]) => amount !== 0);
  return parts.length === 0
    ? '0'
    : parts
        .sort()
        .map(([unit, amount]) => `${unit} ${amount}`)
        .join(' + ');
}

/** What the ledger says, in the way in which the row says it. */
export function asSaid(as: ClaimedPoints, points: ByUnit): string {
  return said(typeof as === 'number' ? Object.values(points).reduce((sum, one) => sum + one, 0) : points);
}

/** The series that a transaction gave a number of, and which one it was. */
export function numberedBy({ tallies }: Transaction): { series: string; nth: number } | undefined {
  const counter = tallies.find(({ key }) => key.startsWith(NUMBER));
  return counter && { series: counter.key.slice(NUMBER.length), nth: counter.totalAfter };
}

const NUMBER = 'number:';

/** The number that a transaction gave, as wide as the row writes it. */
export function numberLike(as: string, t: Transaction): string {
  const gave = numberedBy(t);
  if (!gave) return '–';
  const digits = /\d*$/.exec(as)?.[0].length ?? 0;
  const prefix = gave.series.slice(gave.series.lastIndexOf(':') + 1);
  return prefix + String(gave.nth).padStart(digits, '0');
}

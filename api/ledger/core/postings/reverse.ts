/**
 * Refund, clawback, expiry. Protects rule 5: what is reversed never exceeds what is left of the original, per
 * series, and follows the entries made then, never today's rule.
 */
import type { Taken } from '../allocation.ts';
import type { Amount } from '../amount.ts';
import { isLive, promiseAsset, type Asset, type AssetRow } from '../asset.ts';
import type { Draft } from '../draft.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { Transaction, TransactionTerms } from '../transaction.ts';
import { creditMember } from './issue.ts';
import { planSettlement } from './settlement.ts';

type Line = Taken & { tally: string; ceiling: Amount };

/** What is left to reverse of the original's lines; `lines` are the original amounts, in the order they were taken. */
function linesLeft(draft: Draft, of: number, lines: readonly Taken[]): Line[] {
  return lines.map(({ asset, points }) => {
    const tally = `reversed:${of}:${asset.id}`;
    return { asset, points: points - draft.tallied(tally), tally, ceiling: points };
  });
}

/** Takes `points` (or everything left) off the lines, in their order. */
function takeBack(draft: Draft, lines: readonly Line[], points: Amount | undefined): Taken[] | Refusal {
  const left = lines.reduce((sum, line) => sum + line.points, 0);
  let wanted = points ?? left;
  if (wanted <= 0 || wanted > left) return refuse('reversal-exceeded', { left });
  const taken: Taken[] = [];
  for (const { asset, points: available, tally, ceiling } of lines) {
    const part = Math.min(wanted, available);
    if (part === 0) continue;
    draft.count(tally, part, { ceiling });
    taken.push({ asset, points: part });
    wanted -= part;
  }
  return taken;
}

function memberOf(transaction: Transaction): string {
  return (
    transaction.entries.find((e) => e.account.role === 'available' || e.account.role === 'held')?.account
      .owner ?? ''
  );
}

export function planRefund(draft: Draft, c: { of: number; points?: Amount }): Refusal | undefined {
  const { state } = draft;
  const original = state.transaction(c.of);
  if (!original) return refuse('transaction-not-found');
  const spent = original.entries.filter((e) => e.account.role === 'redeemed' && e.amount > 0);
  if (spent.length === 0) return refuse('not-reversible', { kind: original.kind });
  const lines = linesLeft(draft, c.of, spent.map((e) => ({ asset: e.asset, points: e.amount })).reverse());
  const taken = takeBack(draft, lines, c.points);
  if ('code' in taken) return taken;
  draft.reverses = c.of;
  const member = memberOf(original);
  for (const { asset, points } of taken) {
    creditMember(draft, { member, asset, from: state.account(asset.fund, 'redeemed'), amount: points });
  }
  const { settlement: terms = {}, redeemer = '' } = JSON.parse(original.terms ?? '{}') as TransactionTerms;
  return planSettlement(draft, taken, { redeemer, terms, sign: -1 });
}

/** The points a release or credit brought: its series, and the part that was netted against debt (as the promise). */
function creditedLines(original: Transaction): Taken[] {
  const lines: Taken[] = [];
  for (const { account, asset, amount } of original.entries) {
    if (account.role === 'issuer' && amount < 0) lines.push({ asset, points: -amount });
    if (account.role === 'debt' && amount > 0) lines.push({ asset, points: amount });
  }
  return lines.sort((a, b) => Number(a.asset.kind === 'promise') - Number(b.asset.kind === 'promise'));
}

export function planClawback(draft: Draft, c: { of: number; points?: Amount }): Refusal | undefined {
  const original = draft.state.transaction(c.of);
  if (!original) return refuse('transaction-not-found');
  const credited = original.kind === 'release' || original.kind === 'credit' ? creditedLines(original) : [];
  const member = original.entries.find((e) => ['available', 'expired', 'debt'].includes(e.account.role))
    ?.account.owner;
  if (credited.length === 0 || member === undefined) return refuse('not-reversible', { kind: original.kind });
  const taken = takeBack(draft, linesLeft(draft, c.of, credited), c.points);
  if ('code' in taken) return taken;
  draft.reverses = c.of;
  for (const { asset, points } of taken) clawBack(draft, member, asset, points);
  return undefined;
}

/** Same series available, then the member's expired of it, else debt; never held points, which are promised to a shop. */
function clawBack(draft: Draft, member: string, asset: AssetRow, points: Amount): void {
  const { state } = draft;
  const { unit, fund } = asset;
  const promise = state.asset(promiseAsset(unit, fund));
  let left = points;
  if (asset.kind === 'series') {
    const issuer = state.account(fund, 'issuer');
    const available = state.account(member, 'available');
    const expired = state.account(member, 'expired');
    const fromAvailable = Math.min(left, draft.balance(available, asset));
    const fromExpired = Math.min(left - fromAvailable, draft.balance(expired, asset));
    draft.transfer(asset, available, issuer, fromAvailable);
    draft.transfer(asset, expired, issuer, fromExpired);
    const returning = fromAvailable + (asset.budgetReturns ? 0 : fromExpired);
    draft.transfer(promise, state.account(fund, 'issued'), state.account(fund, 'unissued'), returning);
    left -= fromAvailable + fromExpired;
  }
  draft.transfer(promise, state.account(member, 'debt'), state.account(fund, 'owed'), left);
}

export function planExpire(draft: Draft, c: { member: string; asset: Asset }): Refusal | undefined {
  const { state } = draft;
  const asset = state.asset(c.asset);
  if (isLive(c.asset, draft.bookedAt)) return refuse('not-yet-expired', { expiresAt: c.asset.expiresAt });
  const available = state.account(c.member, 'available');
  const left = draft.balance(available, asset);
  if (left === 0) return refuse('insufficient-points', { role: 'available', short: 0 });
  draft.transfer(asset, available, state.account(c.member, 'expired'), left);
  if (!asset.budgetReturns) return undefined;
  const promise = state.asset(promiseAsset(asset.unit, asset.fund));
  draft.transfer(promise, state.account(asset.fund, 'issued'), state.account(asset.fund, 'unissued'), left);
  return undefined;
}

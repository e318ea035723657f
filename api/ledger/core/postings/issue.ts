/** Budget, award, its release or rejection, direct credit: how points come to a member. */
import type { Account } from '../account.ts';
import type { Amount } from '../amount.ts';
import { isLive, promiseAsset, seriesAsset, type AssetRow, type SeriesTerms } from '../asset.ts';
import type { Draft } from '../draft.ts';
import { refuse, type Refusal } from '../refusals.ts';
import type { Transaction } from '../transaction.ts';

/**
 * Points come (back) to a member out of `from`: first the member's debt to that fund is netted, then points whose
 * series has passed go to `expired`, and the rest becomes available.
 */
export function creditMember(
  draft: Draft,
  input: { member: string; asset: AssetRow; from: Account; amount: Amount },
): void {
  const { member, asset, from, amount } = input;
  const { state } = draft;
  const { unit, fund } = asset;
  const promise = state.asset(promiseAsset(unit, fund));
  const issued = state.account(fund, 'issued');
  const unissued = state.account(fund, 'unissued');
  const debt = state.account(member, 'debt');
  const netted = Math.min(amount, Math.max(0, -draft.balance(debt, promise)));
  if (netted > 0) {
    draft.transfer(asset, from, state.account(fund, 'issuer'), netted);
    draft.transfer(promise, issued, unissued, netted);
    draft.transfer(promise, state.account(fund, 'owed'), debt, netted);
  }
  const rest = amount - netted;
  if (rest === 0) return;
  if (isLive(asset, draft.bookedAt)) {
    draft.transfer(asset, from, state.account(member, 'available'), rest);
    return;
  }
  draft.transfer(asset, from, state.account(member, 'expired'), rest);
  if (asset.budgetReturns) draft.transfer(promise, issued, unissued, rest);
}

export function planBudget(draft: Draft, c: { fund: string; unit: string; amount: Amount }): void {
  const { state } = draft;
  const promise = state.asset(promiseAsset(c.unit, c.fund));
  draft.transfer(promise, state.account(c.fund, 'outside'), state.account(c.fund, 'unissued'), c.amount);
}

export function planAward(
  draft: Draft,
  c: { member: string; fund: string; unit: string; amount: Amount },
): Refusal | undefined {
  if (c.amount <= 0) return refuse('amount-out-of-range');
  const { state } = draft;
  const promise = state.asset(promiseAsset(c.unit, c.fund));
  draft.transfer(promise, state.account(c.fund, 'unissued'), state.account(c.member, 'pending'), c.amount);
  return undefined;
}

export function planCredit(
  draft: Draft,
  c: { member: string; fund: string; unit: string; amount: Amount; series: SeriesTerms },
): Refusal | undefined {
  if (c.amount <= 0) return refuse('amount-out-of-range');
  const { state } = draft;
  const promise = state.asset(promiseAsset(c.unit, c.fund));
  const asset = state.asset(seriesAsset(c.unit, c.fund, c.series));
  draft.transfer(promise, state.account(c.fund, 'unissued'), state.account(c.fund, 'issued'), c.amount);
  creditMember(draft, { member: c.member, asset, from: state.account(c.fund, 'issuer'), amount: c.amount });
  return undefined;
}

type WaitingAward = { member: Account; promise: AssetRow; left: Amount; tally: string };

/** An award that waits, and how much of it is neither released nor rejected yet. */
function waitingAward(draft: Draft, award: number): WaitingAward | Refusal {
  const transaction = draft.state.transaction(award);
  if (transaction?.kind !== 'award') return refuse('award-not-found');
  const pending = pendingEntry(transaction);
  if (!pending) return refuse('award-not-found');
  const tally = `settled:${award}`;
  const left = pending.amount - draft.tallied(tally);
  return { member: pending.account, promise: pending.asset, left, tally };
}

function pendingEntry(transaction: Transaction): Transaction['entries'][number] | undefined {
  return transaction.entries.find((e) => e.account.role === 'pending');
}

function settleAward(
  draft: Draft,
  award: number,
  amount: Amount | undefined,
): (WaitingAward & { part: Amount }) | Refusal {
  const waiting = waitingAward(draft, award);
  if ('code' in waiting) return waiting;
  const part = amount ?? waiting.left;
  if (part <= 0 || part > waiting.left) return refuse('award-settled', { left: waiting.left });
  draft.reverses = award;
  draft.count(waiting.tally, part, { ceiling: waiting.left + draft.tallied(waiting.tally) });
  return { ...waiting, part };
}

export function planRelease(
  draft: Draft,
  c: { award: number; amount?: Amount; series: SeriesTerms },
): Refusal | undefined {
  const settled = settleAward(draft, c.award, c.amount);
  if ('code' in settled) return settled;
  const { state } = draft;
  const { unit, fund } = settled.promise;
  const asset = state.asset(seriesAsset(unit, fund, c.series));
  draft.transfer(settled.promise, settled.member, state.account(fund, 'issued'), settled.part);
  creditMember(draft, {
    member: settled.member.owner,
    asset,
    from: state.account(fund, 'issuer'),
    amount: settled.part,
  });
  return undefined;
}

export function planReject(draft: Draft, c: { award: number; amount?: Amount }): Refusal | undefined {
  const settled = settleAward(draft, c.award, c.amount);
  if ('code' in settled) return settled;
  const unissued = draft.state.account(settled.promise.fund, 'unissued');
  draft.transfer(settled.promise, settled.member, unissued, settled.part);
  return undefined;
}

/**
 * Rule 9, held by every single transaction: its entries leave each fund's equations as they were. The equations
 * are linear, so a book whose every transaction passes satisfies them as a whole; `verify` adds them up again.
 */
import type { Account } from './account.ts';
import type { Amount } from './amount.ts';
import { worthMicro } from './amount.ts';
import type { AssetRow } from './asset.ts';
import type { Terms } from './command.ts';
import { refuse, type Refusal } from './refusals.ts';

export type Movement = { account: Account; asset: AssetRow; amount: Amount };

/** What one fund's books changed by, per unit. */
type FundDelta = {
  /** outside + unissued + Σ pending + issued */
  promised: number;
  /** owed + Σ debt */
  owing: number;
  /** issued − Σ (available + held + redeemed, and expired where the budget does not return) */
  backing: number;
};

/** Which part of a fund's equations a movement belongs to; CNY6 has equations of its own. */
function addTo(delta: FundDelta, { account, asset, amount }: Movement): void {
  switch (account.role) {
    case 'outside':
    case 'unissued':
    case 'pending':
      delta.promised += amount;
      return;
    case 'issued':
      delta.promised += amount;
      delta.backing += amount;
      return;
    case 'owed':
    case 'debt':
      delta.owing += amount;
      return;
    case 'available':
    case 'held':
    case 'redeemed':
      delta.backing -= amount;
      return;
    case 'expired':
      if (!asset.budgetReturns) delta.backing -= amount;
      return;
    default:
  }
}

export function checkFundEquations(movements: readonly Movement[]): Refusal | undefined {
  const deltas = new Map<string, FundDelta>();
  for (const movement of movements) {
    const { kind, unit, fund } = movement.asset;
    if (kind === 'cny6') continue;
    const key = `${unit}|${fund}`;
    let delta = deltas.get(key);
    if (!delta) deltas.set(key, (delta = { promised: 0, owing: 0, backing: 0 }));
    addTo(delta, movement);
  }
  for (const [key, { promised, owing, backing }] of deltas) {
    if (promised !== 0 || owing !== 0 || backing !== 0) {
      return refuse('invariant-broken', { promise: key, promised, owing, backing });
    }
  }
  return undefined;
}

/**
 * What funds owe moves exactly by redeemed × rate × factor, for funds that settle; a payment moves it by what was paid.
 * Returns the refusal, or undefined when the money side follows from the points side.
 */
export function checkSettlement(
  movements: readonly Movement[],
  settlement: Readonly<Record<string, Terms>>,
  isPayment: boolean,
): Refusal | undefined {
  const expected = new Map<string, number>();
  for (const { account, asset, amount } of movements) {
    if (account.role === 'redeemed') {
      const terms = settlement[asset.fund];
      if (!terms) return refuse('terms-missing', { fund: asset.fund });
      if (terms.mode === 'stocked') continue;
      const worth = worthMicro(amount, asset.rateMicro, terms.factor);
      if (worth === undefined) return refuse('rate-not-exact', { fund: asset.fund });
      expected.set(asset.fund, (expected.get(asset.fund) ?? 0) + worth);
    }
  }
  if (isPayment) return expected.size === 0 ? undefined : refuse('invariant-broken');
  const clearing = new Set(Object.values(settlement).flatMap((t) => (t.mode === 'clearing' ? [t.via] : [])));
  for (const { account, amount } of movements) {
    if (account.role !== 'payable' || clearing.has(account.owner)) continue;
    expected.set(account.owner, (expected.get(account.owner) ?? 0) + amount);
  }
  for (const [fund, difference] of expected) {
    if (difference !== 0) return refuse('invariant-broken', { fund, difference });
  }
  return undefined;
}

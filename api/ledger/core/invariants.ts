/**
 * Rule 9, held by every single transaction: its entries leave each fund's equations as they were. The equations
 * are linear, so a book whose every transaction passes satisfies them as a whole; `verify` adds them up again.
 */
import { accountKey, type Account } from './account.ts';
import { exactSum, worthMicro, type Amount } from './amount.ts';
import type { AssetRow } from './asset.ts';
import { refuse, type Refusal } from './refusals.ts';
import type { TransactionTerms } from './transaction.ts';

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
      delta.promised = exactSum(delta.promised, amount);
      return;
    case 'issued':
      delta.promised = exactSum(delta.promised, amount);
      delta.backing = exactSum(delta.backing, amount);
      return;
    case 'owed':
    case 'debt':
      delta.owing = exactSum(delta.owing, amount);
      return;
    case 'available':
    case 'held':
    case 'redeemed':
      delta.backing = exactSum(delta.backing, -amount);
      return;
    case 'expired':
      if (!asset.budgetReturns) delta.backing = exactSum(delta.backing, -amount);
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
 * The money side follows from the points side: each leg, fund to clearing party and on to the redeemer, is redeemed ×
 * rate × factor under the terms of that fund, with its mirror at the other party, and there is no leg beside them. A
 * payment is one leg and its mirror.
 */
export function checkSettlement(
  movements: readonly Movement[],
  { settlement = {}, redeemer = '' }: TransactionTerms,
  isPayment: boolean,
): Refusal | undefined {
  /** By account: what it should have moved by, less what it did. */
  const open = new Map<string, number>();
  const add = (key: string, amount: Amount): void => void open.set(key, (open.get(key) ?? 0) + amount);
  const owe = (payer: string, payee: string, worth: Amount): void => {
    add(accountKey(payer, 'payable', payee), -worth);
    add(accountKey(payee, 'receivable', payer), worth);
  };
  for (const { account, asset, amount } of movements) {
    if (asset.kind === 'cny6') {
      add(account.key, -amount);
      if (isPayment && account.role === 'payable') owe(account.owner, account.counterparty, -amount);
    }
    if (account.role !== 'redeemed') continue;
    const terms = Object.hasOwn(settlement, asset.fund) ? settlement[asset.fund] : undefined;
    if (!terms || isPayment) return refuse('terms-missing', { fund: asset.fund });
    if (terms.mode === 'stocked') continue;
    const worth = worthMicro(amount, asset.rateMicro, terms.factor);
    if (worth === undefined) return refuse('rate-not-exact', { fund: asset.fund });
    const party = terms.mode === 'clearing' ? terms.via : redeemer;
    owe(asset.fund, party, worth);
    if (party !== redeemer) owe(party, redeemer, worth);
  }
  for (const [account, difference] of open) {
    if (difference !== 0) return refuse('invariant-broken', { account, difference });
  }
  return undefined;
}

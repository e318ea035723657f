/** The money side of points: what a fund comes to owe for points that were taken, directly or through clearing. */
import { MICRO_PER_FEN, worthMicro, type Amount } from '../amount.ts';
import { CNY6 } from '../asset.ts';
import type { Taken } from '../allocation.ts';
import type { Terms, TermsByFund } from '../command.ts';
import type { Draft } from '../draft.ts';
import { refuse, type Refusal } from '../refusals.ts';

/** On which terms a fund's points are taken; undefined where they are not. */
export function termsOf(terms: TermsByFund, fund: string): Terms | undefined {
  return Object.hasOwn(terms, fund) ? terms[fund] : terms['*'];
}

/**
 * Writes the CNY6 legs for points taken (`sign` 1) or given back (−1). Legs are summed per fund, and the clearing
 * party's side per party, so that many series stay few entries.
 */
export function planSettlement(
  draft: Draft,
  taken: readonly Taken[],
  input: { redeemer: string; terms: TermsByFund; sign: 1 | -1 },
): Refusal | undefined {
  const byFund = new Map<string, { terms: Terms; worth: Amount }>();
  for (const { asset, points } of taken) {
    const terms = termsOf(input.terms, asset.fund);
    if (!terms) return refuse('terms-missing', { fund: asset.fund });
    const worth = terms.mode === 'stocked' ? 0 : worthMicro(points, asset.rateMicro, terms.factor);
    if (worth === undefined) return refuse('rate-not-exact', { fund: asset.fund });
    const known = byFund.get(asset.fund);
    if (known) known.worth += worth;
    else byFund.set(asset.fund, { terms, worth });
  }
  draft.settleWith(input.redeemer);
  for (const [fund, { terms, worth }] of byFund) {
    draft.settle(fund, terms);
    if (terms.mode === 'stocked' || worth === 0) continue;
    const amount = worth * input.sign;
    const party = terms.mode === 'clearing' ? terms.via : input.redeemer;
    owe(draft, fund, party, amount);
    if (party !== input.redeemer) owe(draft, party, input.redeemer, amount);
  }
  return undefined;
}

/** `payer` owes `payee` more (or less) by `amount` micro-yuan. */
export function owe(draft: Draft, payer: string, payee: string, amount: Amount): void {
  const { state } = draft;
  draft.transfer(
    state.asset(CNY6),
    state.account(payer, 'payable', payee),
    state.account(payee, 'receivable', payer),
    amount,
  );
}

/** A statement was paid: only fen change hands, and never more than the fen of what is owed. */
export function planPay(
  draft: Draft,
  c: { payer: string; payee: string; amountMicro: Amount },
): Refusal | undefined {
  const { state } = draft;
  if (c.amountMicro <= 0 || c.amountMicro % MICRO_PER_FEN !== 0) return refuse('amount-out-of-range');
  const owed = -draft.balance(state.account(c.payer, 'payable', c.payee), state.asset(CNY6));
  if (c.amountMicro > owed) return refuse('overpaid', { owedMicro: owed });
  owe(draft, c.payer, c.payee, -c.amountMicro);
  return undefined;
}

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
  return input.sign === 1 ? checkExposure(draft, byFund, input.redeemer) : undefined;
}

/** What whoever pays the redeemer leaves unpaid stays within the limit, in the same step as it grows. */
function checkExposure(
  draft: Draft,
  byFund: ReadonlyMap<string, { terms: Terms; worth: Amount }>,
  redeemer: string,
): Refusal | undefined {
  const { state } = draft;
  for (const [fund, { terms, worth }] of byFund) {
    if (terms.mode === 'stocked' || terms.limitMicro === undefined || worth === 0) continue;
    const payer = terms.mode === 'clearing' ? terms.via : fund;
    const unpaid = draft.balance(state.account(redeemer, 'receivable', payer), state.asset(CNY6));
    if (unpaid <= terms.limitMicro) continue;
    return refuse('exposure-exceeded', {
      ...{ payer, limitMicro: terms.limitMicro },
      leftMicro: Math.max(0, terms.limitMicro - (unpaid - worthOwedBy(byFund, payer))),
    });
  }
  return undefined;
}

/** What of a step comes to be owed by one payer, whatever funds it pays for. */
function worthOwedBy(byFund: ReadonlyMap<string, { terms: Terms; worth: Amount }>, payer: string): Amount {
  let sum = 0;
  for (const [fund, { terms, worth }] of byFund) {
    if (terms.mode !== 'stocked' && (terms.mode === 'clearing' ? terms.via : fund) === payer) sum += worth;
  }
  return sum;
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

type Payment = { payer: string; payee: string; amountMicro: Amount; reverses?: number };

/** A statement was paid: only fen change hands, and never more than the fen of what is owed. */
export function planPay(draft: Draft, c: Payment): Refusal | undefined {
  const { state } = draft;
  if (c.amountMicro <= 0 || c.amountMicro % MICRO_PER_FEN !== 0) return refuse('amount-out-of-range');
  if (c.reverses !== undefined) return planPayBack(draft, c, c.reverses);
  const owed = -draft.balance(state.account(c.payer, 'payable', c.payee), state.asset(CNY6));
  if (c.amountMicro > owed) return refuse('overpaid', { owedMicro: owed });
  owe(draft, c.payer, c.payee, -c.amountMicro);
  return undefined;
}

/** A payment that was never made, or not to this payee: it is owed again. Once, and all of it. */
function planPayBack(draft: Draft, c: Payment, of: number): Refusal | undefined {
  const original = draft.state.transaction(of);
  if (!original) return refuse('transaction-not-found');
  const paid = original.entries.find(({ account }) => account.role === 'payable');
  const isIt =
    original.kind === 'pay' &&
    original.reverses === null &&
    paid?.account.owner === c.payer &&
    paid.account.counterparty === c.payee;
  if (!isIt) return refuse('not-reversible', { kind: original.kind });
  const tally = `reversed:${of}:${paid.asset.id}`;
  const left = paid.amount - draft.tallied(tally);
  if (c.amountMicro !== paid.amount || left !== paid.amount) return refuse('reversal-exceeded', { left });
  draft.count(tally, c.amountMicro, { ceiling: paid.amount });
  draft.reverses = of;
  owe(draft, c.payer, c.payee, c.amountMicro);
  return undefined;
}

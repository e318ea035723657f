import { formatMicro, formatPoints } from '$lib/format.ts';
import { m } from '$lib/paraglide/messages.js';

export type Budget = {
  id: string;
  amount: string;
  basis: string;
  state: 'waiting' | 'approved' | 'withdrawn';
  requestedBy: string;
  requestedByName?: string | undefined;
  approvedByName?: string | undefined;
  at: string;
};

/** `50,000 分，合 ¥5,000.00`: what points of a fund cost it when they are used. */
export function worthText(amount: string, rateMicro: string): string {
  const yuan = formatMicro(BigInt(amount) * BigInt(rateMicro));
  return m.programme_worth({ points: formatPoints(amount), yuan });
}

export function isOwn({ requestedBy }: Budget, me: string | undefined): boolean {
  return requestedBy === `person:${me}`;
}

/** Who asked, as a colleague is shown: oneself, or a masked name. */
export function askedBy(budget: Budget, me: string | undefined): string {
  return isOwn(budget, me) ? m.programme_yours() : (budget.requestedByName ?? '—');
}

export function stateText({ state, approvedByName }: Budget): string {
  if (state === 'waiting') return m.programme_state_waiting();
  if (state === 'withdrawn') return m.programme_state_withdrawn();
  return approvedByName === undefined
    ? m.programme_state_approved_by_nobody()
    : m.programme_state_approved({ name: approvedByName });
}

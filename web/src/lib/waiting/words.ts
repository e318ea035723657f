import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';

type Tasks = ReturnType<typeof api>['v1']['me']['tasks'];

/** What of one kind waits for the reader. */
export type WaitingList = InferResponseType<Tasks['$get'], 200>;
export type Waiting = WaitingList['items'][number];
type Kind = Waiting['kind'];

/** A kind in words, and the page that it leads to, at the place where the first of it waits. */
type Told = { name: () => string; href: (place: string) => string; onlyLook?: true };

const told: Record<Kind, Told> = {
  'rate-service': { name: m.waiting_rate_service, href: (at) => `/community/services?estate=${at}` },
  'approve-budget': { name: m.waiting_approve_budget, href: (at) => `/programme?place=${at}` },
  'approve-closing': { name: m.waiting_approve_closing, href: (at) => `/fees/months?estate=${at}` },
  'approve-write-off': { name: m.waiting_approve_write_off, href: (at) => `/fees/breaks?estate=${at}` },
  'approve-write-off-reversal': {
    name: m.waiting_approve_write_off_reversal,
    href: (at) => `/fees/breaks?estate=${at}&state=resolved&view=asked`,
  },
  'reversal-declined': {
    name: m.waiting_reversal_declined,
    href: (at) => `/fees/breaks?estate=${at}&state=resolved&view=asked`,
  },
  'approve-firm-change': {
    name: m.waiting_approve_firm_change,
    href: (at) => `/fees/settings?estate=${at}`,
  },
  'take-batch-back': { name: m.waiting_take_batch_back, href: (at) => `/fees/offsets?estate=${at}` },
  'answer-inquiry': { name: m.waiting_answer_inquiry, href: (at) => `/inquiries?place=${at}` },
  'read-code': { name: m.waiting_read_code, href: (at) => `/community/outbox?estate=${at}` },
  'tell-message': { name: m.waiting_tell_message, href: (at) => `/community/outbox?estate=${at}` },
  'resolve-break': { name: m.waiting_resolve_break, href: (at) => `/fees/breaks?estate=${at}` },
  'hand-over': { name: m.waiting_hand_over, href: (at) => `/fees/offsets?estate=${at}` },
  'bring-posted-list': { name: m.waiting_bring_posted_list, href: (at) => `/fees/reconcile?estate=${at}` },
  'ask-to-close': { name: m.waiting_ask_to_close, href: (at) => `/fees/months?estate=${at}` },
  'confirm-settlement': { name: m.waiting_confirm_settlement, href: (at) => `/settlement/dues?place=${at}` },
  'agree-settlement': {
    name: m.waiting_agree_settlement,
    href: (at) => `/settlement/dues?place=${at}&side=payer`,
  },
  'pay-settlement': {
    name: m.waiting_pay_settlement,
    href: (at) => `/settlement/dues?place=${at}&side=payer&state=agreed`,
  },
  'take-payment-back': {
    name: m.waiting_take_payment_back,
    href: (at) => `/settlement/dues?place=${at}&side=payer`,
  },
  'receive-payment': { name: m.waiting_receive_payment, href: (at) => `/settlement/dues?place=${at}` },
  'payment-disputed': {
    name: m.waiting_payment_disputed,
    href: (at) => `/settlement/dues?place=${at}&side=payer`,
  },
  'rule-begins': {
    name: m.waiting_rule_begins,
    href: (at) => `/programme/rules?place=${at}`,
    onlyLook: true,
  },
};

export const waitingName = ({ kind }: Waiting): string => told[kind].name();
export const waitingHref = ({ kind, place }: Waiting): string => told[kind].href(place.id);
/** Nothing has to be done about it. */
export const isOnlyLook = ({ kind }: Waiting): boolean => told[kind].onlyLook === true;

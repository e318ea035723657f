import { m } from '$lib/paraglide/messages.js';

export const breakKinds = [
  ...(['missing-there', 'missing-here', 'amount', 'duplicate', 'wrong-period', 'wrong-house'] as const),
  ...(['wrong-item', 'wrong-number', 'reissued', 'paid-first', 'returned', 'late', 'hold-ended'] as const),
  'not-handed-over',
] as const;

const kinds: Record<string, () => string> = {
  'missing-there': m.fees_break_missing_there,
  'missing-here': m.fees_break_missing_here,
  amount: m.fees_break_amount,
  duplicate: m.fees_break_duplicate,
  'wrong-period': m.fees_break_wrong_period,
  'wrong-item': m.fees_break_wrong_item,
  'wrong-number': m.fees_break_wrong_number,
  'wrong-house': m.fees_break_wrong_house,
  reissued: m.fees_break_reissued,
  'paid-first': m.fees_break_paid_first,
  returned: m.fees_break_returned,
  late: m.fees_break_late,
  'hold-ended': m.fees_break_hold_ended,
  'not-handed-over': m.fees_break_not_handed_over,
};

export function breakName(kind: string): string {
  return kinds[kind]?.() ?? kind;
}

export const resolutions = ['firm-corrects', 'accept', 'release', 'reverse', 'write-off', 'carry'] as const;
export type Resolution = (typeof resolutions)[number];

const resolutionNames: Record<Exclude<Resolution, 'carry'>, () => string> = {
  'firm-corrects': m.fees_resolve_firm_corrects,
  accept: m.fees_resolve_accept,
  release: m.fees_resolve_release,
  reverse: m.fees_resolve_reverse,
  'write-off': m.breaks_write_off,
};

/** How a later list settled a break, in the system's words. */
export function settledWords(resolution: string, list: string): string {
  return resolution === 'later-list' ? m.fees_settled_later({ list }) : m.fees_settled_replaced({ list });
}

export function resolutionName(resolution: Exclude<Resolution, 'carry'>): string {
  return resolutionNames[resolution]();
}

/** As it is offered: with how many it takes. */
export function offerName({
  resolution,
  secondPerson,
}: {
  resolution: Exclude<Resolution, 'carry'>;
  secondPerson: boolean;
}): string {
  const how = resolutionName(resolution);
  return secondPerson ? m.fees_resolve_by_two({ how }) : how;
}

/** How a line of a thread names a way of resolving; '' for one that is none. */
export function namedResolution(word: string): string {
  const found = resolutions.find((each) => each === word);
  return found === undefined || found === 'carry' ? '' : resolutionName(found);
}

/** Why an offset that waits is not handed over. */
const leftOut: Record<'reissued' | 'cancelled' | 'paid-first' | 'difference', () => string> = {
  reissued: m.fees_left_reissued,
  cancelled: m.fees_left_cancelled,
  'paid-first': m.fees_left_paid_first,
  difference: m.fees_left_difference,
};

export function leftOutName(why: keyof typeof leftOut): string {
  return leftOut[why]();
}

/** What the list of bills is filtered by: those to pay, those paid, and those that no longer stand. */
/** The orders of the API's lists, the one that a page has by itself first. */
export const billSorts = ['house', 'most', 'newest'] as const;
export const sortsByValue = ['newest', 'oldest', 'most'] as const;

export const billStates = ['open', 'paid', 'reissued', 'cancelled'] as const;

const billStateNames: Record<(typeof billStates)[number], () => string> = {
  open: m.fees_bill_open,
  paid: m.fees_bill_paid,
  reissued: m.fees_bill_reissued,
  cancelled: m.fees_bill_cancelled,
};

export function billStateName(state: (typeof billStates)[number]): string {
  return billStateNames[state]();
}

export const offsetStates = ['held', 'exported', 'posted', 'cancelled', 'returned', 'reversed'] as const;
export type OffsetState = (typeof offsetStates)[number];

const offsetStateNames: Record<OffsetState, () => string> = {
  held: m.fees_offset_state_held,
  exported: m.fees_offset_state_exported,
  posted: m.fees_offset_state_posted,
  cancelled: m.fees_offset_state_cancelled,
  returned: m.fees_offset_state_returned,
  reversed: m.fees_offset_state_reversed,
};

/** How far an offset is, as the firm's accountant says it. */
export function offsetStateName(state: OffsetState): string {
  return offsetStateNames[state]();
}

const proposals: Record<string, () => string> = {
  'firm-corrects': m.fees_proposal_firm_corrects,
  accept: m.fees_proposal_accept,
  release: m.fees_proposal_release,
  'offset-new-bill': m.fees_proposal_offset_new_bill,
  reverse: m.fees_proposal_reverse,
  choose: m.fees_proposal_choose,
};

export function proposalName(proposal: string): string {
  return proposals[proposal]?.() ?? proposal;
}

const postedStates: Record<string, () => string> = {
  posted: m.fees_posted_state_posted,
  returned: m.fees_posted_state_returned,
  waiting: m.fees_posted_state_waiting,
  'paid-otherwise': m.fees_posted_state_paid_otherwise,
};

/** How the firm's row stands. */
export function postedStateName(state: string): string {
  return postedStates[state]?.() ?? state;
}

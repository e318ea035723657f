import { m } from '$lib/paraglide/messages.js';
import type { StatusKind } from '$lib/ui/Status.svelte';

/** The API's closed lists. */
export const desks = ['staff', 'shop', 'fees'] as const;
export type Desk = (typeof desks)[number];
type State = 'open' | 'answered' | 'reopened' | 'closed';

/** The longest text that the API takes. */
export const longestText = 500;

/** What was said, as the API answers it. */
export type Word = {
  deed: 'ask' | 'answer' | 'reopen' | 'close';
  text?: string | undefined;
  at: string;
  byMe: boolean;
  byName?: string | undefined;
};

/** A question as the API answers it. */
export type Asked = {
  id: string;
  version: number;
  state: State;
  placeName: string;
  mayReopen: boolean;
  /** Asked by somebody else, and not answered: its member may take it back. */
  mayWithdraw: boolean;
  actedBy?: { as: 'relative' | 'staff'; name?: string | undefined } | undefined;
  words: Word[];
};

const states: Record<State, { kind: StatusKind; text: () => string }> = {
  open: { kind: 'waiting', text: m.inquiries_state_open },
  reopened: { kind: 'waiting', text: m.inquiries_state_reopened },
  answered: { kind: 'done', text: m.inquiries_state_answered },
  closed: { kind: 'note', text: m.inquiries_state_closed },
};

export function stateName(state: State): { kind: StatusKind; text: string } {
  const { kind, text } = states[state];
  return { kind, text: text() };
}

const deskNames: Record<Desk, (inputs: { place: string }) => string> = {
  staff: m.inquiries_desk_staff,
  shop: m.inquiries_desk_shop,
  fees: m.inquiries_desk_fees,
};

export function deskName(desk: Desk, place: string): string {
  return deskNames[desk]({ place });
}

/** What was done, as its member reads it or a desk. */
export function deedName({ deed, byMe }: Pick<Word, 'deed' | 'byMe'>): string {
  if (deed === 'ask') return byMe ? m.inquiries_deed_ask() : m.inquiries_deed_ask_member();
  if (deed === 'answer') return m.inquiries_deed_answer();
  return deed === 'reopen' ? m.inquiries_deed_reopen() : m.inquiries_deed_close();
}

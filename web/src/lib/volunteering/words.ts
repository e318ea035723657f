import { m } from '$lib/paraglide/messages.js';
import type { StatusKind } from '$lib/ui/Status.svelte';

/** The closed lists of the API, in the order in which forms offer them. */
export const grades = [
  'very-satisfied',
  'satisfied',
  'fairly-satisfied',
  'dissatisfied',
  'very-dissatisfied',
] as const;
export const trusts = ['scan', 'roll-call', 'paper', 'typed'] as const;
/** The orders of the API's list, the one that the page has by itself first. */
export const serviceSorts = ['newest', 'oldest', 'day'] as const;
export const states = ['waiting', 'released', 'rejected', 'no-points', 'voided'] as const;
export type State = (typeof states)[number];

const stateNames: Record<State, { kind: StatusKind; text: () => string }> = {
  waiting: { kind: 'waiting', text: m.community_state_waiting },
  released: { kind: 'done', text: m.community_state_released },
  rejected: { kind: 'refused', text: m.community_state_rejected },
  'no-points': { kind: 'note', text: m.community_state_no_points },
  voided: { kind: 'note', text: m.community_state_voided },
};

export function stateName(state: State): { kind: StatusKind; text: string } {
  const { kind, text } = stateNames[state];
  return { kind, text: text() };
}

/** One of a closed list, from an address or a form that anybody may have written. */
export function pick<const Word extends string>(
  list: readonly Word[],
  word: string | null,
): Word | undefined {
  return list.find((known) => known === word);
}

import { m } from '$lib/paraglide/messages.js';

const states = {
  draft: { kind: 'waiting', name: m.dues_state_draft },
  objected: { kind: 'waiting', name: m.dues_state_objected },
  confirmed: { kind: 'waiting', name: m.dues_state_confirmed },
  agreed: { kind: 'waiting', name: m.dues_state_agreed },
  paid: { kind: 'done', name: m.dues_state_paid },
} as const;

/** How far a settlement is, in words. */
export function duesStanding(state: keyof typeof states): { kind: 'waiting' | 'done'; text: string } {
  const { kind, name } = states[state];
  return { kind, text: name() };
}

import { m } from '$lib/paraglide/messages.js';

const states = {
  draft: { kind: 'waiting', name: m.dues_state_draft },
  objected: { kind: 'waiting', name: m.dues_state_objected },
  confirmed: { kind: 'waiting', name: m.dues_state_confirmed },
  agreed: { kind: 'waiting', name: m.dues_state_agreed },
  paid: { kind: 'done', name: m.dues_state_paid },
} as const;

type Standing = { state: keyof typeof states; net: string; received: string };

/** How far a settlement is, in words. Paid is what its payee has confirmed. */
export function duesStanding({ state, net, received }: Standing): { kind: 'waiting' | 'done'; text: string } {
  if (state === 'paid' && net === '0.00') return { kind: 'done', text: m.dues_state_carried() };
  if (state === 'paid' && received !== net) return { kind: 'waiting', text: m.dues_state_recorded() };
  const { kind, name } = states[state];
  return { kind, text: name() };
}

import { m } from '$lib/paraglide/messages.js';
import type { StatusKind } from '$lib/ui/Status.svelte';

export type BatchState = 'made' | 'sent' | 'acknowledged' | 'posted' | 'returned' | 'taken-back';
type Step = 'send' | 'undo-send' | 'acknowledge' | 'undo-acknowledge' | 'ask-back' | 'keep' | 'take-back';
type Done = { name?: string | undefined; at: string };

/** A batch as the API tells of it. */
export type Batch = {
  id: string;
  number: string;
  count: number;
  value: string;
  at: string;
  madeBy?: string | undefined;
  rowsHash: string;
  state: BatchState;
  open: number;
  posted: number;
  returned: number;
  sent?: Done | undefined;
  acknowledged?: Done | undefined;
  askedBack?: (Done & { reason: string; mine: boolean }) | undefined;
  takenBack?: Done | undefined;
  steps: Step[];
};

const states: Record<BatchState, { kind: StatusKind; name: () => string }> = {
  made: { kind: 'waiting', name: m.exchange_made },
  sent: { kind: 'waiting', name: m.exchange_sent },
  acknowledged: { kind: 'held', name: m.exchange_acknowledged },
  posted: { kind: 'done', name: m.exchange_posted },
  returned: { kind: 'note', name: m.exchange_returned },
  'taken-back': { kind: 'refused', name: m.exchange_taken_back },
};

/** How far a batch is, in words and a mark. */
export function batchStatus(state: BatchState): { kind: StatusKind; text: string } {
  const { kind, name } = states[state];
  return { kind, text: name() };
}

export const batchMarks = ['send', 'undo-send', 'acknowledge', 'undo-acknowledge'] as const;
export type BatchMark = (typeof batchMarks)[number];

const markNames: Record<BatchMark, () => string> = {
  send: m.exchange_send,
  'undo-send': m.exchange_undo_send,
  acknowledge: m.exchange_acknowledge,
  'undo-acknowledge': m.exchange_undo_acknowledge,
};

export function markName(mark: BatchMark): string {
  return markNames[mark]();
}

/** The marks that somebody can set now, the likely one first. */
export function marksOf({ steps }: Pick<Batch, 'steps'>): BatchMark[] {
  return batchMarks
    .filter((mark) => steps.includes(mark))
    .sort((one, other) => steps.indexOf(one) - steps.indexOf(other));
}

/** A long code in groups of four, the beginning of it: what two people compare on the telephone. */
export function shortCode(hash: string): string {
  return (hash.slice(0, 16).match(/.{1,4}/g) ?? []).join(' ');
}

import { m } from '$lib/paraglide/messages.js';
import type { StatusKind } from '$lib/ui/Status.svelte';

export type OffsetState = 'held' | 'exported' | 'posted' | 'cancelled' | 'returned' | 'reversed';

const states: Record<OffsetState, { kind: StatusKind; text: () => string }> = {
  held: { kind: 'held', text: m.me_offset_state_held },
  exported: { kind: 'waiting', text: m.me_offset_state_exported },
  posted: { kind: 'done', text: m.me_offset_state_posted },
  cancelled: { kind: 'note', text: m.me_offset_state_cancelled },
  returned: { kind: 'note', text: m.me_offset_state_returned },
  reversed: { kind: 'note', text: m.me_offset_state_reversed },
};

/** How far an offset is, as its resident reads it. */
export function offsetState({ state, holdEnded }: { state: OffsetState; holdEnded?: boolean | undefined }): {
  kind: StatusKind;
  text: string;
} {
  if (holdEnded) return { kind: 'note', text: m.me_offset_state_ended() };
  return { kind: states[state].kind, text: states[state].text() };
}

import type { InferResponseType } from 'hono/client';
import type { api } from '$lib/api.ts';
import { m } from '$lib/paraglide/messages.js';

type Runs = ReturnType<typeof api>['v1']['books'][':book']['verifications'];

/** One verification of a book, with what it found. */
export type Run = InferResponseType<Runs[':verification']['$get'], 200>;

/** How a run ended, in a word and the shape beside it. */
export const runStates = {
  running: { kind: 'waiting', text: m.audit_running },
  right: { kind: 'done', text: m.audit_right },
  wrong: { kind: 'refused', text: m.audit_wrong_short },
  failed: { kind: 'note', text: m.audit_failed },
  'broken-off': { kind: 'note', text: m.audit_broken_off },
} as const satisfies Record<Run['state'], unknown>;

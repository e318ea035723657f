import type { PersonActor } from './actor.ts';
import type { Instant } from './time.ts';

/**
 * What waits for one person (待我处理). Each module knows of its own what this very person may do, and gives a
 * `WaitingCounter`; api/app.ts lists them all, and api/waiting answers with what they found.
 *
 * A module that adds a kind: its word here, a counter in its index.ts, that counter in app.ts, and where it leads to in
 * web/src/lib/waiting/words.ts, which does not compile without it.
 */
export const waitingKinds = [
  'rate-service',
  'approve-budget',
  'approve-closing',
  'approve-write-off',
  'approve-write-off-reversal',
  'reversal-declined',
  'take-batch-back',
  'approve-firm-change',
  'answer-inquiry',
  'read-code',
  'tell-message',
  'resolve-break',
  'hand-over',
  'bring-posted-list',
  'ask-to-close',
  'confirm-settlement',
  'agree-settlement',
  'pay-settlement',
  'take-payment-back',
  'receive-payment',
  'payment-disputed',
  'rule-begins',
] as const;
export type WaitingKind = (typeof waitingKinds)[number];

/** One thing that waits: at which place, since when, and by when where it has an end. */
export interface Waiter {
  readonly place: string;
  readonly since: Instant;
  readonly due?: Instant;
}

/** What of one kind waits; `place` is where the first of it does. */
export interface Waiting extends Waiter {
  readonly kind: WaitingKind;
  readonly count: number;
  /** There are more, which nobody counted. */
  readonly more: boolean;
}

export type WaitingCounter = (actor: PersonActor) => Promise<readonly Waiting[]>;

/** More than this many are not counted: the page says 99+. */
export const MOST_WAITING = 99;

/** One line of a kind out of what was found, of which there may be more than was looked at; none where nothing was. */
export function waitingOf(kind: WaitingKind, found: readonly Waiter[], isCut = false): Waiting[] {
  const [first] = found.toSorted((a, b) => (a.due ?? a.since) - (b.due ?? b.since));
  if (first === undefined) return [];
  const { place, since, due } = first;
  const counted = {
    count: Math.min(found.length, MOST_WAITING),
    more: isCut || found.length > MOST_WAITING,
  };
  return [{ kind, place, since, ...(due === undefined ? {} : { due }), ...counted }];
}

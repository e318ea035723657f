/**
 * Protects: a question is answered once, asked on about once, and nobody takes back what they said. What somebody else
 * asked in a member's name the member may end before it is answered: they may never have meant it.
 */
export const STATES = ['open', 'answered', 'reopened', 'closed'] as const;
export type InquiryState = (typeof STATES)[number];

export const DEEDS = ['ask', 'answer', 'reopen', 'close'] as const;
export type Deed = (typeof DEEDS)[number];

/** Where it then is; undefined where this cannot be done now. */
export function stateAfter(
  { state, reopened, mayWithdraw = false }: { state: InquiryState; reopened: boolean; mayWithdraw?: boolean },
  deed: Exclude<Deed, 'ask'>,
): InquiryState | undefined {
  if (deed === 'answer') return waitsIn(state) ? 'answered' : undefined;
  if (deed === 'close' && state === 'open' && mayWithdraw) return 'closed';
  if (state !== 'answered') return undefined;
  if (deed === 'close') return 'closed';
  return reopened ? undefined : 'reopened';
}

/** Whether somebody has to answer. */
export function waitsIn(state: InquiryState): boolean {
  return state === 'open' || state === 'reopened';
}

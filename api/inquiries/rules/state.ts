/** Protects: a question is answered once, asked on about once, and nobody takes back what was said. */
export const STATES = ['open', 'answered', 'reopened', 'closed'] as const;
export type InquiryState = (typeof STATES)[number];

export const DEEDS = ['ask', 'answer', 'reopen', 'close'] as const;
export type Deed = (typeof DEEDS)[number];

/** Where it then is; undefined where this cannot be done now. */
export function stateAfter(
  { state, reopened }: { state: InquiryState; reopened: boolean },
  deed: Exclude<Deed, 'ask'>,
): InquiryState | undefined {
  if (deed === 'answer') return waitsIn(state) ? 'answered' : undefined;
  if (state !== 'answered') return undefined;
  if (deed === 'close') return 'closed';
  return reopened ? undefined : 'reopened';
}

/** Whether somebody has to answer. */
export function waitsIn(state: InquiryState): boolean {
  return state === 'open' || state === 'reopened';
}

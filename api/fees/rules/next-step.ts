/** Protects: whoever opens the firm's page is told one thing to do, the one that everything after it waits for. */
export type MonthAtWork = {
  bills: number;
  /** Offsets of the month by where they are: at the residents' disposal, in the firm's hands, posted. */
  held: number;
  handedOver: number;
  posted: number;
  /** Batches that the firm has had since its last posted list. */
  batchesOut: number;
  openBreaks: number;
  /** Residents can offset no more. */
  cutOff: boolean;
  over: boolean;
  asked: boolean;
};

export const NEXT_STEPS = [
  'import-bills',
  'wait-for-residents',
  'hand-over',
  'bring-posted-list',
  'resolve-breaks',
  'wait-for-month-end',
  'ask-to-close',
  'approve-closing',
] as const;
export type NextStep = (typeof NEXT_STEPS)[number];

/** Closing waits for offsets that were handed over, not for breaks: a break outlives its month, but comes first. */
export function nextStep(month: MonthAtWork): NextStep {
  if (month.asked) return 'approve-closing';
  const offsets = month.held + month.handedOver + month.posted;
  if (month.bills === 0 && offsets === 0) return 'import-bills';
  if (month.held > 0 && month.cutOff) return 'hand-over';
  if (month.handedOver > 0 && month.batchesOut > 0) return 'bring-posted-list';
  if (month.openBreaks > 0) return 'resolve-breaks';
  if (!month.cutOff) return 'wait-for-residents';
  if (month.handedOver > 0) return 'bring-posted-list';
  return month.over ? 'ask-to-close' : 'wait-for-month-end';
}

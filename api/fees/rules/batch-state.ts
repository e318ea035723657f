/**
 * How far a batch (批次) is with the firm, and what can still be done with it.
 *
 * Protects: an offset is in one live batch. A batch goes back only while the firm has posted nothing of it and nobody says
 * that its software has taken it, or what came back would be handed over, and posted, a second time.
 */
export const BATCH_STATES = ['made', 'sent', 'acknowledged', 'posted', 'returned', 'taken-back'] as const;
export type BatchState = (typeof BATCH_STATES)[number];

export const BATCH_STEPS = [
  'send',
  'undo-send',
  'acknowledge',
  'undo-acknowledge',
  'ask-back',
  'keep',
  'take-back',
] as const;
export type BatchStep = (typeof BATCH_STEPS)[number];

/** What people said of a batch, and its offsets by where they are: in the firm's hands, posted, given back. */
export type BatchFacts = {
  sent: boolean;
  acknowledged: boolean;
  askedBack: boolean;
  takenBack: boolean;
  open: number;
  posted: number;
  returned: number;
  /** Of `returned`, what a posted list said: the firm had it. What came back because its hold ended says nothing of the firm. */
  returnedByFirm: number;
};

/** `posted` and `returned` follow from the offsets: a batch is through when none of it is in the firm's hands any more. */
export function batchState(batch: BatchFacts): BatchState {
  const { open, posted, returned } = batch;
  if (batch.takenBack) return 'taken-back';
  if (open === 0 && posted > 0) return 'posted';
  if (open === 0 && returned > 0) return 'returned';
  if (batch.acknowledged || isWithFirm(batch)) return 'acknowledged';
  return batch.sent ? 'sent' : 'made';
}

/** What can be done now, the most likely first. */
export function batchSteps(batch: BatchFacts): readonly BatchStep[] {
  if (batch.takenBack) return [];
  const isOver = isWithFirm(batch) || batch.open === 0;
  // Whoever asked is answered, also where it can no longer be done.
  if (batch.askedBack) return isOver ? ['keep'] : ['take-back', 'keep'];
  if (isOver) return [];
  if (batch.acknowledged) return ['undo-acknowledge'];
  return batch.sent ? ['acknowledge', 'undo-send', 'ask-back'] : ['send', 'ask-back'];
}

/** What the firm has posted or returned, it has. */
function isWithFirm({ posted, returnedByFirm }: BatchFacts): boolean {
  return posted > 0 || returnedByFirm > 0;
}

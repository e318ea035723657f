/**
 * Protects: what a file hardly means is written only when a person has said that it does mean it: another estate's
 * file, a house beside its twin, a list that matches nothing.
 */
import { problem, type Problem, type Words } from '../platform/index.ts';

export type QuestionCode =
  | 'other-estate'
  | 'estate-namesake'
  | 'new-houses'
  | 'shared-phones'
  | 'namesake'
  | 'mostly-reissued'
  | 'cancels-bills'
  | 'nothing-matched'
  | 'unreadable-rows'
  | 'dates-ahead'
  | 'two-amounts'
  | 'prepaid-beside-paid'
  | 'prepaid-balance'
  | 'paid-beyond'
  | 'older-file'
  | 'closed-month'
  | 'several-months'
  | 'overlapping-months'
  | 'amounts-in-fen';

/** A sentence that a person answers with yes by its code; without that the file is not taken in. */
export type Question = Words & { readonly code: QuestionCode };

/** Refuses with each question that is not answered yet. */
export function unanswered(
  questions: readonly Question[],
  confirmed: readonly string[] = [],
): Problem | undefined {
  const open = questions.filter(({ code }) => !confirmed.includes(code));
  if (open.length === 0) return undefined;
  return problem('not-confirmed', { fields: open.map(({ zh, en }) => ({ field: 'confirm', zh, en })) });
}

import type { Problem } from './problem.ts';

/** A key for one submission; minted when its form is made, so that a double press is one effect. */
export function newKey(): string {
  return crypto.randomUUID();
}

/**
 * The key of the form's next try. After an answer, good or bad, it is a new one. A 5xx is no answer: what was sent may
 * have been booked, and only its own key finds that out.
 */
export function keyAfter(key: string, problem: Pick<Problem, 'status'> | null): string {
  return problem !== null && problem.status >= 500 ? key : newKey();
}

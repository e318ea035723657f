import { setImmediate as nextTurn } from 'node:timers/promises';

/** Work cut into short steps, with its result at the end. The work itself stays pure and synchronous. */
export type Steps<Result> = Generator<undefined, Result>;

/** Rows of a file between two steps: a few milliseconds. */
export const ROWS_A_STEP = 200;

/** All steps at once: for tests and short files. */
export function finish<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** One step a turn of the event loop, so that a district's bills do not keep a till waiting. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await nextTurn();
  }
}

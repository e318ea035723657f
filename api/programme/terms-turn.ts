/** Making, ending and copying terms of one redeemer take turns. */
import { isStale, type Engine } from '../db/index.ts';
import { problem, type Problem } from '../platform/index.ts';

/** What is written of an agreement that is no longer as it was seen (`ifStill`) is refused, with all that goes with it. */
export async function inTermsTurn<Done>(
  engine: Engine,
  redeemer: string,
  work: (inside: Engine) => Promise<Done>,
): Promise<Done | Problem> {
  try {
    return await engine.exclusively(`terms:${redeemer}`, work);
  } catch (error) {
    if (isStale(error, { table: 'agreements', column: 'version' })) return problem('changed-meanwhile');
    throw error;
  }
}

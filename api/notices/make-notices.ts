/** The hourly job: whoever is to hear of something gets a notice, and what goes by a provider is handed to it. */
import { asc } from 'drizzle-orm';
import type { ProductDeps } from '../places/index.ts';
import type { Explainer } from '../programme/index.ts';
import { sendQueued } from './send-queued.ts';
import { tellOfAnswers } from './tell-of-answers.ts';
import { tellOfEndings } from './tell-of-endings.ts';
import { tellOfMovements } from './tell-of-movements.ts';

/** Idempotent, so several processes may do it at once, and a stop in the middle loses nothing and tells nothing twice. */
export async function makeNotices(
  deps: ProductDeps,
  explainers: readonly Explainer[],
  signal?: AbortSignal,
): Promise<{ made: number; sent: number; toDesk: number }> {
  const { books } = deps.engine.tables;
  let made = 0;
  for (const { id } of await deps.engine.reader.select({ id: books.id }).from(books).orderBy(asc(books.id))) {
    if (signal?.aborted) break;
    made += await tellOfMovements(deps, explainers, id, signal);
    made += await tellOfEndings(deps, id, signal);
  }
  made += await tellOfAnswers(deps, explainers, signal);
  const { sent, toDesk } = await sendQueued(deps, signal);
  if (made + sent + toDesk > 0) deps.log.info({ made, sent, toDesk }, 'notices made');
  return { made, sent, toDesk };
}

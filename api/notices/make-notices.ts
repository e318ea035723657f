/** The hourly job: whoever is to hear of something gets a notice, and what goes by a provider is handed to it. */
import { asc } from 'drizzle-orm';
import type { ProductDeps } from '../places/index.ts';
import type { Explainer } from '../programme/index.ts';
import { sendQueued } from './send-queued.ts';
import { tellOfAnswers } from './tell-of-answers.ts';
import { tellOfEndings } from './tell-of-endings.ts';
import { tellOfLeftOffsets } from './tell-of-left-offsets.ts';
import { tellOfMovements } from './tell-of-movements.ts';

/** Idempotent, so several processes may do it at once, and a stop in the middle loses nothing and tells nothing twice. */
export async function makeNotices(
  deps: ProductDeps,
  explainers: readonly Explainer[],
  signal?: AbortSignal,
): Promise<{ made: number; sent: number; toDesk: number }> {
  const { books } = deps.engine.tables;
  let made = 0;
  /** What fails in one book stops neither the others nor what waits to be sent; the next run tries it again. */
  const attempt = async (facts: object, work: () => Promise<number>): Promise<void> => {
    if (signal?.aborted) return;
    try {
      made += await work();
    } catch (error) {
      deps.log.error({ ...facts, error }, 'notices were not made');
    }
  };
  for (const { id } of await deps.engine.reader.select({ id: books.id }).from(books).orderBy(asc(books.id))) {
    await attempt({ book: id, of: 'movements' }, () => tellOfMovements(deps, explainers, id, signal));
    await attempt({ book: id, of: 'endings' }, () => tellOfEndings(deps, id, signal));
  }
  await attempt({ of: 'answers' }, () => tellOfAnswers(deps, explainers, signal));
  await attempt({ of: 'left offsets' }, () => tellOfLeftOffsets(deps));
  const { sent, toDesk } = await sendQueued(deps, signal);
  if (made + sent + toDesk > 0) deps.log.info({ made, sent, toDesk }, 'notices made');
  return { made, sent, toDesk };
}

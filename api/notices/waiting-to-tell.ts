/** What staff tell people by word of mouth: messages that no phone could be sent, and sign-in codes that end in minutes. */
import { and, asc, eq } from 'drizzle-orm';
import { CODE_MS, listCodesToRead, mayHelp, tiesOf } from '../identity/index.ts';
import { waitingAt, workplaces, type ProductDeps } from '../places/index.ts';
import { firstIdAt, waitingOf, type Waiter, type WaitingCounter } from '../platform/index.ts';

const TELLING = { roles: ['staff', 'operator'], kinds: ['estate'] } as const;

export const messagesWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const { engine } = deps;
    const { deliveries: t } = engine.tables;
    const { rows, isCut } = await waitingAt(await workplaces(deps, actor, TELLING), (place, limit) =>
      engine.reader
        .select({ place: t.place, since: t.createdAt })
        .from(t)
        .where(and(eq(t.place, place), eq(t.state, 'waiting')))
        .orderBy(asc(t.id))
        .limit(limit),
    );
    return waitingOf('tell-message', rows, isCut);
  };

/** Of people to whom this one may read theirs out. */
export const codesWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const { engine, clock } = deps;
    const now = clock();
    // Ids begin with their time, and what is older than a code lasts has ended.
    const after = firstIdAt(now - CODE_MS);
    const estates = await workplaces(deps, actor, TELLING);
    const { rows, isCut } = await waitingAt(estates, (place, limit) =>
      listCodesToRead(engine, { place, now, after, limit }),
    );
    const found: Waiter[] = [];
    for (const { person, place, createdAt, endsAt } of rows) {
      if (person === null || person === actor.person) continue;
      if (await mayHelp(deps, actor, await tiesOf(deps, person, now)))
        found.push({ place, since: createdAt, due: endsAt });
    }
    return waitingOf('read-code', found, isCut);
  };

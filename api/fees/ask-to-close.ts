/** A month is closed by two: its accountant asks, and who may approve closes it, or says no. */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPosted } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { approvalRefusal } from './approvers.ts';
import { closeMonth, closingProblem, type Closed } from './close-month.ts';
import { monthsOfPlace } from './months-of-place.ts';

export type ClosureRequest = NonNullable<Awaited<ReturnType<typeof findClosureRequest>>>;

/** Nothing is locked by asking; whatever stands in the way of closing is said at once. */
export async function askToClose(
  deps: ProductDeps,
  input: { place: string; month: string; actor: Actor },
): Promise<ClosureRequest | Problem> {
  const { place, month, actor } = input;
  const { engine, places, ids, clock } = deps;
  const book = await places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const months = await monthsOfPlace(engine, place);
  const refused = await closingProblem(deps, { book, place, month, months });
  if (refused) return refused;
  const row = {
    ...{ id: ids(), version: 1, place, month, state: 'waiting' as const },
    ...{ askedBy: actorText(actor), endedBy: null, createdAt: clock() },
  };
  const { closureRequests: t } = engine.tables;
  const asked = await engine.db.insert(t).values(row).onConflictDoNothing().returning({ id: t.id });
  return asked.length === 1 ? row : problem('closing-asked');
}

/** Closes the month that was asked for; what came in between is looked at again. */
export async function approveClosing(
  deps: ProductDeps,
  input: { request: string; actor: Actor; key: string; scope: string },
): Promise<Closed | Problem> {
  const { engine, places } = deps;
  const request = await findClosureRequest(engine, input.request);
  const book = request && (await places.bookOf(request.place));
  if (!request || book === undefined) return problem('not-found');
  const { place, month } = request;
  const ask = { ...input, place, month, request };
  const before = await findPosted(deps, { book, ...ask, request: ['close-month', { place, month }] });
  if (before) return isProblem(before) ? before : { closure: before.unit, posted: before };
  if (request.state !== 'waiting') return problem('closing-withdrawn');
  const maker = { actor: request.askedBy, at: request.createdAt };
  const refused = await approvalRefusal(deps, { place, actor: input.actor, maker });
  return refused ?? closeMonth(deps, ask);
}

/** Taken back by who asked, or declined by a colleague; the month stays open. */
export async function withdrawClosing(
  { engine }: Pick<ProductDeps, 'engine'>,
  { request: id, actor }: { request: string; actor: Actor },
): Promise<Problem | undefined> {
  const request = await findClosureRequest(engine, id);
  if (!request) return problem('not-found');
  const { closureRequests: t } = engine.tables;
  const ended = await engine.db
    .update(t)
    .set({ state: 'withdrawn', endedBy: actorText(actor), version: request.version + 1 })
    .where(and(eq(t.id, id), eq(t.version, request.version), eq(t.state, 'waiting')))
    .returning({ id: t.id });
  return ended.length === 1 ? undefined : problem('closing-withdrawn');
}

export async function findClosureRequest({ db, tables: { closureRequests: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** What waits at a place for its second signature. */
export async function findWaitingClosing(
  { reader, tables: { closureRequests: t } }: Engine,
  place: string,
): Promise<ClosureRequest | undefined> {
  const [row] = await reader
    .select()
    .from(t)
    .where(and(eq(t.place, place), eq(t.state, 'waiting')));
  return row;
}

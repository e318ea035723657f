/** An offset that comes to nothing: its points go back under their own dates, its bill and its cap are free again. */
import { and, eq, inArray, lte } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { actedByOf, byConsent, type ActedBy } from '../identity/index.ts';
import { findPosted, post, untilFresh, type Posted, type RowChange } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { correctedAfterHold } from './breaks/after-hold.ts';
import { offsetUnique } from './confirm-offset.ts';
import { holdsOf, offsetPartKey, partsOfOffset, partsOfOffsets, settledParts } from './offset-parts.ts';
import type { OffsetPart } from './offset-parts.ts';
import { findOffset, type Offset } from './offsets.ts';
import { isSettledByRelease } from './reconcile/resolutions.ts';
import { offsetCapKey } from './rules/offset.ts';

/** The parts of a unit that give an offset back: to each member their own points. */
export function givingBack(
  offset: Offset,
  parts: readonly OffsetPart[],
  state: 'cancelled' | 'returned',
  by: ActedBy | null = null,
) {
  const row: RowChange = {
    update: 'offsets',
    id: offset.id,
    version: offset.version,
    set: {
      state,
      settled_transaction: { planned: 'transaction' },
      ...(by && { cancelled_by: JSON.stringify(by) }),
    },
  };
  return {
    place: offset.estate,
    commands: holdsOf(offset, parts).map((hold) => ({ do: 'return' as const, hold })),
    tallies: [
      {
        key: offsetCapKey(offset.house, offset.period, offset.householdSince),
        add: -offset.valueFen,
        min: 0,
      },
      ...parts.map(({ hold, valueFen }) => ({
        key: offsetPartKey(offset.member, hold),
        add: -valueFen,
        min: 0,
      })),
    ],
    uniques: [{ key: offsetUnique(offset.bill), release: true }],
    rows: [row, ...settledParts(parts)],
  };
}

type CancelDeps = Pick<ProductDeps, 'engine' | 'journal' | 'ids' | 'places' | 'clock'>;
type Cancelling = {
  offset: string;
  actor: Actor;
  actedBy?: ActedBy;
  /** Somebody whose points paid along, where not the asker but they take it back. */
  payer?: string | undefined;
  key: string;
  scope: string;
};

/** By any member whose points are in it or who asked, or for them, until the offset was handed to the firm. The number stays used: a numbered document is never reused. */
export function cancelOffset(deps: CancelDeps, input: Cancelling): Promise<Posted | Problem> {
  return untilFresh(() => cancelOnce(deps, input));
}

async function cancelOnce(deps: CancelDeps, input: Cancelling): Promise<Posted | Problem> {
  const offset = await findOffset(deps.engine, input.offset);
  const book = offset && (await deps.places.bookOf(offset.estate));
  if (!offset || book === undefined) return problem('not-found');
  const ask = { book, scope: input.scope, key: input.key, request: ['cancel-offset', offset.id] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (offset.state !== 'held') return problem('offset-settled');
  const { payer } = input;
  const by = input.actedBy ?? actedByOf(input.actor);
  const actedBy = payer === undefined ? by : { ...(by ?? { by: actorText(input.actor) }), payer };
  const consent = await byConsent(deps.engine, actedBy, deps.clock());
  if (isProblem(consent)) return consent;
  const { rows, ...unit } = givingBack(
    offset,
    await partsOfOffset(deps.engine, offset.id),
    'cancelled',
    actedBy,
  );
  // That its bill is another one by now is seen to with it.
  const settled = await openBreaksOf(deps.engine, [offset.id]);
  return post(deps, ask, {
    actor: input.actor,
    ...unit,
    rows: [...rows, ...settled(offset.id), ...consent],
  });
}

/**
 * Offsets whose hold has ended, handed over or not: nobody can post them any more. What was open because the firm had not
 * posted them is settled with them, and what it has posted is all to be corrected. Resumable, each under its own key.
 */
export async function releaseEndedOffsets(
  deps: Pick<ProductDeps, 'engine' | 'journal' | 'ids' | 'places' | 'clock'>,
  estate: string,
): Promise<{ released: number; failed: number } | Problem> {
  const { engine, places } = deps;
  const { offsets: t, holds } = engine.tables;
  const book = await places.bookOf(estate);
  if (book === undefined) return problem('not-found');
  const ended = await engine.reader
    .select({ offset: t })
    .from(t)
    .innerJoin(holds, eq(holds.id, t.hold))
    .where(
      and(eq(t.estate, estate), inArray(t.state, ['held', 'exported']), lte(holds.endsAt, deps.clock())),
    );
  const settled = await openBreaksOf(
    engine,
    ended.map(({ offset }) => offset.id),
  );
  const parts = await partsOfOffsets(
    engine,
    ended.map(({ offset }) => offset.id),
  );
  const corrected = await correctedAfterHold(
    engine,
    ended.map(({ offset }) => offset.id),
  );
  const done = { released: 0, failed: 0 };
  for (const { offset } of ended) {
    const ask = { book, scope: `job:${estate}`, key: `hold-ended:${offset.id}`, request: offset.id };
    const unit = givingBack(offset, parts(offset.id), 'returned');
    const posted = await post(deps, ask, {
      actor: 'system',
      source: 'job',
      lane: 'bulk',
      ...unit,
      rows: [...unit.rows, ...settled(offset.id), ...corrected(offset)],
    });
    if (isProblem(posted)) done.failed += 1;
    else done.released += 1;
  }
  return done;
}

/** By the index of their offsets. */
export async function openBreaksOf({ db, tables: { breaks: t } }: Engine, offsets: readonly string[]) {
  const found: (typeof t.$inferSelect)[] = [];
  for (let at = 0; at < offsets.length; at += 500) {
    const some = and(inArray(t.offset, offsets.slice(at, at + 500)), eq(t.state, 'open'));
    found.push(...(await db.select().from(t).where(some)));
  }
  return (offset: string): RowChange[] =>
    found
      .filter((each) => each.offset === offset && isSettledByRelease(each.kind))
      .map(({ id, version }) => ({
        update: 'breaks',
        id,
        version,
        set: {
          state: 'resolved',
          resolution: 'release',
          resolved_by: 'system',
          transaction: { planned: 'transaction' },
        },
      }));
}

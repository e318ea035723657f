/**
 * 月结: after a month is closed for a place, nothing takes effect in it or before it any more (rule 7); a late correction
 * is booked in the open month. The lock is a tally of the ledger, the number of the latest closed month, moved by a unit
 * like any other, so it is seen by every posting; one that was moved meanwhile is worked out again.
 */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { closeThrough, findPosted, lastBooked, post, untilFresh, type Posted } from '../ledger/index.ts';
import { firmOf, type ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { dayOf, isExpiryDue, periodOfMonth } from '../programme/index.ts';
import { approvalRefusal } from './approvers.ts';
import type { ClosureRequest } from './ask-to-close.ts';
import { monthsOfPlace, offsetsOfMonth } from './months-of-place.ts';
import {
  closingRefusal,
  latestClosed,
  reopeningRefusal,
  type MonthRefusal,
  type MonthsOfPlace,
} from './rules/month-order.ts';
import { keeping, workOutStatement } from './statement/statements.ts';

export type Closure = NonNullable<Awaited<ReturnType<typeof findClosure>>>;
type Asked = { actor: Actor; key: string; scope: string };
/** `request`: the one that is approved by closing; without it nobody has asked (the demo's past). */
type Closing = Asked & { place: string; month: string; request?: ClosureRequest };
export type Closed = { closure: string; posted: Posted };
type Reopening = Asked & { closure: string; reason: string };

/** Of several at once each sees what the others did, so that no month is left out. */
export function closeMonth(deps: ProductDeps, input: Closing): Promise<Closed | Problem> {
  return untilFresh(() => closeOnce(deps, input));
}

/** The latest month that was closed is opened again, by who may approve what its accountant prepared, and with a reason. */
export function reopenMonth(deps: ProductDeps, input: Reopening): Promise<Posted | Problem> {
  return untilFresh(() => reopenOnce(deps, input));
}

async function closeOnce(deps: ProductDeps, input: Closing): Promise<Closed | Problem> {
  const { place, month, actor } = input;
  const book = await deps.places.bookOf(place);
  if (book === undefined) return problem('not-found');
  const request = ['close-month', { place, month }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return isProblem(before) ? before : { closure: before.unit, posted: before };
  // Read once: what is checked is what the lock is moved from.
  const months = await monthsOfPlace(deps.engine, place);
  const refused = await closingProblem(deps, { book, place, month, months });
  if (refused) return refused;
  const id = deps.ids();
  const asked = input.request;
  const at = deps.clock();
  // Nothing is booked before what the book has by then. While that is still of the month, a process whose clock is slow
  // may book into the month at this moment: the paper is kept only if it has read all there is.
  const isOverInBook = (await lastBooked(deps.engine, book)).bookedAt >= periodOfMonth(month).end;
  const statement = await workOutStatement(deps, {
    ...{ place, month, book },
    prepared: asked ? { by: asked.askedBy, at: asked.createdAt } : null,
    approved: { by: actorText(actor), at },
  });
  const kept = keeping(statement, { id: deps.ids(), closure: id, at });
  const posted = await post(deps, ask, {
    id,
    actor,
    place,
    commands: [],
    memoCommitment: kept.memoCommitment,
    ...(!isOverInBook && { readThrough: statement.readThrough }),
    tallies: [closeThrough(place, { from: latestClosed(months.closed), to: month })],
    rows: [
      {
        insert: 'closures',
        values: {
          id,
          place,
          month,
          state: 'closed',
          asked_by: asked?.askedBy ?? null,
          closed_by: actorText(actor),
          closed_transaction: { planned: 'transaction' },
          created_at: at,
        },
      },
      kept.row,
      ...(asked ? [approved(asked, actor)] : []),
    ],
  });
  return isProblem(posted) ? posted : { closure: posted.unit, posted };
}

function approved({ id, version }: ClosureRequest, actor: Actor) {
  const set = { state: 'approved', ended_by: actorText(actor) };
  return { update: 'closure_requests', id, version, set };
}

/** Why this month cannot be closed now; asked before the request and again before the closing. */
export async function closingProblem(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  { book, place, month, months }: { book: number; place: string; month: string; months: MonthsOfPlace },
): Promise<Problem | undefined> {
  const { end } = periodOfMonth(month);
  if (clock() < end) return problem('month-not-over');
  const refusal = closingRefusal(month, months);
  if (refusal) return orderProblem(refusal);
  const { count, notHandedOver } = await offsetsOfMonth(engine, place, month);
  if (notHandedOver > 0) return problem('offsets-open');
  // The paper names the firm that hands its figures on; among several none is guessed.
  const firm =
    count > 0 ? await firmOf({ engine, places }, { estate: place, day: dayOf(end - 1) }) : undefined;
  if (firm && isProblem(firm)) return firm;
  return (await isExpiryDue(engine, book, end)) ? problem('expiry-due') : undefined;
}

async function reopenOnce(deps: ProductDeps, input: Reopening): Promise<Posted | Problem> {
  const { actor, reason } = input;
  const closure = await findClosure(deps.engine, input.closure);
  const book = closure && (await deps.places.bookOf(closure.place));
  if (!closure || book === undefined) return problem('not-found');
  const request = ['reopen-month', { closure: closure.id, reason }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (closure.state !== 'closed') return problem('already-done');
  const maker = { actor: closure.askedBy ?? closure.closedBy, at: closure.createdAt };
  const refused = await approvalRefusal(deps, { place: closure.place, actor, maker });
  if (refused) return refused;
  const { closed } = await monthsOfPlace(deps.engine, closure.place);
  const refusal = reopeningRefusal(closure.month, closed);
  if (refusal) return orderProblem(refusal);
  const from = closure.month;
  const to = latestClosed(closed.filter((month) => month !== from));
  return post(deps, ask, {
    actor,
    place: closure.place,
    commands: [],
    tallies: [closeThrough(closure.place, { from, to })],
    rows: [
      {
        update: 'closures',
        id: closure.id,
        version: closure.version,
        set: {
          state: 'reopened',
          reopened_by: actorText(actor),
          reopened_transaction: { planned: 'transaction' },
          reason,
        },
      },
    ],
  });
}

/** Says which month's turn it is. */
function orderProblem(refusal: MonthRefusal): Problem {
  if (refusal.code === 'month-closed') return problem('month-closed');
  const { code, month } = refusal;
  const { zh, en } = TURN[code];
  return problem(code, { detail: { zh: `${zh} ${month}`, en: `${en} ${month}` } });
}

const TURN = {
  'month-not-first': { zh: '第一个要关的是', en: 'The first to close is' },
  'month-not-next': { zh: '下一个要关的是', en: 'The next to close is' },
  'month-not-latest': { zh: '最后关的是', en: 'The latest that was closed is' },
} as const;

export async function findClosure({ db, tables: { closures: t } }: Engine, id: string) {
  const [row] = await db.select().from(t).where(eq(t.id, id));
  return row;
}

/** The latest month first, before the month `before`. */
export async function listClosures(
  { reader, tables: { closures: t } }: Engine,
  input: { place: string; before?: string; limit: number },
): Promise<Closure[]> {
  const earlier = input.before === undefined ? undefined : lt(t.id, input.before);
  return reader
    .select()
    .from(t)
    .where(and(eq(t.place, input.place), earlier))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

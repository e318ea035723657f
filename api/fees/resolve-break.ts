/**
 * A person resolves a break, with a comment, by one of the ways that its kind leaves open. One that moves points against
 * the proposal, or writes off, is asked for by the accountant and done by who approves (approvers.ts); until then the
 * break is open. What is carried on stays open as well, for the month that it is carried to.
 */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPosted, post, untilFresh, type Posted, type UnitBody } from '../ledger/index.ts';
import { turnOf, type ProductDeps } from '../places/index.ts';
import { actorText, isProblem, problem, type Actor, type Problem } from '../platform/index.ts';
import { approvalRefusal, preparingRefusal } from './approvers.ts';
import { eventRow } from './breaks/break-events.ts';
import { asksForRow, isTakenUp } from './breaks/candidate-rows.ts';
import { monthClosing, monthOfBreak } from './breaks/carry-break.ts';
import { choosing } from './breaks/choose-row.ts';
import { alongside, goingWithOffset } from './breaks/goes-with-offset.ts';
import { leftInBooks } from './breaks/left-in-books.ts';
import { writingOff } from './breaks/write-off.ts';
import { givingBack } from './give-back.ts';
import { roomOf } from './our-offsets.ts';
import { monthsOfPlace } from './months-of-place.ts';
import { reversing } from './reverse-offset.ts';
import { originalInstant } from './rules/original-day.ts';
import { partsOfOffset, type OffsetPart } from './offset-parts.ts';
import { findOffset, type Offset } from './offsets.ts';
import { carryTo } from './reconcile/carry-to.ts';
import { isSettledByRelease, offersFor, type Resolution } from './reconcile/resolutions.ts';
import { handingOver } from './settle-posted-list.ts';

export type BreakRow = NonNullable<Awaited<ReturnType<typeof findBreak>>>;

export async function findBreak({ db, tables: { breaks } }: Engine, id: string) {
  const [row] = await db.select().from(breaks).where(eq(breaks.id, id));
  return row;
}

type Resolving = {
  break: string;
  resolution: Resolution | 'carry';
  comment: string;
  /** The row of the list that posts the offset, where the comparison leaves the choice to a person. */
  row?: string | undefined;
  /** Nothing is asked for: what takes two people by now is refused. */
  alone?: true;
  actor: Actor;
  key: string;
  scope: string;
};

/** Done, or where a second person is needed, asked for: then the break stays open and has it as `asked`. */
export async function resolveBreak(deps: ProductDeps, input: Resolving): Promise<Posted | Problem> {
  const found = await findBreak(deps.engine, input.break);
  if (!found) return problem('not-found');
  // Bills that are being taken in are taken in first: whether one has room is judged by what it is then.
  return deps.engine.exclusively(turnOf(found.estate), (engine) =>
    untilFresh(() => resolveOnce({ ...deps, engine }, input)),
  );
}

async function resolveOnce(deps: ProductDeps, input: Resolving): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const { resolution, comment, row, alone, actor } = input;
  const found = await findBreak(engine, input.break);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const request = ['resolve-break', { break: found.id, resolution, comment, ...(row && { row }) }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (found.state !== 'open') return problem('already-done');
  const about = await aboutOf(engine, found);
  const unit =
    resolution === 'carry'
      ? await carrying(deps, { found, about, comment, actor })
      : await resolving(deps, { found, about, resolution, comment, chosen: row, alone, actor });
  return isProblem(unit) ? unit : post(deps, ask, { ...unit, actor, place: found.estate });
}

type About = Awaited<ReturnType<typeof aboutOf>>;
type Deed = { found: BreakRow; about: About; comment: string; actor: Actor };

/** The two sides of a break as they are now. */
export async function aboutOf(engine: Engine, found: BreakRow) {
  const { db, tables } = engine;
  const { postedRows: t } = tables;
  const offset = found.offset === null ? undefined : await findOffset(engine, found.offset);
  const [row] = found.postedRow === null ? [] : await db.select().from(t).where(eq(t.id, found.postedRow));
  const { kind, proposal, differenceFen } = found;
  const states = { offsetState: offset?.state ?? null, rowState: row?.state ?? null };
  const isReopened = found.transaction !== null;
  return { offset, row, resolvable: { kind, proposal, differenceFen, ...states, isReopened } };
}

async function resolving(
  deps: ProductDeps,
  {
    found,
    about,
    resolution,
    comment,
    chosen,
    alone,
    actor,
  }: Deed & { resolution: Resolution; chosen: string | undefined; alone: true | undefined },
): Promise<Omit<UnitBody, 'place'> | Problem> {
  const { offset, row, resolvable } = about;
  const offer = offersFor(resolvable).find((each) => each.resolution === resolution);
  if (!offer) return problem('resolution-not-possible');
  const deed = { actor: actorText(actor), at: deps.clock() };
  const { actor: by, at } = deed;
  const { asked } = found;
  const isAsked = asked?.resolution === resolution;
  const maker = { actor: asked?.by ?? by, at: asked?.at ?? at };
  // A posting may have been agreed to by one before its bill was paid, or another offset of it taken.
  const room = offset && takesPoints(offset, resolution) ? await roomOf(deps.engine, offset) : 'enough';
  const secondPerson = offer.secondPerson || room === 'for-two';
  const refused =
    secondPerson && isAsked
      ? await approvalRefusal(deps, { place: found.estate, actor, maker })
      : await preparingRefusal(deps, actor, found.estate);
  if (refused) return refused;
  if (offset && room === 'none') return noRoom(offset);
  const only = secondPerson && !isAsked;
  const said = { breakId: found.id, actor: by, comment, subject: resolution };
  const change = { update: 'breaks', id: found.id, version: found.version };
  if (only && alone) return problem('second-person-needed');
  if (only) {
    const set = { asked: JSON.stringify({ resolution, comment, by, at }) };
    return { commands: [], rows: [{ ...change, set }, eventRow(deps, { ...said, kind: 'asked' })] };
  }
  if (resolution === 'accept' && row && !asksForRow(found) && (await isTakenUp(deps.engine, row, found.id)))
    return rowPaysAnother(row.rowNumber);
  if (offset && resolution === 'accept' && asksForRow(found))
    return choosing(deps, { found, offset, row: chosen, comment, actor });
  const parts = offset ? await partsOfOffset(deps.engine, offset.id) : [];
  const moves = offset ? movesOf(offset, parts, resolution) : NOTHING;
  const item = offset?.item ?? row?.item ?? '';
  const writeOff =
    resolution === 'write-off' && row
      ? await writingOff(deps, { found, offset, row, item, askedBy: maker.actor, approvedBy: by, comment })
      : { rows: [] };
  if (isProblem(writeOff)) return writeOff;
  const isBooked = moves.commands.length > 0 || resolution === 'write-off';
  // What was written off before keeps the transaction that handed the points over: by it later lists know the row.
  const isSecond = found.transaction !== null && moves.commands.length === 0;
  const booked = isBooked && !isSecond ? { transaction: { planned: 'transaction' as const } } : {};
  const set = { state: 'resolved', resolution, comment, resolved_by: by, resolved_at: at, ...booked };
  const rows = [{ ...change, set }, eventRow(deps, { ...said, kind: 'resolved' })];
  const original = originalInstant(isBooked ? (row?.postedOn ?? null) : null, {
    ...{ now: at, notBefore: offset?.createdAt ?? 0 },
    closed: (await monthsOfPlace(deps.engine, found.estate)).closed,
  });
  const late = original === undefined ? {} : { originalEffectiveAt: original };
  const left = await leftInBooks(deps, { found, offset, row, resolution, by });
  const unit = { ...late, ...moves, ...writeOff, rows: [...moves.rows, ...writeOff.rows, ...rows, ...left] };
  if (!offset || !row || resolution !== 'reverse') return unit;
  const gone = await goingWithOffset(deps, { offset, row, askedBy: maker.actor, approvedBy: by, comment });
  return alongside(unit, gone);
}

/** 结转下月: it stays open, and is looked at with the next month. */
async function carrying(
  deps: ProductDeps,
  { found, about, comment, actor }: Deed,
): Promise<Omit<UnitBody, 'place'> | Problem> {
  const refused = await preparingRefusal(deps, actor, found.estate);
  if (refused) return refused;
  const month = monthOfBreak(found, { ours: about.offset?.period, theirs: about.row?.period });
  const closing = await monthClosing(deps, found.estate);
  const to = carryTo({ month, closing, heldUntil: await heldUntil(deps.engine, found, about.offset) });
  if (to === 'held') return notSoLong;
  if (to === undefined) return problem('resolution-not-possible');
  const said = { breakId: found.id, actor: actorText(actor), comment, subject: to };
  const change = { update: 'breaks', id: found.id, version: found.version, set: { carried_to: to } };
  return { commands: [], rows: [change, eventRow(deps, { ...said, kind: 'carried' })] };
}

function rowPaysAnother(rowNumber: number): Problem {
  return problem('resolution-not-possible', {
    detail: {
      zh: `清单第 ${rowNumber} 行已经算作另一张抵扣单的入账，不能再付一次。请物业补上这一张，或者退回积分`,
      en: `Row ${rowNumber} of the list already stands for another offset and pays no second one. Have the firm post this one, or give the points back`,
    },
  });
}

const notSoLong = problem('resolution-not-possible', {
  detail: {
    zh: '为这张单预留的积分等不到下个月关账，到期会退给居民。请在这个月里处理好',
    en: 'The points set aside for it go back to the resident before the next month is closed. Settle it in this month',
  },
});

function takesPoints({ state }: Offset, resolution: Resolution): boolean {
  return state === 'exported' && (resolution === 'accept' || resolution === 'write-off');
}

/** Whoever accepts knows what the list says; that the bill is smaller by now nobody may have seen. */
function noRoom({ number }: Offset): Problem {
  return problem('resolution-not-possible', {
    detail: {
      zh: `${number} 的账单已经作废或重新出过，放不下这笔抵扣。请物业撤销入账，再退回积分`,
      en: `The bill of ${number} was cancelled or issued anew and has no room for it. Have the firm take its posting out, and give the points back`,
    },
  });
}

/** When the points go back of what the firm has posted; undefined where that settles the break, or none are set aside. */
async function heldUntil({ db, tables: { holds } }: Engine, { kind }: BreakRow, offset: Offset | undefined) {
  if (!offset || offset.settledTransaction !== null || isSettledByRelease(kind)) return undefined;
  const [hold] = await db.select({ endsAt: holds.endsAt }).from(holds).where(eq(holds.id, offset.hold));
  return hold?.endsAt;
}

const NOTHING = { commands: [], rows: [] };

function movesOf(offset: Offset, parts: readonly OffsetPart[], resolution: Resolution) {
  if (resolution === 'firm-corrects') return NOTHING;
  if (resolution === 'release') return givingBack(offset, parts, 'returned');
  if (resolution === 'reverse') return reversing(offset, parts);
  // What is written off about an offset that the firm has posted before is the rest alone.
  return offset.state === 'exported' ? handingOver(offset, parts) : NOTHING;
}

/**
 * A person resolves a break, with a comment, by one of the ways that its kind leaves open. One that moves points against
 * the proposal is asked for by the accountant and done by who approves (approvers.ts); until then the break is open.
 */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPosted, post, untilFresh, type Posted } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { approvalRefusal, preparingRefusal } from './approvers.ts';
import { givingBack } from './give-back.ts';
import { findOffset, type Offset } from './offsets.ts';
import { offersFor, type Resolution } from './reconcile/resolutions.ts';
import { handingOver } from './settle-posted-list.ts';

export type BreakRow = NonNullable<Awaited<ReturnType<typeof findBreak>>>;

export async function findBreak({ db, tables: { breaks } }: Engine, id: string) {
  const [row] = await db.select().from(breaks).where(eq(breaks.id, id));
  return row;
}

type Resolving = {
  break: string;
  resolution: Resolution;
  comment: string;
  actor: Actor;
  key: string;
  scope: string;
};

/** Done, or where a second person is needed, asked for: then the break stays open and has it as `asked`. */
export function resolveBreak(deps: ProductDeps, input: Resolving): Promise<Posted | Problem> {
  return untilFresh(() => resolveOnce(deps, input));
}

async function resolveOnce(deps: ProductDeps, input: Resolving): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const { resolution, comment, actor } = input;
  const found = await findBreak(engine, input.break);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const request = ['resolve-break', { break: found.id, resolution, comment }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (found.state !== 'open') return problem('already-done');
  const offset = found.offset === null ? undefined : await findOffset(engine, found.offset);
  const offer = offersFor({
    kind: found.kind,
    proposal: found.proposal,
    offsetState: offset?.state ?? null,
    rowState: await rowStateOf(engine, found.postedRow),
  }).find((each) => each.resolution === resolution);
  if (!offer) return problem('resolution-not-possible');
  const deed = { actor: actorText(actor), at: deps.clock() };
  const { actor: by } = deed;
  const { asked } = found;
  const isAsked = asked?.resolution === resolution;
  const maker = { actor: asked?.by ?? by, at: asked?.at ?? deed.at };
  const refused =
    offer.secondPerson && isAsked
      ? await approvalRefusal(deps, { place: found.estate, actor, maker })
      : await preparingRefusal(deps, actor, found.estate);
  if (refused) return refused;
  const only = offer.secondPerson && !isAsked;
  const moves = only || !offset ? NOTHING : movesOf(offset, resolution);
  const resolved = { state: 'resolved', resolution, comment, resolved_by: by };
  const moved = moves.commands.length === 0 ? {} : { transaction: { planned: 'transaction' as const } };
  const set = only
    ? { asked: JSON.stringify({ resolution, comment, by, at: deed.at }) }
    : { ...resolved, ...moved };
  return post(deps, ask, {
    ...moves,
    actor,
    place: found.estate,
    rows: [...moves.rows, { update: 'breaks', id: found.id, version: found.version, set }],
  });
}

const NOTHING = { commands: [], rows: [] };

function movesOf(offset: Offset, resolution: Resolution) {
  if (resolution === 'firm-corrects') return NOTHING;
  return resolution === 'release' ? givingBack(offset, 'returned') : handingOver(offset);
}

async function rowStateOf({ db, tables: { postedRows: t } }: Engine, id: string | null) {
  if (id === null) return null;
  const [row] = await db.select({ state: t.state }).from(t).where(eq(t.id, id));
  return row?.state ?? null;
}

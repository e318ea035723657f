/**
 * A person resolves a break, with a comment: the firm corrects its books and its next list will match; or the firm's
 * posting is accepted as it stands and the points are handed over; or the points go back to the resident.
 */
import { and, desc, eq, lt } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPosted, post, type Posted } from '../ledger/index.ts';
import type { ProductDeps } from '../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../platform/index.ts';
import { givingBack } from './give-back.ts';
import { findOffset } from './offsets.ts';
import { ofList } from './open-breaks.ts';
import { handingOver } from './settle-posted-list.ts';

export type BreakRow = NonNullable<Awaited<ReturnType<typeof findBreak>>>;
export type Resolution = 'firm-corrects' | 'accept' | 'release';

export async function findBreak({ db, tables: { breaks } }: Engine, id: string) {
  const [row] = await db.select().from(breaks).where(eq(breaks.id, id));
  return row;
}

/** Breaks that a posted list has, its own and those it had again, or of an estate in one state; the newest first, before the break `before`. */
export async function listBreaks(
  { reader, tables }: Engine,
  input: ({ import: string } | { estate: string; state: BreakRow['state'] }) & {
    before?: string;
    limit: number;
  },
): Promise<BreakRow[]> {
  const { breaks: t } = tables;
  const whose =
    'import' in input
      ? ofList({ db: reader, tables }, input.import)
      : and(eq(t.estate, input.estate), eq(t.state, input.state));
  return reader
    .select()
    .from(t)
    .where(and(whose, input.before === undefined ? undefined : lt(t.id, input.before)))
    .orderBy(desc(t.id))
    .limit(input.limit);
}

export async function resolveBreak(
  deps: ProductDeps,
  input: { break: string; resolution: Resolution; comment: string; actor: Actor; key: string; scope: string },
): Promise<Posted | Problem> {
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
  const moves = await movesOf(engine, found, resolution);
  return post(deps, ask, {
    ...moves,
    actor,
    place: found.estate,
    rows: [
      ...moves.rows,
      {
        update: 'breaks',
        id: found.id,
        version: found.version,
        set: {
          state: 'resolved',
          resolution,
          comment,
          resolved_by: actorText(actor),
          ...(moves.commands.length === 0 ? {} : { transaction: { planned: 'transaction' as const } }),
        },
      },
    ],
  });
}

const NOTHING = { commands: [], rows: [] };

async function movesOf(engine: Engine, found: BreakRow, resolution: Resolution) {
  if (resolution === 'firm-corrects') return NOTHING;
  const offset = found.offset === null ? undefined : await findOffset(engine, found.offset);
  // A row of the firm's that is none of ours, or an offset that another break or list has settled: only the comment.
  if (offset?.state !== 'exported') return NOTHING;
  return resolution === 'release' ? givingBack(offset, 'returned') : handingOver(offset);
}

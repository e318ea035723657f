/**
 * The thread of a break: who said and did what, and when. Lines are only added. What changes the break itself writes its
 * line in the same unit (`eventRow`); what is only said is a unit of its own.
 */
import { and, asc, count, eq, inArray } from 'drizzle-orm';
import type { Engine } from '../../db/index.ts';
import { findPosted, post, type Posted, type RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { Lists } from '../reconcile/lists.ts';

/** `evidence`: what was seen and where it lies; of a file, that it was attached or withdrawn. */
export const SAID = ['comment', 'evidence'] as const;
export const BREAK_EVENTS = [
  ...SAID,
  ...(['owner', 'asked', 'resolved', 'carried', 'undone', 'follows', 'reversed', 'chosen'] as const),
  ...(['attached', 'withdrawn', 'declined'] as const),
] as const;
export type BreakEventKind = (typeof BREAK_EVENTS)[number];
export type BreakEvent = Engine['tables']['breakEvents']['$inferSelect'];

/** So many can be said of one break, and are read; a thread that is longer belongs on the telephone. */
export const MOST_EVENTS = 100;

type Line = Pick<BreakEvent, 'breakId' | 'kind' | 'actor' | 'comment' | 'subject'>;

export function eventRow(
  { ids, clock }: Pick<ProductDeps, 'ids' | 'clock'>,
  { breakId, kind, actor, comment, subject }: Line,
): RowChange {
  const said = { break_id: breakId, kind, actor, comment, subject };
  return { insert: 'break_events', values: { id: ids(), ...said, created_at: clock() } };
}

type Saying = {
  break: string;
  kind: (typeof SAID)[number];
  comment: string;
  actor: Actor;
  key: string;
  scope: string;
};

/** By whoever works on the break, whatever its state; a second press under the same key writes nothing twice. */
export async function sayOfBreak(deps: ProductDeps, said: Saying): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const { breakEvents: t, breaks } = engine.tables;
  const { kind, comment, actor } = said;
  const [found] = await engine.db.select().from(breaks).where(eq(breaks.id, said.break));
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const request = ['say-of-break', { break: found.id, kind, comment }];
  const ask = { book, scope: said.scope, key: said.key, request };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const [known] = await engine.db.select({ count: count() }).from(t).where(eq(t.breakId, found.id));
  if ((known?.count ?? 0) >= MOST_EVENTS) return problem('thread-full');
  const line = eventRow(deps, { breakId: found.id, kind, actor: actorText(actor), comment, subject: '' });
  return post(deps, ask, { actor, place: found.estate, commands: [], rows: [line] });
}

/** As many breaks one after the other are read on from. */
const MOST_BEFORE = 12;

/** Of these breaks, each thread in the order in which it was written, with those before it; the latest lines of it. */
export async function eventsOf(
  engine: Engine,
  breaks: readonly string[],
): Promise<Lists<string, BreakEvent>> {
  const own = new Lists<string, BreakEvent>();
  let wanted = [...breaks];
  for (let nth = 0; wanted.length > 0 && nth < MOST_BEFORE; nth++) {
    const rows = await linesOf(engine, wanted);
    for (const row of rows) own.add(row.breakId, row);
    wanted = rows.flatMap(({ kind, subject }) =>
      kind === 'follows' && own.get(subject).length === 0 ? [subject] : [],
    );
  }
  const threads = new Lists<string, BreakEvent>();
  for (const id of breaks) {
    const lines = withBefore(own, id).toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const line of lines.slice(-MOST_EVENTS)) threads.add(id, line);
  }
  return threads;
}

function withBefore(own: Lists<string, BreakEvent>, id: string): BreakEvent[] {
  return own
    .get(id)
    .flatMap((line) => (line.kind === 'follows' ? [...withBefore(own, line.subject), line] : [line]));
}

function linesOf({ reader, tables: { breakEvents: t } }: Engine, breaks: readonly string[]) {
  return reader
    .select()
    .from(t)
    .where(inArray(t.breakId, [...breaks]))
    .orderBy(asc(t.breakId), asc(t.id));
}

/** The lines of one kind, the latest first. */
export async function latestEvents(
  { db, tables: { breakEvents: t } }: Engine,
  { break: id, kind }: { break: string; kind: BreakEventKind },
): Promise<BreakEvent[]> {
  const rows = await db
    .select()
    .from(t)
    .where(and(eq(t.breakId, id), eq(t.kind, kind)))
    .orderBy(asc(t.id));
  return rows.toReversed();
}

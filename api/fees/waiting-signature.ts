/** What the firm's accountants prepared and this person may sign: months to close, breaks to resolve by two, batches to take back. */
import { and, asc, desc, eq, exists, gt, inArray, isNotNull, isNull, lt, notExists } from 'drizzle-orm';
import { areTwoPeople } from '../identity/index.ts';
import { waitingAt, workplaces, type Place, type ProductDeps } from '../places/index.ts';
import {
  actorText,
  waitingOf,
  type PersonActor,
  type Waiter,
  type WaitingCounter,
} from '../platform/index.ts';
import { ownerOf } from './bill-mappings.ts';
import { changesWaiting } from './settings/firm-changes.ts';
import { approvalRefusal } from './approvers.ts';
import type { ExportBatch } from './batches.ts';
import type { Offset } from './offsets.ts';
import type { BreakRow } from './resolve-break.ts';

const SIGNING = ['accountant', 'finance_lead'] as const;

type Prepared = Waiter & { by: string };

export const signaturesWaiting =
  (deps: ProductDeps): WaitingCounter =>
  async (actor) => {
    const estates = await workplaces(deps, actor, { roles: SIGNING, kinds: ['estate'] });
    if (estates.length === 0) return [];
    const { rows, isCut } = await waitingAt(estates, (estate, limit) => askedBreaks(deps, { estate, limit }));
    const breaks = rows.flatMap(({ estate, asked, createdAt }) =>
      asked === null ? [] : [{ place: estate, since: asked.at ?? createdAt, by: asked.by }],
    );
    const reversals = await waitingAt(estates, (estate, limit) => askedReversals(deps, { estate, limit }));
    const taken = reversals.rows.flatMap(({ estate, asked }) =>
      asked === null ? [] : [{ place: estate, since: asked.at ?? 0, by: asked.by }],
    );
    const no = await waitingAt(estates, (estate, limit) => declinedReversals(deps, { estate, limit }));
    const declined = no.rows.flatMap(({ estate, asked }) =>
      asked?.declined && asked.by === actorText(actor) ? [{ place: estate, since: asked.declined.at }] : [],
    );
    const back = await waitingAt(estates, (estate, limit) => batchesAskedBack(deps, { estate, limit }));
    const batches = back.rows.flatMap(({ estate, askedBack }) =>
      askedBack === null ? [] : [{ place: estate, since: askedBack.at, by: askedBack.actor }],
    );
    return [
      ...waitingOf('approve-firm-change', await changesToApprove(deps, actor, estates)),
      ...waitingOf('take-batch-back', await signable(deps, actor, batches), back.isCut),
      ...waitingOf('approve-closing', await signable(deps, actor, await askedClosings(deps, estates))),
      ...waitingOf('approve-write-off', await signable(deps, actor, breaks), isCut),
      ...waitingOf('approve-write-off-reversal', await signable(deps, actor, taken), reversals.isCut),
      ...waitingOf('reversal-declined', declined, no.isCut),
    ];
  };

/** A firm's once, at the first of its estates that this person works for; any second person may. */
async function changesToApprove(
  deps: ProductDeps,
  actor: PersonActor,
  estates: readonly Place[],
): Promise<Waiter[]> {
  const at = new Map<string, string>();
  for (const { id } of estates) {
    const firm = await ownerOf(deps, id);
    if (!at.has(firm)) at.set(firm, id);
  }
  const checker = { actor: actorText(actor), at: deps.clock() };
  const found: Waiter[] = [];
  for (const { firm, askedBy, createdAt: since } of await changesWaiting(deps.engine, [...at.keys()]))
    if (await areTwoPeople(deps.engine, { actor: askedBy, at: since }, checker))
      found.push({ place: at.get(firm) ?? '', since });
  return found;
}

/** One waits at a place at most, and an index holds those alone. */
async function askedClosings({ engine }: ProductDeps, estates: readonly Place[]): Promise<Prepared[]> {
  const { closureRequests: t } = engine.tables;
  const ids = estates.map(({ id }) => id);
  const rows = await engine.reader
    .select()
    .from(t)
    .where(and(inArray(t.place, ids), eq(t.state, 'waiting')));
  return rows.map(({ place, createdAt, askedBy }) => ({ place, since: createdAt, by: askedBy }));
}

async function askedBreaks(
  { engine }: ProductDeps,
  { estate, limit }: { estate: string; limit: number },
): Promise<BreakRow[]> {
  const { breaks: t } = engine.tables;
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), eq(t.state, 'open'), isNotNull(t.asked)))
    .orderBy(asc(t.id))
    .limit(limit);
}

/** An index holds those that wait. */
async function askedReversals(
  { engine }: ProductDeps,
  { estate, limit }: { estate: string; limit: number },
): Promise<BreakRow[]> {
  const { breaks: t } = engine.tables;
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), gt(t.reversalAsked, 0)))
    .orderBy(asc(t.reversalAsked))
    .limit(limit);
}

async function declinedReversals(
  { engine }: ProductDeps,
  { estate, limit }: { estate: string; limit: number },
): Promise<BreakRow[]> {
  const { breaks: t } = engine.tables;
  return engine.reader
    .select()
    .from(t)
    .where(and(eq(t.estate, estate), lt(t.reversalAsked, 0)))
    .orderBy(desc(t.reversalAsked))
    .limit(limit);
}

/** Not one that can no longer be taken back: the firm keeps it, which is for whoever asked to say. */
async function batchesAskedBack(
  { engine }: ProductDeps,
  { estate, limit }: { estate: string; limit: number },
): Promise<ExportBatch[]> {
  const { exportBatches: t, offsets: o, breaks: b } = engine.tables;
  const { reader } = engine;
  const its = (state: Offset['state']) =>
    reader
      .select({ id: o.id })
      .from(o)
      .where(and(eq(o.exportBatch, t.id), eq(o.state, state)));
  const returnedByFirm = reader
    .select({ id: b.id })
    .from(b)
    .where(
      and(
        ...[eq(b.estate, t.estate), eq(b.state, 'resolved'), eq(b.kind, 'returned')],
        inArray(b.offset, its('returned')),
      ),
    );
  return reader
    .select()
    .from(t)
    .where(
      and(
        eq(t.estate, estate),
        isNotNull(t.askedBack),
        isNull(t.takenBack),
        exists(its('exported')),
        notExists(its('posted')),
        notExists(its('reversed')),
        notExists(returnedByFirm),
      ),
    )
    .orderBy(asc(t.id))
    .limit(limit);
}

async function signable(
  deps: ProductDeps,
  actor: PersonActor,
  prepared: readonly Prepared[],
): Promise<Waiter[]> {
  const found: Waiter[] = [];
  const known = new Map<string, boolean>();
  for (const { place, since, by } of prepared) {
    const same = `${place} ${by} ${since}`;
    const may =
      known.get(same) ?? !(await approvalRefusal(deps, { place, actor, maker: { actor: by, at: since } }));
    known.set(same, may);
    if (may) found.push({ place, since });
  }
  return found;
}

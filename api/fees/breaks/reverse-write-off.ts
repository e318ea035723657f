/**
 * 撤销转销: a write-off that was wrong is taken back by a row of its own, of the same amount below zero, by two people like
 * the first. Protects: both rows stay; it lands in the month that is open and keeps the day of the first; and what it takes
 * back is taken back once. The difference is open again, with its thread, its age and whoever sees to it. Points that were
 * handed over with the write-off stay handed over: the bill fell by them.
 */
import { findPosted, post, untilFresh, type Posted } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { approvalRefusal, preparingRefusal } from '../approvers.ts';
import { REVERSAL } from '../reconcile/resolutions.ts';
import { findBreak, type BreakRow } from '../resolve-break.ts';
import { eventRow } from './break-events.ts';
import { takingBack } from './taking-back.ts';
import { writeOffsOf } from './write-off.ts';

type Reversing = { break: string; comment: string; actor: Actor; key: string; scope: string };

/** Whether what was done about a break last is a write-off, which can be taken back. */
export function isWrittenOff({ state, resolution }: Pick<BreakRow, 'state' | 'resolution'>): boolean {
  return state === 'resolved' && resolution === 'write-off';
}

/** Done, or asked for: then it stays written off, and has it as `asked`. */
export function reverseWriteOff(deps: ProductDeps, input: Reversing): Promise<Posted | Problem> {
  return untilFresh(() => reverseOnce(deps, input));
}

async function reverseOnce(deps: ProductDeps, input: Reversing): Promise<Posted | Problem> {
  const { engine, places, clock } = deps;
  const { comment, actor } = input;
  const found = await findBreak(engine, input.break);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const ask = { book, scope: input.scope, key: input.key, request: [REVERSAL, { break: found.id, comment }] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const last = (await writeOffsOf(engine, found.id)).at(-1);
  if (last === undefined) return problem('undo-not-possible', { detail: NOT_WRITTEN_OFF });
  if (!isWrittenOff(found) || last.reverses !== null) return problem('already-done');
  const [by, at] = [actorText(actor), clock()];
  // One that was declined is asked for anew.
  const isAsked = found.asked?.resolution === REVERSAL && !found.asked.declined;
  const asked = isAsked ? found.asked : undefined;
  const refused = asked
    ? await approvalRefusal(deps, {
        place: found.estate,
        actor,
        maker: { actor: asked.by, at: asked.at ?? at },
      })
    : await preparingRefusal(deps, actor, found.estate);
  if (refused) return refused;
  const said = { breakId: found.id, actor: by, comment };
  const change = { update: 'breaks', id: found.id, version: found.version };
  const common = { actor, place: found.estate, commands: [] };
  if (!asked) {
    const set = { asked: JSON.stringify({ resolution: REVERSAL, comment, by, at }), reversal_asked: at };
    const line = eventRow(deps, { ...said, kind: 'asked', subject: REVERSAL });
    return post(deps, ask, { ...common, rows: [{ ...change, set }, line] });
  }
  const reversal = await takingBack(deps, { book, found, last, asked, approvedBy: by });
  const set = { state: 'open', ...NOT_RESOLVED, asked: null, reversal_asked: null };
  const line = eventRow(deps, { ...said, kind: 'reversed', subject: last.id });
  return post(deps, ask, { ...common, ...reversal, rows: [reversal.row, { ...change, set }, line] });
}

const NOT_RESOLVED = { resolution: null, comment: null, resolved_by: null, resolved_at: null };
const NOT_WRITTEN_OFF = { zh: '这处差异没有转销过', en: 'This difference was never written off' };

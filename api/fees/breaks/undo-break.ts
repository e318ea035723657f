/**
 * What was said of a break by mistake is taken back by who said it, on the same day (reconcile/undo.ts): as long as nothing
 * was built upon it, neither a later list, nor the offset's own way on, nor a closed month.
 */
import { findPosted, post, untilFresh, type Posted, type RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { dayOf } from '../../programme/index.ts';
import { isUndo, undoOf, type NoUndo, type Undo } from '../reconcile/undo.ts';
import { findBreak, type BreakRow } from '../resolve-break.ts';
import { builtUpon, type Built } from './built-upon.ts';
import { eventRow, latestEvents, type BreakEvent } from './break-events.ts';

type Undoing = { break: string; actor: Actor; key: string; scope: string };

export function undoBreak(deps: ProductDeps, input: Undoing): Promise<Posted | Problem> {
  return untilFresh(() => undoOnce(deps, input));
}

async function undoOnce(deps: ProductDeps, input: Undoing): Promise<Posted | Problem> {
  const { engine, places, clock } = deps;
  const { actor } = input;
  const found = await findBreak(engine, input.break);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const ask = { book, scope: input.scope, key: input.key, request: ['undo-break', found.id] };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const carried = await latestEvents(engine, { break: found.id, kind: 'carried' });
  const by = actorText(actor);
  const undo = undoFor(found, carried, { by, today: dayOf(clock()) });
  if (!isUndo(undo)) return refusal(undo);
  const since =
    undo === 'resolved' ? await latestEvents(engine, { break: found.id, kind: 'resolved' }) : carried;
  const built = await builtUpon(engine, [{ found, undo, since: since[0]?.id ?? '' }]);
  const why = built.get(found.id);
  if (why) return refusal(why);
  const said = { breakId: found.id, actor: by, comment: '', subject: undo };
  const change: RowChange = {
    ...{ update: 'breaks', id: found.id, version: found.version },
    set: setOf(undo, carried),
  };
  return post(deps, ask, {
    ...{ actor, place: found.estate, commands: [] },
    rows: [change, eventRow(deps, { ...said, kind: 'undone' })],
  });
}

/** `carried`: the lines by which it was carried on, the latest first. */
export function undoFor(
  found: BreakRow,
  carried: readonly BreakEvent[],
  who: { by: string; today: string },
): Undo | NoUndo {
  const { state, asked, carriedTo, resolution, resolvedBy, resolvedAt, transaction } = found;
  const last = carried.find(({ subject }) => subject === carriedTo);
  return undoOf(
    {
      ...{ state, asked, carriedTo, resolution, resolvedBy, transaction },
      carried: last ? { by: last.actor, day: dayOf(last.createdAt) } : null,
      resolvedOn: resolvedAt === null ? null : dayOf(resolvedAt),
    },
    who,
  );
}

/** What was carried on twice goes back to where it had been carried to before. */
function setOf(undo: Undo, carried: readonly BreakEvent[]): Record<string, string | null> {
  if (undo === 'asked') return { asked: null, reversal_asked: null };
  if (undo === 'carried') {
    const to = carried[0]?.subject;
    return { carried_to: carried.find(({ subject }) => subject !== to)?.subject ?? null };
  }
  return { state: 'open', resolution: null, comment: null, resolved_by: null, resolved_at: null };
}

const WHY: Record<NoUndo | Built, { zh: string; en: string }> = {
  'month-closed': {
    zh: '处理以后这个小区已经关了账，月结单按当时的情况留存，不能再撤销',
    en: 'A month was closed since, and its statement has it as it was',
  },
  'offset-moved': {
    zh: '处理以后，这张抵扣单的积分已经付给物业、退回，或者已随批次收回，不能再撤销',
    en: 'Its offset was settled, or taken back, since',
  },
  nothing: { zh: '这处差异还没有处理过，没有可以撤销的', en: 'Nothing was done about this difference yet' },
  'moved-points': {
    zh: '处理时动了积分或记了账，不能撤销。要改请用新的一笔来更正',
    en: 'Resolving it moved points or was booked. Correct it by a new posting',
  },
  'somebody-else': {
    zh: '是另一位同事办的，只能由本人撤销',
    en: 'A colleague did it, and only they can undo it',
  },
  'another-day': {
    zh: '不是今天办的，只能当天撤销',
    en: 'It was not done today, and can be undone on the same day alone',
  },
  'by-list': {
    zh: '后来的清单对这一笔另有结果，请看新的那一处',
    en: 'A later list says something else about it',
  },
};

function refusal(why: NoUndo | Built): Problem {
  return problem('undo-not-possible', { detail: WHY[why] });
}

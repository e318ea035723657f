/**
 * 不同意: what one person asked for about a break, and a second is to do, is declined by that second person, with a reason.
 * Protects: both stand in the thread for ever; nothing is done; and it is with whoever asked again. What was to be taken back
 * stays written off until that person has read so, and asks anew or drops it.
 */
import { findPosted, post, untilFresh, type Posted, type RowChange } from '../../ledger/index.ts';
import type { ProductDeps } from '../../places/index.ts';
import { actorText, parseInstant, problem, type Actor, type Problem } from '../../platform/index.ts';
import { approvalRefusal } from '../approvers.ts';
import { REVERSAL, type Resolution, type Reversal } from '../reconcile/resolutions.ts';
import { findBreak, type BreakRow } from '../resolve-break.ts';
import { eventRow } from './break-events.ts';
import { breakOwners } from './own-break.ts';

type Declining = {
  break: string;
  /** What was asked for, as whoever declines has read it. */
  resolution: Resolution | Reversal;
  /** When that was asked for: who took it back and asked anew has asked for something else. */
  at?: string | undefined;
  comment: string;
  actor: Actor;
  key: string;
  scope: string;
};

export function declineAsked(deps: ProductDeps, input: Declining): Promise<Posted | Problem> {
  return untilFresh(() => declineOnce(deps, input));
}

async function declineOnce(deps: ProductDeps, input: Declining): Promise<Posted | Problem> {
  const { engine, places, clock } = deps;
  const { resolution, comment, actor } = input;
  const found = await findBreak(engine, input.break);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const named = input.at === undefined ? {} : { at: parseInstant(input.at) };
  const request = ['decline-asked', { break: found.id, resolution, comment, ...named }];
  const ask = { book, scope: input.scope, key: input.key, request };
  const before = await findPosted(deps, ask);
  if (before) return before;
  const { asked } = found;
  if (asked?.resolution !== resolution || asked.declined) return problem('nothing-asked');
  if (named.at !== undefined && asked.at !== undefined && named.at !== asked.at)
    return problem('changed-meanwhile');
  const at = clock();
  const maker = { actor: asked.by, at: asked.at ?? at };
  const refused = await approvalRefusal(deps, { place: found.estate, actor, maker });
  if (refused) return refused;
  const by = actorText(actor);
  const owner = await ownerAfter(deps, found, asked);
  const change: RowChange = {
    ...{ update: 'breaks', id: found.id, version: found.version },
    set: setOf({ owner, asked }, { by, comment, at }),
  };
  const line = eventRow(deps, {
    breakId: found.id,
    kind: 'declined',
    actor: by,
    comment,
    subject: resolution,
  });
  const handed = { breakId: found.id, kind: 'owner' as const, actor: by, comment: '', subject: owner ?? '' };
  const rows = [change, ...(owner === found.owner ? [] : [eventRow(deps, handed)]), line];
  return post(deps, ask, { actor, place: found.estate, commands: [], rows });
}

type Asked = NonNullable<BreakRow['asked']>;

/** Whoever asked, as long as they still work on the estate's breaks; where it stays resolved, nobody else. */
async function ownerAfter(deps: ProductDeps, found: BreakRow, asked: Asked): Promise<string | null> {
  const [kind, person = ''] = asked.by.split(':');
  if (asked.resolution === REVERSAL || kind !== 'person') return found.owner;
  return (await breakOwners(deps, found.estate)).includes(person) ? person : found.owner;
}

/** Open, it waits for the accountant again, and for whoever sees to it. */
function setOf(
  { owner, asked }: { owner: string | null; asked: Asked },
  declined: { by: string; comment: string; at: number },
): Record<string, string | number | null> {
  if (asked.resolution === REVERSAL)
    return { asked: JSON.stringify({ ...asked, declined }), reversal_asked: -declined.at };
  return { asked: null, owner };
}

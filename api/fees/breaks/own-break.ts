/** Who sees to a break: whoever works on breaks at the estate, or nobody yet. Each change is a line of its thread. */
import type { Engine } from '../../db/index.ts';
import { findPerson, peopleInPost } from '../../identity/index.ts';
import { findPosted, post, untilFresh, type Posted } from '../../ledger/index.ts';
import { postsActingAt, type ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { findBreak } from '../resolve-break.ts';
import { eventRow } from './break-events.ts';

export const SEES_TO_BREAKS = ['accountant', 'finance_lead'] as const;

export type BreakOwner = { id: string; name: string };

/** Everybody who may see to the breaks of an estate, in the order of their ids. */
export async function breakOwners(
  { engine, places, clock }: Pick<ProductDeps, 'engine' | 'places' | 'clock'>,
  estate: string,
): Promise<string[]> {
  const now = clock();
  const found = new Set<string>();
  for (const role of SEES_TO_BREAKS) {
    const at = await postsActingAt({ engine, places }, { role, place: estate, now });
    for (const person of await peopleInPost(engine, { role, places: at, now })) found.add(person);
  }
  return [...found].sort();
}

/** Colleagues know each other by name. */
export async function ownersByName(engine: Engine, ids: readonly string[]): Promise<BreakOwner[]> {
  const found: BreakOwner[] = [];
  for (const id of new Set(ids)) found.push({ id, name: (await findPerson(engine, id))?.name ?? '' });
  return found;
}

type Owning = { break: string; colleague: string | null; actor: Actor; key: string; scope: string };

export function ownBreak(deps: ProductDeps, input: Owning): Promise<Posted | Problem> {
  return untilFresh(() => ownOnce(deps, input));
}

async function ownOnce(deps: ProductDeps, input: Owning): Promise<Posted | Problem> {
  const { engine, places } = deps;
  const { colleague, actor } = input;
  const found = await findBreak(engine, input.break);
  const book = found && (await places.bookOf(found.estate));
  if (!found || book === undefined) return problem('not-found');
  const ask = {
    book,
    scope: input.scope,
    key: input.key,
    request: ['own-break', { break: found.id, colleague }],
  };
  const before = await findPosted(deps, ask);
  if (before) return before;
  if (found.state !== 'open') return problem('already-done');
  if (colleague !== null && !(await breakOwners(deps, found.estate)).includes(colleague))
    return problem('not-found');
  const said = { breakId: found.id, actor: actorText(actor), comment: '', subject: colleague ?? '' };
  return post(deps, ask, {
    ...{ actor, place: found.estate, commands: [] },
    rows: [
      { update: 'breaks', id: found.id, version: found.version, set: { owner: colleague } },
      eventRow(deps, { ...said, kind: 'owner' }),
    ],
  });
}

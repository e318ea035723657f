/** Several breaks at once, each by what the comparison proposes, under one comment. Whatever takes two people is left out. */
import type { ProductDeps } from '../../places/index.ts';
import { isProblem, type Actor, type ProblemCode } from '../../platform/index.ts';
import { acceptedProposal } from '../reconcile/resolutions.ts';
import { aboutOf, findBreak, resolveBreak, type BreakRow } from '../resolve-break.ts';
import { monthClosing } from './carry-break.ts';

/** In one call; a page goes on with the next. */
export const MOST_ACCEPTED = 50;

export type Accepted = { break: string; problem?: ProblemCode };
type Accepting = {
  estate: string;
  breaks: readonly string[];
  comment: string;
  actor: Actor;
  key: string;
  scope: string;
};

/** Each under a key of its own, so that a repeat does none of them twice; what went wrong with one stops no other. */
export async function acceptBreaks(deps: ProductDeps, input: Accepting): Promise<Accepted[]> {
  const { estate, comment, actor, key, scope } = input;
  const done: Accepted[] = [];
  for (const id of new Set(input.breaks)) {
    const refused = await acceptOne(deps, { id, estate, comment, actor, key: `${key}:${id}`, scope });
    done.push({ break: id, ...(refused !== undefined && { problem: refused }) });
  }
  return done;
}

/** Not what a colleague has asked for otherwise, nor what was carried on past the month `closing`. */
export function canBeAcceptedAlone(
  { asked, carriedTo }: Pick<BreakRow, 'asked' | 'carriedTo'>,
  closing?: string,
): boolean {
  return asked === null && (carriedTo === null || closing === undefined || carriedTo <= closing);
}

async function acceptOne(
  deps: ProductDeps,
  {
    id,
    estate,
    ...said
  }: { id: string; estate: string } & Pick<Accepting, 'comment' | 'actor' | 'key' | 'scope'>,
): Promise<ProblemCode | undefined> {
  const found = await findBreak(deps.engine, id);
  if (found?.estate !== estate) return 'not-found';
  if (found.state === 'open' && !canBeAcceptedAlone(found, await monthClosing(deps, estate)))
    return found.asked === null ? 'resolution-not-possible' : 'second-person-needed';
  // Once it is resolved a repeat asks for what was done, and is answered with it.
  const resolution =
    found.state === 'open'
      ? acceptedProposal((await aboutOf(deps.engine, found)).resolvable)
      : found.resolution;
  if (resolution === undefined) return 'second-person-needed';
  if (resolution === null || resolution === 'later-list' || resolution === 'replaced') return 'already-done';
  const posted = await resolveBreak(deps, { break: id, resolution, alone: true, ...said });
  return isProblem(posted) ? posted.code : undefined;
}

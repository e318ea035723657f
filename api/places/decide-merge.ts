/**
 * A second colleague approves a merge or refuses it, or whoever asked takes it back. Approving is one database
 * transaction: all of it, or nothing where anything of the two has changed by the time it is written.
 */
import { and, eq } from 'drizzle-orm';
import { isStale, type Engine } from '../db/index.ts';
import { areTwoPeople, idsOfHuman } from '../identity/index.ts';
import { actorText, isProblem, mayAt, problem, type PersonActor, type Problem } from '../platform/index.ts';
import { turnOfPerson } from './ask-to-merge.ts';
import { turnOfPeople } from './imports.ts';
import type { ProductDeps } from './index.ts';
import { findMerge, type MergeRequest } from './merge-requests.ts';
import { mergeSides, MERGES } from './merge-sides.ts';
import type { TellPeople } from './tell-people.ts';
import { writeMerge } from './write-merge.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;
type Telling = Deps & { readonly tell: TellPeople };
type Done = { version: number; keeper: string };

/** `seen` is that of the comparison which the approver looked at. */
export async function approveMerge(
  { engine: shared, ...deps }: Telling,
  by: PersonActor,
  { merge, version, seen }: { merge: string; version: number; seen: string },
): Promise<Done | Problem> {
  const asked = await findMerge(shared, merge);
  if (!asked) return problem('not-found');
  const refused = await secondPersonProblem({ ...deps, engine: shared }, by, asked);
  if (refused) return asked.state === 'waiting' ? refused : problem('merge-decided');
  const { keeper, duplicate } = asked;
  const books = await Promise.all([deps.places.booksOf(keeper), deps.places.booksOf(duplicate)]);
  const rosters = [asked.book, ...books.flatMap((some) => [...some])].map(turnOfPeople);
  const turns = [...rosters, turnOfPerson(keeper), turnOfPerson(duplicate)];
  try {
    return await shared.exclusively(turns, async (engine) => {
      const now = await stillWaits(engine, { merge, version });
      if (isProblem(now)) return now;
      const sides = await mergeSides({ ...deps, engine }, by, { keeper, duplicate });
      if (isProblem(sides)) return sides;
      if (sides.against) return sides.against;
      if (sides.seen !== seen) return problem('changed-meanwhile');
      await writeMerge({ ...deps, engine }, by, { request: now, sides });
      return { version: version + 1, keeper };
    });
  } catch (error) {
    // Points came, a post was given or a password chosen between the last look and the write.
    if (isStale(error, { table: 'person_merges', column: 'state' })) return problem('changed-meanwhile');
    throw error;
  }
}

/** `answer` says why, for whoever asked. */
export function refuseMerge(
  deps: Deps,
  by: PersonActor,
  input: { merge: string; version: number; answer: string },
): Promise<Done | Problem> {
  return endRequest(deps, by, { ...input, state: 'refused' });
}

/** By whoever asked. */
export function withdrawMerge(
  deps: Deps,
  by: PersonActor,
  input: { merge: string; version: number },
): Promise<Done | Problem> {
  return endRequest(deps, by, { ...input, state: 'withdrawn' });
}

async function endRequest(
  { engine: shared, ...deps }: Deps,
  by: PersonActor,
  input: { merge: string; version: number; state: 'refused' | 'withdrawn'; answer?: string },
): Promise<Done | Problem> {
  const { merge, version, state, answer = null } = input;
  const asked = await findMerge(shared, merge);
  if (!asked || !(await mayAt(by, MERGES, asked.place, deps.places))) return problem('not-found');
  const refused =
    state === 'withdrawn'
      ? await notTheirs(shared, by, asked)
      : await secondPersonProblem({ ...deps, engine: shared }, by, asked);
  if (refused) return asked.state === 'waiting' ? refused : problem('merge-decided');
  return shared.exclusively([turnOfPerson(asked.keeper), turnOfPerson(asked.duplicate)], async (engine) => {
    const now = await stillWaits(engine, { merge, version });
    if (isProblem(now)) return now;
    const { personMerges: t } = engine.tables;
    const decided = { decidedBy: actorText(by), decidedAt: deps.clock(), version: version + 1 };
    const set = { ...decided, state, answer };
    await engine.db
      .update(t)
      .set(set)
      .where(and(eq(t.id, merge), eq(t.version, version)));
    return { version: version + 1, keeper: now.keeper };
  });
}

async function stillWaits(
  engine: Engine,
  { merge, version }: { merge: string; version: number },
): Promise<MergeRequest | Problem> {
  const request = await findMerge(engine, merge);
  if (!request) return problem('not-found');
  if (request.state !== 'waiting') return problem('merge-decided');
  return request.version === version ? request : problem('changed-meanwhile');
}

/** Whoever asked does not decide, nor anybody behind their password, nor either of the two about themselves. */
async function secondPersonProblem(
  { engine, clock }: Pick<Deps, 'engine' | 'clock'>,
  by: PersonActor,
  { askedBy, createdAt, keeper, duplicate }: MergeRequest,
): Promise<Problem | undefined> {
  const deciding = { actor: actorText(by), at: clock() };
  const areTwo = await areTwoPeople(engine, { actor: askedBy, at: createdAt }, deciding);
  const mine = await idsOfHuman(engine, by.person);
  const isOneOfThem = mine.some((id) => id === keeper || id === duplicate);
  return !areTwo || isOneOfThem ? problem('second-person-needed') : undefined;
}

async function notTheirs(
  engine: Engine,
  by: PersonActor,
  { askedBy }: MergeRequest,
): Promise<Problem | undefined> {
  const mine = await idsOfHuman(engine, by.person);
  return mine.some((id) => askedBy === `person:${id}`) ? undefined : problem('not-allowed');
}

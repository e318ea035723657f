/** A colleague asks for two registrations of one human to be made one; nothing changes until another one approves. */
import { and, eq, inArray, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { accessLogRow } from '../identity/index.ts';
import { actorText, isProblem, problem, type PersonActor, type Problem } from '../platform/index.ts';
import type { ProductDeps } from './index.ts';
import { mergeSides, type Pair } from './merge-sides.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

/** `seen` is that of the comparison which the colleague looked at. */
export async function askToMerge(
  { engine: shared, ...deps }: Deps,
  by: PersonActor,
  { keeper, duplicate, reason, seen }: Pair & { reason: string; seen: string },
): Promise<{ id: string } | Problem> {
  if (keeper === by.person || duplicate === by.person) return problem('second-person-needed');
  return shared.exclusively([turnOfPerson(keeper), turnOfPerson(duplicate)], async (engine) => {
    const sides = await mergeSides({ ...deps, engine }, by, { keeper, duplicate });
    if (isProblem(sides)) return sides;
    if (sides.against) return sides.against;
    if (sides.seen !== seen) return problem('changed-meanwhile');
    if (await waitsFor(engine, [keeper, duplicate])) return problem('merge-waits');
    const { personMerges, accessLog } = engine.tables;
    const [id, at, actor] = [deps.ids(), deps.clock(), actorText(by)];
    const row = {
      ...{ id, version: 1, book: sides.book, place: sides.place, keeper, duplicate, reason },
      ...{ state: 'waiting' as const, askedBy: actor, createdAt: at },
    };
    const log = accessLogRow({
      ...{ id: deps.ids(), at, actor, action: 'ask-merge' },
      ...{ subject: `person:${duplicate}`, place: sides.place, reason },
    });
    await engine.atomically((db) => [db.insert(personMerges).values(row), db.insert(accessLog).values(log)]);
    return { id };
  });
}

/** The turn that whoever corrects a person or their houses takes, too. */
export function turnOfPerson(person: string): string {
  return `person:${person}`;
}

/** Whether a merge that has one of these people waits. */
export async function waitsFor(
  { db, tables: { personMerges: t } }: Engine,
  people: readonly string[],
): Promise<boolean> {
  const waits = eq(t.state, 'waiting');
  const theirs = or(
    and(inArray(t.duplicate, [...people]), waits),
    and(inArray(t.keeper, [...people]), waits),
  );
  const rows = await db.select({ id: t.id }).from(t).where(theirs).limit(1);
  return rows.length > 0;
}

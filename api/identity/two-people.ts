/**
 * Maker ≠ checker is by person, and whoever chose somebody's password can sign in as them: what that person does may be
 * either's doing. Behind a deed stand its doer, whoever had last chosen the doer's password by then, and so on for
 * theirs. A password that was changed since changes nothing: who knew the old one may have been the one to change it.
 * Whoever read a sign-in code out to somebody could have signed in by it, too.
 * What was set at the operator's terminal has nobody of the product behind it.
 */
import { and, desc, inArray, lte, notInArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';
import { idsOfHuman } from './one-human.ts';

/** Who did something (`person:<id>`), and when. */
export interface Deed {
  readonly actor: string;
  readonly at: Instant;
}

/** The deed's doer and everybody who could have done it in their name, as actors. */
export async function peopleBehind(engine: Engine, deed: Deed): Promise<ReadonlySet<string>> {
  const behind = new Set<string>();
  let step: Deed | undefined = deed;
  while (step && !behind.has(step.actor)) {
    const actors = await actorsOf(engine, step.actor);
    for (const actor of actors) behind.add(actor);
    const given = await passwordGiven(engine, { actors, at: step.at });
    step = given?.actor.startsWith('person:') ? given : undefined;
  }
  return behind;
}

/** Whether two deeds were done by two people, neither of whom nor anybody else could have done both. */
export async function areTwoPeople(engine: Engine, maker: Deed, checker: Deed): Promise<boolean> {
  const [made, checked] = await Promise.all([peopleBehind(engine, maker), peopleBehind(engine, checker)]);
  return ![...made].some((actor) => checked.has(actor));
}

/** Whoever was registered twice is one person, also for what was done before anybody knew. */
async function actorsOf(engine: Engine, actor: string): Promise<readonly string[]> {
  if (!actor.startsWith('person:')) return [actor];
  return (await idsOfHuman(engine, actor.slice('person:'.length))).map((id) => `person:${id}`);
}

/** The last time before the deed that its doer was given a password, by whom. */
async function passwordGiven(
  { reader, tables }: Engine,
  { actors, at }: { actors: readonly string[]; at: Instant },
): Promise<Deed | undefined> {
  const { accessLog: t } = tables;
  const byAnother = and(inArray(t.subject, [...actors]), notInArray(t.actor, [...actors]));
  const given = and(byAnother, inArray(t.action, ['sign-in', 'read-code']), lte(t.at, at));
  const [last] = await reader
    .select({ actor: t.actor, at: t.at })
    .from(t)
    .where(given)
    .orderBy(desc(t.id))
    .limit(1);
  return last;
}

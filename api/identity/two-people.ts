/**
 * Maker ≠ checker is by person, and whoever let somebody in can sign in as them: what that person does may be either's
 * doing. Behind a deed stand its doer, whoever had last chosen the doer's password by then, and so on for theirs. A
 * password that was changed since changes nothing: who knew the old one may have been the one to change it.
 * Whoever read a sign-in code out to somebody could have signed in by it, too, and what they did then (a password of
 * their own choice, a WeChat of their own) lasts until somebody else sets a password. Codes go to the phone that
 * stands there, so whoever last wrote it may be who gets them, whatever password was set since.
 * What was set at the operator's terminal has nobody of the product behind it.
 */
import { and, desc, inArray, notInArray } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import type { Instant } from '../platform/index.ts';
import { idsOfHuman } from './one-human.ts';

/** Who did something (`person:<id>`), and when. */
export interface Deed {
  readonly actor: string;
  readonly at: Instant;
}

/** A time at which somebody else got a way in, or could have. */
type Opening = Deed & { readonly action: string; readonly reason: string };
/** One human: every actor that they are, and who opened a way in as them, the latest first. */
type Human = { readonly actors: readonly string[]; readonly openings: readonly Opening[] };

/** The deed's doer and everybody who could have done it in their name, as actors. */
export function peopleBehind(engine: Engine, deed: Deed): Promise<ReadonlySet<string>> {
  return peopleBehindMany(engine)(deed);
}

/** `peopleBehind` for many deeds of a few people: what was written down of each is read once. */
export function peopleBehindMany(engine: Engine): (deed: Deed) => Promise<ReadonlySet<string>> {
  const known = new Map<string, Promise<Human>>();
  const find = (actor: string): Promise<Human> => {
    const human = known.get(actor) ?? readHuman(engine, actor);
    known.set(actor, human);
    return human;
  };
  return async (deed) => {
    const behind = new Set<string>();
    const steps: Deed[] = [deed];
    for (let step = steps.pop(); step; step = steps.pop()) {
      if (behind.has(step.actor)) continue;
      const { actors, openings } = await find(step.actor);
      for (const actor of actors) behind.add(actor);
      steps.push(...letInBefore(openings, step.at).filter(({ actor }) => actor.startsWith('person:')));
    }
    return behind;
  };
}

/** Whether two deeds were done by two people, neither of whom nor anybody else could have done both. */
export async function areTwoPeople(engine: Engine, maker: Deed, checker: Deed): Promise<boolean> {
  const [made, checked] = await Promise.all([peopleBehind(engine, maker), peopleBehind(engine, checker)]);
  return ![...made].some((actor) => checked.has(actor));
}

/**
 * Who had a way in at that moment: whoever set the last password, which ended what was open before, everybody who read a
 * code out or wrote the phone since, and whoever wrote it last before.
 */
function letInBefore(openings: readonly Opening[], at: Instant): Opening[] {
  const before = openings.filter((one) => one.at <= at);
  const set = before.findIndex(({ action }) => action === 'sign-in');
  const since = set < 0 ? before : before.slice(0, set + 1);
  const phone = before.find(({ action }) => action === 'correct');
  return phone === undefined || since.includes(phone) ? since : [...since, phone];
}

/** Whoever was registered twice is one person, also for what was done before anybody knew. */
async function readHuman(engine: Engine, actor: string): Promise<Human> {
  const person = /^person:(.+)$/.exec(actor)?.[1];
  if (person === undefined) return { actors: [actor], openings: [] };
  const actors = (await idsOfHuman(engine, person)).map((id) => `person:${id}`);
  const { accessLog: t } = engine.tables;
  const rows = await engine.reader
    .select({ actor: t.actor, at: t.at, action: t.action, reason: t.reason })
    .from(t)
    .where(
      and(
        and(inArray(t.subject, actors), notInArray(t.actor, actors)),
        inArray(t.action, ['sign-in', 'read-code', 'correct']),
      ),
    )
    .orderBy(desc(t.id));
  return {
    actors,
    openings: rows.filter(({ action, reason }) => action !== 'correct' || /\bphone\b/.test(reason)),
  };
}

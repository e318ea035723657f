import type { Context } from 'hono';
import { EVERYWHERE, subjectOf } from './actor.ts';
import type { ActingFor, Actor, PersonActor, Role, Scope } from './actor.ts';
import type { Instant } from './time.ts';

type MaybePromise<T> = T | Promise<T>;

/**
 * Who may call a route, as data: the generated access test and the documentation read it.
 *
 * - `public`: anybody, signed in or not.
 * - `signedIn`: any signed-in person, for what concerns only themselves.
 * - `who`: people who hold one of these roles; `[]` with `own` for owners only.
 * - `at`: the place that the thing belongs to, from the path alone. Only a role that covers it counts; a stranger's
 *   thing and a missing one (undefined) both answer 404 with the same bytes. Without `at` the role may be held
 *   anywhere, and the handler must list only what is the actor's (`placesOf`). What belongs to two places, as what one owes
 *   the other does, is at that of the two which is the actor's.
 * - `own`: the people whose own thing it is; they may, whatever their roles. Whoever acts for one of them is the actor.
 * - `scope`: a system key with this scope may, at its own place.
 * - `acting`: a relative whom a resident lets act for them (代办) may, as that resident would as a member: with `view`
 *   who may only look, too; with `spend` only who may also use points. Without it nobody does it for another.
 */
export interface Access {
  readonly public?: true;
  readonly signedIn?: true;
  readonly who?: readonly Role[];
  readonly at?: (c: Context, actor: Actor) => MaybePromise<string | undefined>;
  readonly own?: (c: Context, actor: PersonActor) => MaybePromise<readonly string[] | undefined>;
  readonly scope?: Scope;
  readonly acting?: 'view' | 'spend';
}

/** The tree of places, as far as access needs it. */
export interface PlaceTree {
  /** True if `inner` is `outer` or lies within it. */
  covers(outer: string, inner: string): MaybePromise<boolean>;
  /** The book (tenant) of a place; a key for a whole book reaches no other book's places. */
  bookOf(place: string): MaybePromise<number | undefined>;
  /** What kind of place it is: estate, merchant …; undefined for none. */
  kindOf(place: string): MaybePromise<string | undefined>;
  /** The estates that a property firm serves today; none for what is no firm. */
  servedBy(firm: string, now: Instant): MaybePromise<readonly string[]>;
  /** The estates in which a person lives today; a home that begins later gives no right yet. */
  homesOf(person: string, now: Instant): MaybePromise<readonly string[]>;
  /** … and those to come, and of whoever died, whom nobody serves there: by these it is told whose they are to help. */
  keptHomesOf(person: string, now: Instant): MaybePromise<readonly string[]>;
  /** The books that know a person, who is nobody to all others; none for somebody new. */
  booksOf(person: string): MaybePromise<ReadonlySet<number>>;
}

export type Decision = 'allowed' | 'sign-in-needed' | 'not-allowed' | 'not-found';

export const anybody = { public: true } as const satisfies Access;

/** Says why an access declaration cannot be meant, or undefined. Checked once, when the app is put together. */
export function faultOf(access: Access | undefined): string | undefined {
  if (access === undefined) return 'declares no access';
  if (access.public)
    return access.who || access.at || access.own || access.scope || access.signedIn || access.acting
      ? 'is public and restricted'
      : undefined;
  if (!access.who?.length && !access.own && !access.scope && !access.signedIn) return 'lets nobody in';
  return undefined;
}

export async function decide(
  access: Access,
  actor: Actor | undefined,
  c: Context,
  places: PlaceTree,
): Promise<Decision> {
  if (access.public) return 'allowed';
  if (actor === undefined) return 'sign-in-needed';
  if (actor.kind === 'key') {
    if (access.scope === undefined || !actor.scopes.includes(access.scope)) return 'not-allowed';
    return (await isAt(access, actor, [actor.place], c, places)) ? 'allowed' : 'not-found';
  }
  if (actor.for && !mayFor(access, actor.for)) return 'not-allowed';
  if (access.signedIn) return 'allowed';
  if (access.own && (await access.own(c, actor))?.includes(subjectOf(actor))) return 'allowed';
  const held = actor.roles.filter((r) => access.who?.includes(r.role)).map((r) => r.place);
  if (held.length === 0) return access.own ? 'not-found' : 'not-allowed';
  return (await isAt(access, actor, held, c, places)) ? 'allowed' : 'not-found';
}

function mayFor({ acting }: Access, { may }: ActingFor): boolean {
  return acting === 'view' || (acting === 'spend' && may === 'spend');
}

async function isAt(
  access: Access,
  actor: Actor,
  held: readonly string[],
  c: Context,
  places: PlaceTree,
): Promise<boolean> {
  if (!access.at) return true;
  const place = await access.at(c, actor);
  return place !== undefined && (await reaches(actor, held, place, places));
}

async function reaches(
  actor: Actor,
  held: readonly string[],
  place: string,
  places: PlaceTree,
): Promise<boolean> {
  if (actor.kind === 'key' && actor.place === EVERYWHERE) return (await places.bookOf(place)) === actor.book;
  return covered(held, place, places);
}

/**
 * For a place that only the body names, after validation: may this actor act there in one of these roles (a key: at
 * its own place)? Answer a no with `problem('not-found')` naming no field, as `at` does.
 */
export async function mayAt(
  actor: Actor,
  who: readonly Role[],
  place: string,
  places: PlaceTree,
): Promise<boolean> {
  return reaches(actor, placesOf(actor, who), place, places);
}

async function covered(held: readonly string[], place: string, places: PlaceTree): Promise<boolean> {
  for (const outer of held)
    if (outer === EVERYWHERE || outer === place || (await places.covers(outer, place))) return true;
  return false;
}

/** The places at which the actor holds one of the roles (or its key's place), for routes that list. */
export function placesOf(actor: Actor, who: readonly Role[]): string[] {
  if (actor.kind === 'key') return [actor.place];
  return [...new Set(actor.roles.filter((r) => who.includes(r.role)).map((r) => r.place))];
}

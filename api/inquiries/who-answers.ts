/**
 * Who answers: the desk's own people, but never whoever recorded what is asked about (maker ≠ checker, by person) nor
 * whoever asks, be it for somebody else. Where nobody else is at the desk, the community's staff above it answer.
 */
import { areTwoPeople, findRoles, peopleInPost } from '../identity/index.ts';
import { postsActingAt, type ProductDeps } from '../places/index.ts';
import { actorText, EVERYWHERE, mayAt, problem } from '../platform/index.ts';
import type { Instant, PersonActor, Problem } from '../platform/index.ts';
import type { Inquiry } from './find-inquiries.ts';
import { DESKS, roleOfDesk, type Desk } from './rules/index.ts';

type Deps = Pick<ProductDeps, 'engine' | 'places' | 'clock'>;
export type Asked = Pick<Inquiry, 'member' | 'maker' | 'madeAt' | 'actedBy'>;

/** The desks of a place at which a person works, and those whose questions they see: staff see all of them. */
export async function mayWorkAt(
  deps: Pick<Deps, 'places'>,
  actor: PersonActor,
  place: string,
): Promise<{ own: Desk[]; seen: Desk[] }> {
  const own: Desk[] = [];
  for (const desk of DESKS) if (await mayAt(actor, [roleOfDesk(desk)], place, deps.places)) own.push(desk);
  return { own, seen: own.includes('staff') ? [...DESKS] : own };
}

/** May this person handle what is asked at this desk? */
export async function isAtDesk(
  deps: Pick<Deps, 'places'>,
  actor: PersonActor,
  { place, desk }: { place: string; desk: Desk },
): Promise<boolean> {
  return (await mayWorkAt(deps, actor, place)).seen.includes(desk);
}

/** Why this person does not answer; undefined where they may. */
export async function refusedToAnswer(
  deps: Deps,
  actor: PersonActor,
  inquiry: Asked & { place: string; desk: Desk },
): Promise<Problem | undefined> {
  if (!(await isAtDesk(deps, actor, inquiry))) return problem('not-found');
  if (!(await isAnother(deps, actor.person, inquiry, deps.clock()))) return problem('second-person-needed');
  if (await mayAt(actor, [roleOfDesk(inquiry.desk)], inquiry.place, deps.places)) return undefined;
  return (await hasAnother(deps, inquiry)) ? problem('desk-answers') : undefined;
}

/** Whether a person is somebody else than who asks and than whoever is behind what is asked about. */
export async function isAnother(
  { engine }: Pick<Deps, 'engine'>,
  person: string,
  asked: Asked,
  now: Instant,
): Promise<boolean> {
  const answering = { actor: `person:${person}`, at: now };
  if (person === asked.member || answering.actor === asked.actedBy?.by) return false;
  return areTwoPeople(engine, { actor: asked.maker, at: asked.madeAt }, answering);
}

/** Who holds the desk's post for this place now: there, above, or at the firm that serves it. */
export async function peopleAtDesk(
  { engine, places, clock }: Deps,
  { place, desk }: { place: string; desk: Desk },
): Promise<string[]> {
  const [role, now] = [roleOfDesk(desk), clock()];
  const at = await postsActingAt({ engine, places }, { role, place, now });
  return peopleInPost(engine, { role, places: at, now });
}

/** Whether anybody holds the desk's post there who may answer this. */
export async function hasAnother(deps: Deps, asked: Asked & { place: string; desk: Desk }): Promise<boolean> {
  const now = deps.clock();
  for (const person of await peopleAtDesk(deps, asked))
    if (await isAnother(deps, person, asked, now)) return true;
  return false;
}

/** The estate whose staff a member turns to: where they live, or where they are a member. */
export async function homeOf(deps: Deps, member: string): Promise<string | undefined> {
  const homes = await deps.places.homesOf(member, deps.clock());
  if (homes[0] !== undefined) return homes[0];
  const held = await findRoles(deps.engine, member, deps.clock());
  return held.find(({ role, place }) => role === 'member' && place !== EVERYWHERE)?.place;
}

/** Its member themselves, of what somebody else asked in their name. */
export function mayTakeBack(
  actor: PersonActor,
  { member, actedBy }: Pick<Inquiry, 'member' | 'actedBy'>,
): boolean {
  return actedBy !== null && actor.for === undefined && actor.person === member;
}

/** Recorded the transaction, or asked about it for its member. */
export function isInvolved(actor: PersonActor, { maker, actedBy }: Asked): boolean {
  return [maker, actedBy?.by].includes(actorText(actor));
}

/** Whoever holds a link chooses a user name and a password: a colleague who was invited, or the first administrator. */
import { and, eq, gt, isNull, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  EVERYWHERE,
  isProblem,
  problem,
  type Ids,
  type Instant,
  type PlaceTree,
  type Problem,
} from '../platform/index.ts';
import { createSignIn } from './create-sign-in.ts';
import type { Auth } from './auth.ts';
import { findRoles } from './find-roles.ts';
import { findByLink, INVITATION_MS, mintLink, withLink, type Invitation } from './invitation-links.ts';
import { findPerson, personRow } from './people.ts';
import { mayHelp, tiesOf } from './roles.ts';

interface AcceptDeps {
  readonly engine: Engine;
  readonly auth: Auth;
  readonly ids: Ids;
}

type Chosen = {
  readonly token: string;
  readonly username: string;
  readonly password: string;
  readonly now: Instant;
};

export type ShownInvitation = {
  readonly name: string;
  /** With the place's name. */
  readonly roles: { role: string; place: string }[];
  readonly endsAt: Instant;
};

/** Whom a link is for, and as what. It proves itself by the link alone, so it shows a name to greet and no more. */
export async function lookAtInvitation(
  engine: Engine,
  asked: { token: string; now: Instant },
): Promise<ShownInvitation | Problem> {
  const found = await findByLink(engine, asked);
  if (isProblem(found)) return found;
  if (found.person === null) return problem('link-unknown');
  const { roles: t, places } = engine.tables;
  const [person, roles] = await Promise.all([
    findPerson(engine, found.person),
    engine.reader
      .select({ role: t.role, place: places.name })
      .from(t)
      .innerJoin(places, eq(places.id, t.place))
      .where(and(eq(t.person, found.person), or(isNull(t.validTo), gt(t.validTo, asked.now))))
      .limit(20),
  ]);
  if (person?.name === null || person === undefined) return problem('link-ended');
  return { name: person.name, roles, endsAt: found.endsAt };
}

/** The link's owner has chosen the password alone, so nobody else stands behind what they do (two-people.ts). */
export async function acceptInvitation(
  { engine, auth, ids, places }: AcceptDeps & { readonly places: PlaceTree },
  { token, username, password, now }: Chosen,
): Promise<{ person: string } | Problem> {
  const invitation = await findByLink(engine, { token, now });
  if (isProblem(invitation)) return invitation;
  const { person, place } = invitation;
  if (person === null) return problem('link-unknown');
  if (!(await mayStillLetIn({ engine, places }, { invitation, person, now }))) return problem('link-ended');
  return withLink(engine, { invitation, now }, async () => {
    const by = `person:${person}`;
    const refused = await createSignIn({ engine, auth, ids }, { person, username, password, now, by, place });
    return refused ?? { person };
  });
}

/** The person may have got posts since that whoever holds a link of this maker must not come into. */
async function mayStillLetIn(
  deps: { readonly engine: Engine; readonly places: PlaceTree },
  { invitation, person, now }: { invitation: Invitation; person: string; now: Instant },
): Promise<boolean> {
  const maker = invitation.createdBy.replace(/^person:/, '');
  const [roles, ties] = await Promise.all([findRoles(deps.engine, maker, now), tiesOf(deps, person, now)]);
  return mayHelp(deps, { kind: 'person', person: maker, roles }, ties);
}

/** Nobody administers this deployment yet. */
export async function needsSetUp({ db, tables: { roles: t } }: Engine): Promise<boolean> {
  const everywhere = and(eq(t.place, EVERYWHERE), eq(t.role, 'operator'));
  return (await db.select({ id: t.id }).from(t).where(everywhere).limit(1)).length === 0;
}

/** A set-up link for whoever starts the process; undefined where somebody administers it already. */
export async function mintSetUpLink(
  { engine, ids }: Pick<AcceptDeps, 'engine' | 'ids'>,
  now: Instant,
): Promise<string | undefined> {
  if (!(await needsSetUp(engine))) return undefined;
  const { token, tokenHash } = mintLink();
  await engine.db.insert(engine.tables.invitations).values({
    ...{ id: ids(), version: 1, person: null, place: '', tokenHash, createdBy: 'operator:start' },
    ...{ createdAt: now, endsAt: now + INVITATION_MS },
  });
  return token;
}

/** Whether a set-up link still works. */
export async function lookAtSetUp(
  engine: Engine,
  asked: { token: string; now: Instant },
): Promise<Problem | undefined> {
  const found = await findByLink(engine, asked);
  if (isProblem(found)) return found.code === 'link-used' ? problem('set-up-done') : found;
  if (found.person !== null) return problem('link-unknown');
  return (await needsSetUp(engine)) ? undefined : problem('set-up-done');
}

/** The first administrator, who acts everywhere. Each start prints a link of its own, and the first one used is the last. */
export function setUp(
  { engine: shared, auth, ids }: AcceptDeps,
  { name, token, username, password, now }: Chosen & { name: string },
): Promise<{ person: string } | Problem> {
  return shared.exclusively('set-up', async (engine) => {
    const refused = await lookAtSetUp(engine, { token, now });
    if (refused) return refused;
    const invitation = await findByLink(engine, { token, now });
    if (isProblem(invitation)) return invitation;
    const { people, roles } = engine.tables;
    const person = ids();
    return withLink(engine, { invitation, now }, async () => {
      await engine.db.insert(people).values(personRow({ id: person, name }, now));
      const own = { by: `person:${person}`, place: EVERYWHERE };
      const taken = await createSignIn({ engine, auth, ids }, { person, username, password, now, ...own });
      if (taken) {
        await engine.db.delete(people).where(eq(people.id, person));
        return taken;
      }
      const role = { id: ids(), person, role: 'operator', place: EVERYWHERE, validFrom: now, validTo: null };
      await engine.db.insert(roles).values({ ...role, grantedBy: 'operator:start' });
      return { person };
    });
  });
}

/** A colleague is named with a role and gets a link by which they choose a user name and a password of their own. */
import { and, desc, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import {
  actorText,
  isProblem,
  mayAt,
  problem,
  type Ids,
  type Instant,
  type PersonActor,
  type PlaceTree,
  type Problem,
  type Role,
} from '../platform/index.ts';
import { accessLogRow } from './access-log.ts';
import { namesakeProblem, namesakesOf } from './namesakes.ts';
import { INVITATION_MS, mintLink, type Invitation } from './invitation-links.ts';
import { findPerson, personRow } from './people.ts';
import { GRANTORS } from './role-rules.ts';
import { grantRole, mayHelp, refusedGrant, tiesOf } from './roles.ts';

export interface InviteDeps {
  readonly engine: Engine;
  readonly places: PlaceTree;
  readonly ids: Ids;
}

export interface InviteInput {
  /** Whom: somebody who is registered, or whoever is found or made by name and phone. */
  readonly who: { readonly person: string } | { readonly name: string; readonly phone: string | undefined };
  /** Answers whether a colleague of the same name, whom the phone does not tell apart, is meant. */
  readonly namesake: 'same' | 'another' | undefined;
  readonly role: Role;
  readonly place: string;
  readonly validFrom: Instant;
  readonly validTo: Instant | null;
  readonly now: Instant;
}

/** `token` is told this once. There is none for who can sign in already, or is not the inviter's to help in. */
export type Invited = {
  readonly person: string;
  readonly canSignIn: boolean;
  readonly invitation?: Invitation;
  readonly token?: string;
};

/**
 * Gives the role to whoever the book knows by this name and phone, else to somebody new. A phone of somebody else of the
 * book is refused: two people who are one would each check the other's work.
 */
export async function invite(
  deps: InviteDeps,
  by: PersonActor,
  input: InviteInput,
): Promise<Invited | Problem> {
  // Two at once, or a second press, would each find nobody of the name.
  const book = await deps.places.bookOf(input.place);
  return deps.engine.exclusively(`invitations:${book ?? 0}`, (engine) =>
    inviteOne({ ...deps, engine }, by, input),
  );
}

async function inviteOne(deps: InviteDeps, by: PersonActor, input: InviteInput): Promise<Invited | Problem> {
  const { engine, ids } = deps;
  const { who, role, place, validFrom, validTo, now } = input;
  const refused = await refusedGrant(deps, by, input);
  if (refused) return refused;
  const known = 'person' in who ? who.person : await knownAs(deps, by, { ...input, ...who });
  if (isProblem(known)) return known;
  const grant = { id: ids(), role, place, validFrom, validTo };
  if (known !== undefined || 'person' in who) {
    const person = known ?? '';
    const granted = await grantRole(deps, by, { ...grant, person, now });
    if (isProblem(granted) && granted.code !== 'already-exists')
      return granted.code === 'not-found' && input.namesake === 'same' ? ofElsewhere : granted;
    const invited = await letIn(deps, by, { person, place, now });
    // Who has the role already is news only if they have no way in yet: they lost the link, or never got one.
    return isProblem(granted) && invited.token === undefined ? granted : invited;
  }
  const { people, roles } = engine.tables;
  const { name, phone } = who;
  const person = ids();
  const row = personRow({ id: person, name, ...(phone !== undefined && { phone }) }, now);
  const reason = input.namesake === 'another' ? 'namesake: another' : '';
  const made = await writeInvitation(deps, by, { person, place, now, reason }, (db) => [
    db.insert(people).values(row),
    db.insert(roles).values({ ...grant, person, grantedBy: actorText(by) }),
  ]);
  return invitedTo(made);
}

type Named = Pick<InviteInput, 'namesake' | 'place' | 'now'> & { name: string; phone: string | undefined };

async function knownAs(deps: InviteDeps, by: PersonActor, named: Named) {
  return (await knownByPhone(deps, named)) ?? knownByName(deps, by, named);
}

const ofElsewhere = problem('not-allowed', {
  detail: {
    zh: '这位同事在您管不到的地方任职，请街道或系统管理员来授予这个岗位',
    en: 'This colleague works where you do not act; have the street or the administrator give the post',
  },
});

/** A link for a person whom the book knows; a way in as this person, so made by those alone who could set their password. */
async function letIn(
  deps: InviteDeps,
  by: PersonActor,
  { person, place, now }: { person: string; place: string; now: Instant },
): Promise<Invited> {
  if (await canSignIn(deps.engine, person)) return { person, canSignIn: true };
  if (!(await mayHelp(deps, by, await tiesOf(deps, person, now)))) return { person, canSignIn: false };
  return invitedTo(await writeInvitation(deps, by, { person, place, now }));
}

/** Somebody who lives in an estate becomes its member, who sees their own points and bills, and gets a link. */
export async function inviteResident(
  deps: InviteDeps,
  by: PersonActor,
  { person, estate, now }: { person: string; estate: string; now: Instant },
): Promise<Invited | Problem> {
  if (!(await deps.places.homesOf(person, now)).includes(estate)) return problem('not-found');
  const role = { id: deps.ids(), person, role: 'member' as const, place: estate };
  const granted = await grantRole(deps, by, { ...role, validFrom: now, validTo: null, now });
  if (isProblem(granted) && granted.code !== 'already-exists') return granted;
  return letIn(deps, by, { person, place: estate, now });
}

function invitedTo({ invitation, token }: { invitation: Invitation; token: string }): Invited {
  return { person: invitation.person ?? '', canSignIn: false, invitation, token };
}

type Writes = Parameters<Engine['atomically']>[0];

/** Links made for this person before are called off: one link is out at a time. */
async function writeInvitation(
  { engine, ids }: InviteDeps,
  by: PersonActor,
  { person, place, now, reason = '' }: { person: string; place: string; now: Instant; reason?: string },
  before?: Writes,
): Promise<{ invitation: Invitation; token: string }> {
  const { invitations: t, accessLog } = engine.tables;
  const { token, tokenHash } = mintLink();
  const invitation = {
    ...{ id: ids(), version: 1, person, place, createdBy: actorText(by), createdAt: now },
    ...{ endsAt: now + INVITATION_MS, usedAt: null, cancelledAt: null },
  };
  const log = accessLogRow({
    ...{ id: ids(), at: now, actor: actorText(by), action: 'invite' as const },
    ...{ subject: `person:${person}`, place, reason },
  });
  await engine.atomically((db) => [
    ...(before?.(db) ?? []),
    db
      .update(t)
      .set({ cancelledAt: now })
      .where(and(eq(t.person, person), isNull(t.usedAt), isNull(t.cancelledAt))),
    db.insert(t).values({ ...invitation, tokenHash }),
    db.insert(accessLog).values(log),
  ]);
  return { invitation, token };
}

/**
 * The one of this book with the phone and the name; nobody, or a refusal where the phone is another's. A row that was
 * merged still tells by what name and phone its keeper was known, and no more.
 */
async function knownByPhone(
  { engine, places }: InviteDeps,
  { name, phone, place }: Named,
): Promise<string | Problem | undefined> {
  if (phone === undefined) return undefined;
  const { people } = engine.tables;
  const holders = await engine.db
    .select({ id: people.id, name: people.name, mergedInto: people.mergedInto })
    .from(people)
    .where(eq(people.phone, phone))
    .limit(20);
  const book = await places.bookOf(place);
  const ours = [];
  for (const holder of holders) {
    const id = holder.mergedInto ?? holder.id;
    if (holder.mergedInto !== null && holder.name !== name) continue;
    if (book !== undefined && (await places.booksOf(id)).has(book)) ours.push({ id, name: holder.name });
  }
  const same = ours.find((holder) => holder.name === name);
  if (same) return same.id;
  const fields = [
    { field: 'phone', zh: '这个手机号登记的是另一个姓名', en: 'Registered under another name' },
  ];
  return ours.length === 0 ? undefined : problem('phone-taken', { fields });
}

/** The colleague of this name, if that one is meant; asked about as long as nobody has said so. */
async function knownByName(
  deps: InviteDeps,
  by: PersonActor,
  { name, phone, namesake, place, now }: Named,
): Promise<string | Problem | undefined> {
  if (namesake === 'another') return undefined;
  const found = await namesakesOf(deps, { name, place, now });
  const [one] = found;
  if (namesake === 'same' && one && found.length === 1) {
    const known = (await findPerson(deps.engine, one.person))?.phone ?? null;
    // A phone of another number was typed to tell them apart.
    if (phone === undefined || known === null || known === phone) return one.person;
  }
  return found.length === 0 ? undefined : namesakeProblem(deps.places, by, { name, place, namesakes: found });
}

/** Whether a person has a user name and a password; who only signs in by a phone's code has none. */
export async function canSignIn({ db, tables: { users } }: Engine, person: string): Promise<boolean> {
  const [row] = await db.select({ username: users.username }).from(users).where(eq(users.id, person));
  return row !== undefined && row.username !== null;
}

/** A new link for the same person, who lost the last one; that one no longer works. */
export async function inviteAgain(
  deps: InviteDeps,
  by: PersonActor,
  input: { invitation: string; now: Instant },
): Promise<Invited | Problem> {
  const old = await findInvitation(deps, by, input.invitation);
  if (!old || old.person === null) return problem('not-found');
  // Used by somebody who can sign in; one whose use broke off in the middle is made anew like any other.
  if (await canSignIn(deps.engine, old.person)) return problem('link-used');
  const { person, place } = old;
  if (!(await mayHelp(deps, by, await tiesOf(deps, person, input.now)))) return problem('not-found');
  return invitedTo(await writeInvitation(deps, by, { person, place, now: input.now }));
}

/** Calls a link off; one that was used or called off stays as it is. */
export async function cancelInvitation(
  deps: InviteDeps,
  by: PersonActor,
  input: { invitation: string; now: Instant },
): Promise<Problem | undefined> {
  const found = await findInvitation(deps, by, input.invitation);
  if (!found) return problem('not-found');
  if (found.usedAt !== null) return problem('link-used');
  const { invitations: t } = deps.engine.tables;
  await deps.engine.db
    .update(t)
    .set({ cancelledAt: input.now })
    .where(and(eq(t.id, found.id), isNull(t.usedAt), isNull(t.cancelledAt)));
  return undefined;
}

/** The routes let every grantor in; this looks whether it is an invitation to a place of theirs. */
async function findInvitation(
  { engine, places }: InviteDeps,
  by: PersonActor,
  id: string,
): Promise<Invitation | undefined> {
  const { invitations: t } = engine.tables;
  const [row] = await engine.db.select().from(t).where(eq(t.id, id));
  return row && row.place !== '' && (await mayAt(by, GRANTORS, row.place, places)) ? row : undefined;
}

export type ListedInvitation = Invitation & {
  readonly name: string | null;
  readonly roles: readonly string[];
};

/** Newest first, before the invitation `before`; with the name and the roles at that place of whom it is for. */
export async function listInvitations(
  engine: Engine,
  input: { place: string; before?: string; limit: number; now: Instant },
): Promise<ListedInvitation[]> {
  const { invitations: t, people, roles } = engine.tables;
  const earlier = input.before === undefined ? undefined : lt(t.id, input.before);
  const rows = await engine.reader
    .select({ invitation: t, name: people.name })
    .from(t)
    .leftJoin(people, eq(people.id, t.person))
    .where(and(eq(t.place, input.place), earlier))
    .orderBy(desc(t.id))
    .limit(input.limit);
  const named = rows.flatMap(({ invitation }) => invitation.person ?? []);
  const held =
    named.length === 0
      ? []
      : await engine.reader
          .select({ person: roles.person, role: roles.role })
          .from(roles)
          .where(
            and(
              ...[inArray(roles.person, named), eq(roles.place, input.place)],
              or(isNull(roles.validTo), gt(roles.validTo, input.now)),
            ),
          );
  return rows.map(({ invitation, name }) => ({
    ...invitation,
    name,
    roles: held.filter(({ person }) => person === invitation.person).map(({ role }) => role),
  }));
}

/** Who holds which role: at a place, page by page, and all of one person. */
import { and, asc, desc, eq, gt, isNull, lt, lte, or, type SQL } from 'drizzle-orm';
import { contains, type Engine } from '../db/index.ts';
import type { After, Instant, Role } from '../platform/index.ts';
import { hasDied } from './has-died.ts';
import { findPerson } from './people.ts';
import type { GrantedRole } from './roles.ts';

export type ListedRole = GrantedRole & {
  /** Null once erased. */
  readonly name: string | null;
  /** Of the colleague who gave it; null where nobody of the product did. */
  readonly grantor: string | null;
  /** Whoever holds it has died, and nobody waits for them; the post goes on until somebody ends it. */
  readonly died?: true;
};

export type RolesFilter = {
  /** Running or still to begin, or over. */
  readonly state?: 'running' | 'ended' | undefined;
  readonly role?: Role | undefined;
  /** A part of the name, or all its pinyin initials. */
  readonly name?: string | undefined;
};

/** The roles given at one place, past ones too, in the order in which they were given or the other way round. */
export async function listRoles(
  engine: Engine,
  input: RolesFilter & {
    place: string;
    limit: number;
    after: After | undefined;
    newestFirst?: boolean;
    now?: Instant;
  },
): Promise<ListedRole[]> {
  const { roles: t, people } = engine.tables;
  const { newestFirst = false, after } = input;
  const beyond = after && (newestFirst ? lt(t.id, String(after.id)) : gt(t.id, String(after.id)));
  const rows = await engine.reader
    .select({ role: t, name: people.name })
    .from(t)
    .leftJoin(people, eq(people.id, t.person))
    .where(and(eq(t.place, input.place), beyond, ...wanted(engine, input)))
    .orderBy(newestFirst ? desc(t.id) : asc(t.id))
    .limit(input.limit);
  return Promise.all(
    rows.map(async ({ role: { grantedBy, ...role }, name }) => {
      const died = (await hasDied(engine, role.person)) && { died: true as const };
      return { ...role, name, grantor: await grantorOf(engine, grantedBy), ...died };
    }),
  );
}

function wanted(engine: Engine, filter: RolesFilter & { now?: Instant }): (SQL | undefined)[] {
  const { roles: t, people } = engine.tables;
  const { state, role, now = 0 } = filter;
  const name = filter.name?.trim();
  return [
    state === 'running' ? or(isNull(t.validTo), gt(t.validTo, now)) : undefined,
    state === 'ended' ? lte(t.validTo, now) : undefined,
    role && eq(t.role, role),
    name === undefined || name === ''
      ? undefined
      : or(contains(engine, people.name, name), eq(people.initials, name.toLowerCase())),
  ];
}

async function grantorOf(engine: Engine, actor: string): Promise<string | null> {
  const [kind, id = ''] = actor.split(':');
  return kind === 'person' ? ((await findPerson(engine, id))?.name ?? null) : null;
}

/** Every role that a person holds or held. */
export async function rolesOfPerson(
  { reader, tables: { roles: t } }: Engine,
  person: string,
): Promise<GrantedRole[]> {
  return reader.select().from(t).where(eq(t.person, person));
}

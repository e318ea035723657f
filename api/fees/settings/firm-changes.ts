/**
 * A change of what holds for a whole firm: its layout, its 科目, its mappings. Protects: what one estate's accountant changes
 * holds for the others once a second person of the firm has seen it; where there is none, at once, and it says so.
 */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Engine, Tables } from '../../db/index.ts';
import { areTwoPeople, peopleInPost, type Deed } from '../../identity/index.ts';
import { estatesServedBy, postsActingAt, type ProductDeps } from '../../places/index.ts';
import { actorText, problem, type Actor, type Problem } from '../../platform/index.ts';
import { dayOf } from '../../programme/index.ts';
import { MOST_MAPPINGS, ownerOf } from '../bill-mappings.ts';
import { settingInForce, writeSetting, type SettingOf } from './firm-settings.ts';
import { noRoomFor, noRoomInForce } from './room-for-mapping.ts';

export type FirmChange = Tables['firmChanges']['$inferSelect'];
type Deps = Pick<ProductDeps, 'engine' | 'places' | 'ids' | 'clock'>;

type Proposal = Omit<SettingOf, 'firm'> & {
  estate: string;
  /** JSON of the setting as it is to be; null to have none. */
  body: string | null;
  /** The version that was looked at; another one since is not written over. */
  follows: number;
  actor: Actor;
};

/** In force at once where the firm has nobody else who could approve; until then the change waits. */
export async function proposeChange(deps: Deps, input: Proposal): Promise<FirmChange | Problem> {
  const { estate, kind, name, body, follows, actor } = input;
  const { ids, clock } = deps;
  const firm = await ownerOf(deps, estate);
  const maker = { actor: actorText(actor), at: clock() };
  const isAlone = !(await hasSecond(deps, { firm, estate, maker }));
  return deps.engine.exclusively(turnOf(firm), async (engine) => {
    const { firmChanges: t } = engine.tables;
    const current = await settingInForce(engine, { firm, kind, name });
    if (current.version !== follows) return problem('changed-meanwhile');
    const its = and(eq(t.firm, firm), eq(t.kind, kind), eq(t.name, name), eq(t.state, 'waiting'));
    const [waits] = await engine.db.select().from(t).where(its);
    if (waits && waits.askedBy !== maker.actor) return problem('change-waits');
    const noRoom = await noRoomFor(engine, { firm, kind, name, body });
    if (noRoom) return noRoom;
    const ended = { endedBy: null, endedAt: isAlone ? maker.at : null };
    const row: FirmChange = {
      ...{ id: ids(), version: 1, firm, estate, kind, name, before: current.body, after: body, follows },
      ...{ state: isAlone ? 'approved' : 'waiting', askedBy: maker.actor, ...ended, createdAt: maker.at },
    };
    await engine.atomically(function* (db) {
      // Who asks again has thought better of it.
      if (waits)
        yield db
          .update(t)
          .set(endOf(waits, 'withdrawn', maker))
          .where(eq(t.id, waits.id));
      yield db.insert(t).values(row);
      const by = { by: maker.actor, id: ids(), now: maker.at };
      if (isAlone) yield writeSetting(engine, db, { firm, kind, name, follows, body, ...by });
    });
    return row;
  });
}

type Deciding = { estate: string; change: string; actor: Actor };

/** By any second person who answers for the money of one of the firm's estates. */
export async function approveChange(
  deps: Deps,
  { estate, change: id, actor }: Deciding,
): Promise<FirmChange | Problem> {
  const firm = await ownerOf(deps, estate);
  const checker = { actor: actorText(actor), at: deps.clock() };
  return deps.engine.exclusively(turnOf(firm), async (engine) => {
    const row = await findChange(engine, firm, id);
    if (!row) return problem('not-found');
    if (row.state !== 'waiting') return problem('change-decided');
    const maker = { actor: row.askedBy, at: row.createdAt };
    if (!(await areTwoPeople(engine, maker, checker))) return problem('second-person-needed');
    const { kind, name, follows, after: body } = row;
    if ((await settingInForce(engine, { firm, kind, name })).version !== follows)
      return problem('changed-meanwhile');
    const noRoom = await noRoomInForce(engine, { firm, kind, name, body });
    if (noRoom) return noRoom;
    const { firmChanges: t } = engine.tables;
    const ended = endOf(row, 'approved', checker);
    await engine.atomically(function* (db) {
      yield db.update(t).set(ended).where(eq(t.id, id));
      const by = { by: row.askedBy, id: deps.ids(), now: checker.at };
      yield writeSetting(engine, db, { firm, kind, name, follows, body, ...by });
    });
    return { ...row, ...ended };
  });
}

/** Taken back by who asked for it, or declined by a colleague. */
export async function withdrawChange(
  deps: Deps,
  { estate, change: id, actor }: Deciding,
): Promise<Problem | undefined> {
  const firm = await ownerOf(deps, estate);
  return deps.engine.exclusively(turnOf(firm), async (engine) => {
    const row = await findChange(engine, firm, id);
    if (!row) return problem('not-found');
    if (row.state !== 'waiting') return problem('change-decided');
    const { firmChanges: t } = engine.tables;
    const ended = endOf(row, 'withdrawn', { actor: actorText(actor), at: deps.clock() });
    await engine.atomically((db) => [db.update(t).set(ended).where(eq(t.id, id))]);
    return undefined;
  });
}

/** Back to what was in force before this change, which has to be the last one of its setting; approved like any other. */
export async function undoChange(
  deps: Deps,
  { estate, change: id, actor }: Deciding,
): Promise<FirmChange | Problem> {
  const firm = await ownerOf(deps, estate);
  const row = await findChange(deps.engine, firm, id);
  if (!row) return problem('not-found');
  const { kind, name, before: body } = row;
  const current = await settingInForce(deps.engine, { firm, kind, name });
  const isLast = row.after === null ? current.body === null : current.version === row.follows + 1;
  if (row.state !== 'approved' || !isLast) return problem('change-decided');
  return proposeChange(deps, { estate, kind, name, body, follows: current.version, actor });
}

/** The newest first, before the one with the id `before`. */
export async function listChanges(
  { reader, tables: { firmChanges: t } }: Engine,
  { firm, before, limit }: { firm: string; before?: string; limit: number },
): Promise<FirmChange[]> {
  return reader
    .select()
    .from(t)
    .where(and(eq(t.firm, firm), before === undefined ? undefined : lt(t.id, before)))
    .orderBy(desc(t.id))
    .limit(limit);
}

/** A layout, the 科目, each mapping with a version that replaces it or is to remove it. */
const MOST_WAITING = 2 + 2 * MOST_MAPPINGS;

/** What waits at these firms; of each setting one at most. */
export async function changesWaiting(
  { reader, tables: { firmChanges: t } }: Pick<Engine, 'reader' | 'tables'>,
  firms: readonly string[],
): Promise<FirmChange[]> {
  if (firms.length === 0) return [];
  return reader
    .select()
    .from(t)
    .where(and(inArray(t.firm, [...firms]), eq(t.state, 'waiting')))
    .limit(firms.length * MOST_WAITING);
}

/** The same of one firm, the newest first: however much was changed since, it is found. */
export async function listWaiting(
  engine: Pick<Engine, 'reader' | 'tables'>,
  { firm, before, limit }: { firm: string; before?: string; limit: number },
): Promise<FirmChange[]> {
  const waiting = await changesWaiting(engine, [firm]);
  return waiting
    .filter(({ id }) => before === undefined || id < before)
    .toSorted((a, b) => (a.id < b.id ? 1 : -1))
    .slice(0, limit);
}

const turnOf = (firm: string): string => `firm-settings:${firm}`;

async function findChange(
  { db, tables: { firmChanges: t } }: Engine,
  firm: string,
  id: string,
): Promise<FirmChange | undefined> {
  const [row] = await db
    .select()
    .from(t)
    .where(and(eq(t.id, id), eq(t.firm, firm)));
  return row;
}

function endOf({ version }: FirmChange, state: 'approved' | 'withdrawn', { actor, at }: Deed) {
  return { state, endedBy: actor, endedAt: at, version: version + 1 };
}

const APPROVE = ['accountant', 'finance_lead'] as const;

/** Whether anybody else answers for the money of one of the firm's estates. */
async function hasSecond(
  deps: Deps,
  { firm, estate, maker }: { firm: string; estate: string; maker: Deed },
): Promise<boolean> {
  const { engine, places } = deps;
  const now = maker.at;
  const place = await places.find(firm);
  const served =
    place?.kind === 'firm' ? await estatesServedBy(engine, { firm: place, day: dayOf(now) }) : [estate];
  for (const role of APPROVE) {
    const at = new Set<string>();
    for (const each of served)
      for (const post of await postsActingAt({ engine, places }, { role, place: each, now })) at.add(post);
    for (const person of await peopleInPost(engine, { role, places: [...at], now }))
      if (await areTwoPeople(engine, maker, { actor: `person:${person}`, at: now })) return true;
  }
  return false;
}

/**
 * What colleagues see of a person: the houses and roles at the places where they act, past ones too, and nothing of
 * other places. Somebody of whom they see nothing is nobody to them.
 */
import { eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { findPerson, rolesOfPerson, type GrantedRole, type Person } from '../identity/index.ts';
import { mayAt, type PersonActor, type Role } from '../platform/index.ts';
import type { EndReason, House, Residency } from './houses.ts';
import type { ProductDeps } from './index.ts';

export type KnownResidency = Residency & {
  id: string;
  version: number;
  endReason: EndReason | null;
  at: House;
};
export type KnownPerson = { person: Person; residencies: KnownResidency[]; roles: GrantedRole[] };

export async function knownPerson(
  { engine, places }: Pick<ProductDeps, 'engine' | 'places'>,
  actor: PersonActor,
  asked: { person: string; who: readonly Role[] },
): Promise<KnownPerson | undefined> {
  const person = await findPerson(engine, asked.person);
  if (!person) return undefined;
  const isSeen = (place: string) => mayAt(actor, asked.who, place, places);
  // Somebody who was merged is known where the one who stayed is.
  const id = person.mergedInto ?? person.id;
  const residencies = await seen(await housesOfPerson(engine, id), ({ at }) => isSeen(at.estate));
  const roles = await seen(await rolesOfPerson(engine, id), ({ place }) => isSeen(place));
  if (residencies.length + roles.length === 0) return undefined;
  return person.mergedInto === null ? { person, residencies, roles } : { person, residencies: [], roles: [] };
}

/** Whoever can still be written to: neither erased nor merged into another. */
export function isPresent({ erasedAt, mergedInto }: Person): boolean {
  return erasedAt === null && mergedInto === null;
}

async function seen<Row>(rows: readonly Row[], isSeen: (row: Row) => Promise<boolean>): Promise<Row[]> {
  const found: Row[] = [];
  for (const row of rows) if (await isSeen(row)) found.push(row);
  return found;
}

/** By day of beginning, and all of them: a developer is the owner of hundreds, and a merge moves each. */
export async function housesOfPerson({ reader, tables }: Engine, person: string): Promise<KnownResidency[]> {
  const { residencies: t, houses } = tables;
  const rows = await reader
    .select({ residency: t, at: houses })
    .from(t)
    .innerJoin(houses, eq(houses.id, t.house))
    .where(eq(t.person, person));
  return rows
    .map(({ residency, at }) => ({ ...residency, at }))
    .toSorted((one, other) => one.since.localeCompare(other.since));
}

/** A residency, with the estate that it belongs to. */
export async function findResidency(
  { db, tables }: Engine,
  id: string,
): Promise<(KnownResidency & { person: string }) | undefined> {
  const { residencies: t, houses } = tables;
  const [row] = await db
    .select({ residency: t, at: houses })
    .from(t)
    .innerJoin(houses, eq(houses.id, t.house))
    .where(eq(t.id, id))
    .limit(1);
  return row && { ...row.residency, at: row.at };
}

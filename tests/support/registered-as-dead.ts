/** Somebody whose death stands on record, as `places` records it; for the tests of signing in. */
import { eq } from 'drizzle-orm';
import { v7 as uuid } from 'uuid';
import type { TestApp } from './whole-app.ts';

/** Answers how it is taken back. */
export async function registeredAsDead(
  { engine: { db, tables } }: TestApp,
  { person, estate }: { person: string; estate: string },
): Promise<() => Promise<unknown>> {
  const { houses, residencies: t } = tables;
  const house = { id: uuid(), version: 1, estate, building: '9', unit: '', room: uuid().slice(-6) };
  await db.insert(houses).values({ ...house, createdAt: 0 });
  const row = { id: uuid(), version: 1, house: house.id, person, relation: 'owner' as const };
  const death = { since: '2020-01-01', until: '2026-06-01', endReason: 'death' as const };
  await db.insert(t).values({ ...row, ...death, createdAt: 0 });
  return async () => db.update(t).set({ until: null, endReason: null }).where(eq(t.id, row.id));
}

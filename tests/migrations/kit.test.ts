import { and, eq, gt, isNull } from 'drizzle-orm';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Database, Engine, Kit } from '../../api/db/index.ts';
import { pgKit } from '../../api/db/kit-postgres.ts';
import { sqliteKit } from '../../api/db/kit.ts';
import { eachEngine } from '../support/database.ts';

/** A table with every word of the kit that a row can hold. */
const samplesOf = (kit: Kit) =>
  kit.table('samples', {
    id: kit.id(),
    label: kit.text(),
    count: kit.integer(),
    points: kit.amount(),
    isOwner: kit.boolean(),
    bookedAt: kit.instant(),
    day: kit.date(),
    signedInAt: kit.dateTime(),
    steps: kit.json<{ zh: string; points: number }[]>(),
  });

const columns = {
  sqlite:
    'id text primary key, label text, count integer, points integer, is_owner integer, booked_at integer, day text,' +
    ' signed_in_at integer, steps text) STRICT',
  postgres:
    'id text primary key, label text, count bigint, points bigint, is_owner boolean, booked_at bigint, day text,' +
    ' signed_in_at bigint, steps text)',
};

async function openSamples(open: () => Promise<Engine>) {
  const engine = await open();
  const statement = `CREATE TABLE samples (${columns[engine.kind]}`;
  if (engine.kind === 'sqlite') {
    engine.sqlite.exec(statement);
    return { db: engine.db, raw: rawSqlite(engine), samples: samplesOf(sqliteKit) };
  }
  await engine.pool.query(statement);
  return { db: engine.db, raw: rawPostgres(engine), samples: samplesOf(pgKit) };
}

const rawSqlite = (engine: Engine & { kind: 'sqlite' }) => async (statement: string) =>
  engine.sqlite.prepare(statement).all() as unknown[];
const rawPostgres = (engine: Engine & { kind: 'postgres' }) => async (statement: string) =>
  (await engine.pool.query(statement)).rows as unknown[];

const full = {
  id: '0199aaaa-0000-7000-8000-000000000001',
  label: '和美苑 𠮷',
  count: 3,
  points: -24,
  isOwner: true,
  bookedAt: 1_780_000_000_123,
  day: '2026-06-30',
  signedInAt: new Date(1_780_000_000_456),
  steps: [{ zh: '两小时', points: 20 }],
};

const empty = {
  id: '0199aaaa-0000-7000-8000-000000000002',
  label: null,
  count: null,
  points: null,
  isOwner: null,
  bookedAt: null,
  day: null,
  signedInAt: null,
  steps: null,
};

eachEngine((_name, open) => {
  it('every word of the kit gives back the value it was given, and null', async () => {
    const { db, samples } = await openSamples(open);
    await db.insert(samples).values([full, empty]);
    expect(await db.select().from(samples).orderBy(samples.id)).toEqual([full, empty]);
  });

  it('every word of the kit compares by the value it was given', async () => {
    const { db, samples } = await openSamples(open);
    await db.insert(samples).values([full, empty]);
    const found = await db
      .select({ id: samples.id })
      .from(samples)
      .where(
        and(
          eq(samples.isOwner, true),
          gt(samples.signedInAt, new Date(1_780_000_000_455)),
          eq(samples.day, '2026-06-30'),
          eq(samples.bookedAt, 1_780_000_000_123),
        ),
      );
    expect(found).toEqual([{ id: full.id }]);
    expect(await db.select().from(samples).where(isNull(samples.steps))).toEqual([empty]);
  });

  it('a changed row comes back from the update itself', async () => {
    const { db, samples } = await openSamples(open);
    await db.insert(samples).values(full);
    const changed = await db
      .update(samples)
      .set({ isOwner: false, steps: [] })
      .where(eq(samples.id, full.id))
      .returning({ isOwner: samples.isOwner, steps: samples.steps });
    expect(changed).toEqual([{ isOwner: false, steps: [] }]);
  });

  it('an instant and a JSON text are stored alike, so a backup of one engine reads like the other', async () => {
    const { db, raw, samples } = await openSamples(open);
    await db.insert(samples).values(full);
    expect(await raw('SELECT booked_at, signed_in_at, day, steps FROM samples')).toEqual([
      {
        booked_at: 1_780_000_000_123,
        signed_in_at: 1_780_000_000_456,
        day: '2026-06-30',
        steps: '[{"zh":"两小时","points":20}]',
      },
    ]);
  });
});

describe('One description', () => {
  const query = (db: Database, kit: Kit) => {
    const samples = samplesOf(kit);
    const built = db.select().from(samples).where(eq(samples.bookedAt, 1));
    return built.toSQL().sql.replace('$1', '?');
  };

  it('writes the same query for both engines, with columns in snake_case', () => {
    const sqlite = query(drizzleSqlite.mock() as unknown as Database, sqliteKit);
    const postgres = query(drizzlePostgres.mock() as unknown as Database, pgKit);
    expect(sqlite).toContain('where "samples"."booked_at" = ?');
    expect(postgres).toBe(sqlite);
  });

  it('offers the same words on both engines', () => {
    expect(Object.keys(pgKit).sort()).toEqual(Object.keys(sqliteKit).sort());
  });
});

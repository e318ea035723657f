/** How somebody wants to be told, and of what. */
import { and, eq } from 'drizzle-orm';
import type { Engine } from '../db/index.ts';
import { problem, type Instant, type Problem } from '../platform/index.ts';
import { DEFAULTS, type Settings } from './rules/index.ts';

/** `version` is 0 before anything was chosen. */
export async function findSettings(
  { db, tables: { noticeSettings: t } }: Engine,
  person: string,
): Promise<Settings & { version: number }> {
  const [row] = await db.select().from(t).where(eq(t.id, person));
  if (!row) return { ...DEFAULTS, version: 0 };
  return { channel: row.channel, ways: { ...DEFAULTS.ways, ...row.ways }, version: row.version };
}

export async function chooseSettings(
  engine: Engine,
  { person, version, channel, ways, now }: Settings & { person: string; version: number; now: Instant },
): Promise<Problem | undefined> {
  const { noticeSettings: t } = engine.tables;
  const chosen = { version: version + 1, channel, ways, changedAt: now };
  const rows =
    version === 0
      ? await engine.db
          .insert(t)
          .values({ id: person, ...chosen })
          .onConflictDoNothing()
          .returning({ id: t.id })
      : await engine.db
          .update(t)
          .set(chosen)
          .where(and(eq(t.id, person), eq(t.version, version)))
          .returning({ id: t.id });
  return rows.length === 1 ? undefined : problem('changed-meanwhile');
}

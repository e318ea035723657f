import type { Engine } from '../db/index.ts';

/**
 * Seeds without waiting for the disk after each of some thousand commits: nobody is told yet that anything was booked,
 * and a seeding that breaks off is thrown away whole. When it is done, everything is on disk before this resolves, and
 * from then on every commit is again.
 */
export async function unsynced<Result>(engine: Engine, work: () => Promise<Result>): Promise<Result> {
  if (engine.kind !== 'sqlite') return work();
  engine.sqlite.pragma('synchronous = OFF');
  try {
    return await work();
  } finally {
    engine.sqlite.pragma('synchronous = FULL');
    engine.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  }
}

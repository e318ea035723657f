import type { Database, Engine } from '../db/index.ts';

/** Something that one person is to be told of their registration; its words are the notices'. */
export type Told = {
  person: string;
  kind: 'merged' | 'helper-ended';
  /** Its name, by which it is told once. */
  event: string;
  what?: { zh: string; en: string };
  /** Whoever they acted for has died: nothing invites them to name each other anew. */
  ofDeath?: true;
};

/** Tells people in the same step in which the rest is written. Notices stand above places, so this is handed in. */
export type TellPeople = (
  engine: Engine,
  told: readonly Told[],
  writes: (db: Database) => readonly PromiseLike<unknown>[],
) => Promise<unknown>;

/** The databases of a drill: each fresh and migrated, and all of them gone when the drill has ended. */
import type { DatabaseTarget, Engine } from '../../api/db/index.ts';
import {
  postgresDatabases,
  sqliteDatabases,
  targetOf,
  withEngine,
  type Databases,
  type Site,
} from '../support/sites.ts';

export type EngineName = Engine['kind'];
export const ENGINES: readonly EngineName[] = ['sqlite', 'postgres'];
export const ENGINE_TITLES: Readonly<Record<EngineName, string>> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
};

/** A fresh, migrated database that nobody has open. */
export type Fresh = (engine: EngineName) => Promise<DatabaseTarget>;

/** Starts PostgreSQL when it is first asked for. */
export async function withFreshDatabases<T>(work: (fresh: Fresh) => Promise<T>): Promise<T> {
  const started = new Map<EngineName, { databases: Databases; migrated: Site }>();
  const start = async (engine: EngineName) => {
    const databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
    const migrated = await databases.create();
    started.set(engine, { databases, migrated });
    await withEngine(targetOf(migrated), async (opened) => {
      const done = await opened.migrate();
      if (done.kind === 'refused') throw new Error(done.en);
    });
    return { databases, migrated };
  };
  try {
    return await work(async (engine) => {
      const { databases, migrated } = started.get(engine) ?? (await start(engine));
      return targetOf(await databases.copy(migrated));
    });
  } finally {
    for (const { databases } of started.values()) await databases.close();
  }
}

/** Opens several databases for a piece of work. */
export async function withEngines<T>(
  targets: readonly DatabaseTarget[],
  work: (engines: Engine[]) => Promise<T>,
): Promise<T> {
  const [first, ...rest] = targets;
  if (first === undefined) return work([]);
  return withEngine(first, (engine) => withEngines(rest, (others) => work([engine, ...others])));
}

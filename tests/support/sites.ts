/** Databases of a bench or drill, each in a place of its own; a copy is byte for byte what the first one was. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectSqlite, openDatabase, type DatabaseTarget, type Engine } from '../../api/db/index.ts';
import { createPostgresDatabase, databaseName, startPostgres } from './postgres.ts';

/** A data folder, with the database in it or beside it: what a production process is configured with. */
export type Site = { dataDir: string; databaseUrl?: string };

export type Databases = {
  create(): Promise<Site>;
  /** Only while nobody is connected to the original. */
  copy(site: Site): Promise<Site>;
  close(): Promise<void>;
};

export function targetOf({ dataDir, databaseUrl }: Site): DatabaseTarget {
  return databaseUrl === undefined
    ? { kind: 'sqlite', file: join(dataDir, 'linli.db') }
    : { kind: 'postgres', url: databaseUrl };
}

/** Opens a database as it is for a piece of work, and closes it whatever comes of that. */
export async function withEngine<T>(
  target: DatabaseTarget,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await openDatabase(target);
  if (engine.kind === 'refused') throw new Error(engine.en);
  return work(engine).finally(() => engine.close());
}

function makeFolders(): { next: () => string; remove: () => void } {
  const root = mkdtempSync(join(tmpdir(), 'linli-site-'));
  let made = 0;
  const next = (): string => {
    const folder = join(root, `site-${++made}`);
    mkdirSync(folder);
    return folder;
  };
  return { next, remove: () => rmSync(root, { recursive: true, force: true }) };
}

export function sqliteDatabases(): Databases {
  const folders = makeFolders();
  return {
    create: async () => ({ dataDir: folders.next() }),
    copy: async (site) => {
      const file = join(site.dataDir, 'linli.db');
      const connection = connectSqlite(file, { readonly: false });
      connection.pragma('wal_checkpoint(TRUNCATE)');
      connection.close();
      const dataDir = folders.next();
      copyFileSync(file, join(dataDir, 'linli.db'));
      return { dataDir };
    },
    close: async () => folders.remove(),
  };
}

/** One server of its own, with its durable defaults (fsync on), or the one that TEST_POSTGRES_URL names. */
export async function postgresDatabases(): Promise<Databases> {
  const folders = makeFolders();
  const server = await startPostgres('durable');
  return {
    create: async () => ({ dataDir: folders.next(), databaseUrl: await createPostgresDatabase(server) }),
    copy: async ({ databaseUrl = '' }) => ({
      dataDir: folders.next(),
      databaseUrl: await createPostgresDatabase(server, databaseName(databaseUrl)),
    }),
    close: async () => {
      await server.stop();
      folders.remove();
    },
  };
}

/** What the rest of the program may use of the database: the column kit, the schema and the engine. */
export type { Kit } from './kit.ts';
export type { Tables } from './schema.ts';
export type {
  Database,
  DatabaseRefusal,
  DatabaseTarget,
  Engine,
  PostgresEngine,
  SqliteEngine,
  Writes,
} from './database.ts';
export { contains } from './contains.ts';
export { beyond } from './beyond.ts';
export type { Migrated } from './migrate.ts';
export { claimFolder } from './one-server.ts';
export { openDatabase } from './open.ts';
export { isPassing } from './passing.ts';
export { makePrivate, makePrivateFile, makePrivateFolder } from './private-files.ts';
export { connectSqlite } from './connect-sqlite.ts';
export { createPool } from './postgres.ts';
export { ifStill, isStale } from './stale.ts';
export { newTurns } from './turns.ts';

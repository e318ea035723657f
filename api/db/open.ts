import type { DatabaseRefusal, DatabaseTarget, Engine } from './database.ts';
import { openPostgres } from './postgres.ts';
import { openSqlite } from './sqlite.ts';

/**
 * Opens the database; its schema is brought up to date by `engine.migrate()`, not here.
 * What the operator can mend comes back as `{ kind: 'refused', ... }`.
 */
export function openDatabase(target: DatabaseTarget): Promise<Engine | DatabaseRefusal> {
  return target.kind === 'sqlite' ? openSqlite(target.file) : openPostgres(target.url);
}

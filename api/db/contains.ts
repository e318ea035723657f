import { sql, type AnyColumn, type SQL } from 'drizzle-orm';
import type { Engine } from './database.ts';

/**
 * Whether a column contains a text, as it stands: large and small Latin letters are one, and so they are on both engines
 * (`like` of SQLite takes A and a as one, that of PostgreSQL does not), and % and _ are themselves.
 */
export function contains({ kind }: Pick<Engine, 'kind'>, column: AnyColumn, text: string): SQL {
  const pattern = `%${text.replaceAll(/[%_\\]/g, (mark) => `\\${mark}`)}%`;
  if (kind === 'sqlite') return sql`${column} like ${pattern} escape '\\'`;
  // Of the letters of the C locale, as SQLite knows them; an É is no é on either.
  const lower = pattern.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return sql`lower(${column} collate "C") like ${lower} escape '\\'`;
}

/** The folder `drizzle/`: `sqlite/0000_name.sql`, `postgres/0000_name.sql`, and beside each its snapshot in `meta/`. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Dialect } from './ddl.ts';

/** Between the statements of a file; drizzle-kit's own mark. */
export const STATEMENT_BREAK = '--> statement-breakpoint';

export type Migration = { number: number; name: string; hash: string; statements: string[] };

const fileName = /^(\d{4})_([a-z0-9_]+)\.sql$/;

/** `drizzle/` lies beside `package.json`, above the sources as well as above the bundle in `.build/`. */
export function migrationsFolder(dialect: Dialect, from: string = import.meta.dirname): string {
  const folder = join(from, 'drizzle', dialect);
  if (existsSync(folder)) return folder;
  const parent = dirname(from);
  if (parent === from) throw new Error(`No drizzle/${dialect} folder above the program.`);
  return migrationsFolder(dialect, parent);
}

/** The migrations of one dialect in order; a gap or a repeated number is a mistake of ours and throws. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder).filter((file) => fileName.test(file));
  return files.sort().map((file, position) => {
    const [, digits, name] = fileName.exec(file) ?? [];
    if (digits === undefined || name === undefined || Number(digits) !== position) {
      throw new Error(`${file} stands where migration ${String(position).padStart(4, '0')} should be.`);
    }
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return {
      number: position,
      name,
      hash: createHash('sha256').update(text).digest('hex'),
      statements: text.split(STATEMENT_BREAK).map((part) => part.trim()),
    };
  });
}

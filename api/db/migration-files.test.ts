import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrationsFolder, readMigrations } from './migration-files.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-files-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);

it('reads migrations in the order of their numbers, statement by statement', () => {
  write('0001_add_fairs.sql', 'C;\n');
  write('0000_foundation.sql', 'A;\n--> statement-breakpoint\nB;\n');
  write('notes.txt', 'not a migration');
  const [foundation, fairs] = readMigrations(folder);
  expect(foundation).toMatchObject({ number: 0, name: 'foundation', statements: ['A;', 'B;'] });
  expect(fairs).toMatchObject({ number: 1, name: 'add_fairs', statements: ['C;'] });
});

it('knows a file by its content, however its lines end', () => {
  write('0000_foundation.sql', 'A;\n--> statement-breakpoint\nB;\n');
  const before = readMigrations(folder)[0]?.hash;
  write('0000_foundation.sql', 'A;\r\n--> statement-breakpoint\r\nB;\r\n');
  expect(readMigrations(folder)[0]?.hash).toBe(before);
  write('0000_foundation.sql', 'A;\n--> statement-breakpoint\nB ;\n');
  expect(readMigrations(folder)[0]?.hash).not.toBe(before);
});

it.each([['0001_first.sql'], ['0000_a.sql', '0000_b.sql'], ['0000_a.sql', '0002_c.sql']])(
  'does not accept a gap or a number used twice (%s)',
  (...names) => {
    for (const name of names) write(name, 'A;');
    expect(() => readMigrations(folder)).toThrow('stands where migration');
  },
);

it('finds the folder above the sources and above a bundle', () => {
  mkdirSync(join(folder, 'drizzle', 'sqlite'), { recursive: true });
  mkdirSync(join(folder, 'api', 'db'), { recursive: true });
  expect(migrationsFolder('sqlite', join(folder, 'api', 'db'))).toBe(join(folder, 'drizzle', 'sqlite'));
  expect(migrationsFolder('sqlite', join(folder, '.build'))).toBe(join(folder, 'drizzle', 'sqlite'));
  expect(() => migrationsFolder('sqlite', '/')).toThrow('No drizzle/sqlite folder');
});

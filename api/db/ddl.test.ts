import { describe, expect, it } from 'vitest';
import { finishStatements } from './ddl.ts';

const traits = {
  appendOnly: ['entries'],
  withoutRowid: ['positions'],
  columnsBefore: { entries: ['id', 'amount'] },
};

describe('SQLite statements', () => {
  const finish = (...statements: string[]) => finishStatements('sqlite', statements, traits);

  it('make every table strict', () => {
    expect(finish('CREATE TABLE `people` (\n\t`id` text\n);\n')).toEqual([
      'CREATE TABLE `people` (\n\t`id` text\n) STRICT;',
    ]);
  });

  it('keep a table that is found by its key alone in the tree of its key', () => {
    expect(finish('CREATE TABLE `positions` (`a` integer);')).toEqual([
      'CREATE TABLE `positions` (`a` integer) STRICT, WITHOUT ROWID;',
    ]);
  });

  it('guard an append-only table from the statement that makes it', () => {
    const [create, ...guards] = finish('CREATE TABLE `entries` (`id` integer);');
    expect(create).toBe('CREATE TABLE `entries` (`id` integer) STRICT;');
    expect(guards.map((guard) => /BEFORE (\w+) ON `entries`/.exec(guard)?.[1])).toEqual(['UPDATE', 'DELETE']);
    expect(guards[0]).toContain('linli: entries is append-only');
  });

  it('guard an append-only table that was rebuilt once it bears its name again', () => {
    const finished = finish(
      'CREATE TABLE `__new_entries` (`id` integer);',
      'DROP TABLE `entries`;',
      'ALTER TABLE `__new_entries` RENAME TO `entries`;',
    );
    expect(finished.slice(0, 3)).toEqual([
      'CREATE TABLE `__new_entries` (`id` integer) STRICT;',
      'DROP TABLE `entries`;',
      'ALTER TABLE `__new_entries` RENAME TO `entries`;',
    ]);
    expect(finished.slice(3).every((guard) => guard.startsWith('CREATE TRIGGER `entries_no_'))).toBe(true);
    expect(finished).toHaveLength(5);
  });

  it('copy into a rebuilt table what the old one has, and let a new column take its default', () => {
    const copy =
      'INSERT INTO `__new_entries`("id", "note", "amount") SELECT "id", "note", "amount" FROM `entries`;';
    expect(finish('PRAGMA foreign_keys=OFF;', copy, 'PRAGMA foreign_keys=ON;')).toEqual([
      'INSERT INTO `__new_entries` ("id", "amount") SELECT "id", "amount" FROM `entries`;',
    ]);
  });

  it('leave an index as it is', () => {
    const index = 'CREATE INDEX `entries_account` ON `entries` (`account`,`id`);';
    expect(finish(index)).toEqual([index]);
  });
});

describe('PostgreSQL statements', () => {
  const finish = (...statements: string[]) => finishStatements('postgres', statements, traits);

  it('guard an append-only table also against TRUNCATE, with a function made first', () => {
    const finished = finish('CREATE TABLE "entries" ("id" bigint);');
    expect(finished).toHaveLength(4);
    expect(finished[0]).toContain('FUNCTION "linli_append_only"');
    expect(finished[2]).toContain('BEFORE UPDATE OR DELETE OR TRUNCATE ON "entries"');
    expect(finished[3]).toContain('ENABLE ALWAYS TRIGGER');
  });

  it('make no function when nothing new is append-only', () => {
    expect(finish('CREATE TABLE "people" ("id" text);')).toEqual(['CREATE TABLE "people" ("id" text);']);
  });
});

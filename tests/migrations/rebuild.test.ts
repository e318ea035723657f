/** A later change of a table that has rows: what drizzle-kit and our own additions write, run for real. */
import { createRequire } from 'node:module';
import type * as DrizzleKit from 'drizzle-kit/api';
import { expect, it } from 'vitest';
import { finishStatements } from '../../api/db/ddl.ts';
import type { Engine, Kit } from '../../api/db/index.ts';
import { pgKit } from '../../api/db/kit-postgres.ts';
import { sqliteKit } from '../../api/db/kit.ts';
import { eachEngine } from '../support/database.ts';

const drizzleKit = createRequire(import.meta.url)('drizzle-kit/api') as typeof DrizzleKit;

const before = (kit: Kit) => ({
  diary: kit.table('diary', { id: kit.id(), points: kit.amount().notNull() }),
});

const after = (kit: Kit) => ({
  diary: kit.table('diary', {
    id: kit.id(),
    points: kit.amount().notNull(),
    note: kit.text().notNull().default('无'),
    isOwner: kit.boolean().notNull().default(false),
    tags: kit.json<string[]>().notNull().default(["it's"]),
    ceiling: kit.amount(),
  }),
});

type Tables = ReturnType<typeof before>;

async function difference(kind: Engine['kind'], from: Tables | undefined, to: Tables): Promise<string[]> {
  const traits = {
    appendOnly: ['diary'],
    withoutRowid: [],
    columnsBefore: { diary: from === undefined ? [] : ['id', 'points'] },
  };
  if (kind === 'sqlite') {
    const [old, next] = [
      await drizzleKit.generateSQLiteDrizzleJson(from ?? {}),
      await drizzleKit.generateSQLiteDrizzleJson(to),
    ];
    return finishStatements(kind, await drizzleKit.generateSQLiteMigration(old, next), traits);
  }
  const [old, next] = [drizzleKit.generateDrizzleJson(from ?? {}), drizzleKit.generateDrizzleJson(to)];
  return finishStatements(kind, await drizzleKit.generateMigration(old, next), traits);
}

async function run(engine: Engine, statements: readonly string[]): Promise<void> {
  for (const statement of statements) {
    if (engine.kind === 'sqlite') engine.sqlite.exec(statement);
    else await engine.pool.query(statement);
  }
}

eachEngine((kind, open) => {
  const kit = kind === 'sqlite' ? sqliteKit : pgKit;

  it('columns added to a table keep its rows, take their defaults, and leave it append-only', async () => {
    const engine = await open();
    await run(engine, await difference(kind, undefined, before(kit)));
    await engine.db.insert(before(kit).diary).values({ id: 'a', points: 24 });
    await run(engine, await difference(kind, before(kit), after(kit)));

    const { diary } = after(kit);
    expect(await engine.db.select().from(diary)).toEqual([
      { id: 'a', points: 24, note: '无', isOwner: false, tags: ["it's"], ceiling: null },
    ]);
    await expect((async () => run(engine, ['UPDATE diary SET points = 25']))()).rejects.toThrow(
      'linli: diary is append-only',
    );
    const tooMuch = engine.db.insert(diary).values({ id: 'b', points: 1, ceiling: 2 ** 60 });
    await expect((async () => tooMuch)()).rejects.toThrow();
  });
});

/** Trap 18: an import that is killed half-way leaves nothing, and the same file sent again brings each bill once. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { v7 as uuid } from 'uuid';
import type { DatabaseTarget } from '../../api/db/index.ts';
import { chunksOf } from '../../api/places/index.ts';
import { builtFile } from '../support/built.ts';
import { eachEngine } from '../support/database.ts';
import { withEngine } from '../support/sites.ts';

const ROWS = 6_000;
const rooms = Array.from({ length: ROWS }, (_, nth) => String(nth + 1).padStart(5, '0'));

/** Runs the import until it comes to a stage, then kills it; without one, until it has ended. */
async function importUntil(target: DatabaseTarget, estate: string, file: string, stage?: string) {
  const args = [builtFile('import-child.worker'), JSON.stringify(target), estate, file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  const seen: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    seen.push(line);
    if (line === stage) child.kill('SIGKILL');
  }
  await ended;
  return seen;
}

eachEngine((_name, open) => {
  it('killed while it reads, compares or writes, a file is whole or not there, and comes in once', async () => {
    const engine = await open();
    const estate = uuid();
    const place = { id: estate, version: 1, book: 1, parent: '', kind: 'estate' as const, name: '甲园' };
    await engine.db.insert(engine.tables.places).values({ ...place, createdAt: 1 });
    const houses = rooms.map((room) => ({
      ...{ id: uuid(), version: 1, estate, building: '1', unit: '1', room, createdAt: 1 },
    }));
    await engine.atomically((db) =>
      chunksOf(houses).map((some) => db.insert(engine.tables.houses).values(some)),
    );
    await engine.close();
    const folder = mkdtempSync(join(tmpdir(), 'linli-killed-'));
    const file = join(folder, 'bills.csv');
    const lines = rooms.map((room) => `1-1-${room},物业服务费,2026-06,100.00`);
    writeFileSync(file, `房号,收费项目,计费月份,应收金额\n${lines.join('\n')}\n合计,,,${ROWS}00.00\n`);
    const standing = () =>
      withEngine(engine.target, async ({ db, tables }) => ({
        bills: await db.$count(tables.bills),
        imports: await db.$count(tables.imports),
      }));
    try {
      for (const stage of ['reading', 'comparing', 'writing']) {
        await importUntil(engine.target, estate, file, stage);
        const { bills, imports } = await standing();
        // The last word of a process may come after its last write.
        expect([0, ROWS]).toContain(bills);
        expect(imports).toBe(bills / ROWS);
      }
      for (let times = 0; times < 2; times += 1) {
        expect((await importUntil(engine.target, estate, file)).at(-1)).toBe('taken');
        expect(await standing()).toEqual({ bills: ROWS, imports: 1 });
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

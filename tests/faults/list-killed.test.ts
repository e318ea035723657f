/** A posted list that is killed between its keeping and its last booking goes on when it is sent again, and books nothing twice. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { asc } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Engine } from '../../api/db/index.ts';
import { verify } from '../../api/ledger/index.ts';
import { productChecks } from '../../api/product-checks.ts';
import { builtFile } from '../support/built.ts';
import { eachEngine } from '../support/database.ts';
import { openJune, POSTED_HEADER } from '../support/june-month.ts';

const rooms = Array.from({ length: 24 }, (_, nth) => `05${String(nth + 1).padStart(2, '0')}`);
/** Posted as they are, but for four that come back and one that has a fen too much, which are differences. */
const rows = rooms.map((room, nth) => {
  const [yuan, state] = [nth === 23 ? '10.01' : '10.00', nth % 6 === 0 ? '已退回' : '已入账'];
  return `DK-2606-00${room.slice(2)},3-2-${room},物业服务费,202606,${yuan},2026-06-21,${state},`;
});

/** Runs until it has printed this many of these lines, then kills it; without, until it has ended. */
async function takeUntil(args: readonly string[], kill?: { line: string; nth: number }) {
  const child = spawn(process.execPath, [builtFile('list-child.worker'), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const seen: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    seen.push(line);
    if (line === kill?.line && seen.filter((each) => each === line).length === kill.nth)
      child.kill('SIGKILL');
  }
  await ended;
  return seen;
}

async function standing({ db, tables: { offsets: t, breaks, imports, transactions } }: Engine) {
  const states = await db.select({ state: t.state }).from(t).orderBy(asc(t.number));
  const of = (state: string) => states.filter((each) => each.state === state).length;
  return {
    ...{ posted: of('posted'), returned: of('returned'), breaks: await db.$count(breaks) },
    ...{ lists: await db.$count(imports), booked: await db.$count(transactions) },
  };
}

eachEngine((_name, open) => {
  it('killed when it is kept, and after the first, the eighth and a later booking', async () => {
    const { app, estate } = await openJune(open, { rooms, points: { con: 2_000 } });
    const { engine } = app;
    const before = await standing(engine);
    const folder = mkdtempSync(join(tmpdir(), 'linli-list-killed-'));
    const file = join(folder, 'posted.csv');
    writeFileSync(file, [POSTED_HEADER, ...rows, ''].join('\n'));
    const args = [JSON.stringify(engine.target), estate.id, file, String(app.clock.now + 86_400_000)];
    try {
      // It is read and kept first; then each killed process had booked more than the one before.
      const seen: number[] = [];
      for (const [line, nth] of [
        ['writing', 1],
        ['booked', 1],
        ['booked', 7],
        ['booked', 9],
      ] as const) {
        const lines = await takeUntil(args, { line, nth });
        expect(lines).not.toContain('taken');
        seen.push((await standing(engine)).booked - before.booked);
      }
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      for (let times = 0; times < 2; times += 1) {
        expect((await takeUntil(args)).at(-1)).toBe('taken');
        expect(await standing(engine)).toEqual({
          ...{ posted: 19, returned: 4, breaks: 5 },
          ...{ lists: before.lists + 1, booked: before.booked + 23 },
        });
      }
      expect((await verify(engine, productChecks)).findings).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** A book is founded from a written plan, and founding again adds nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { runLinli } from '../../api/cli/run-linli.ts';
import { openDatabase } from '../../api/db/index.ts';

let folder: string;
let written: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-found-'));
  vi.stubEnv('DATA_DIR', folder);
  vi.stubEnv('DATABASE_URL', '');
  written = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

async function count() {
  const engine = await openDatabase({ kind: 'sqlite', file: join(folder, 'linli.db') });
  if (engine.kind === 'refused') throw new Error(engine.en);
  const { places, funds, agreements, ruleVersions, books } = engine.tables;
  const rows = [];
  for (const table of [books, places, funds, agreements, ruleVersions]) {
    rows.push((await engine.reader.select().from(table)).length);
  }
  await engine.close();
  return rows;
}

it('makes the places, funds, terms and rules of the plan, once; a code that another book has is refused before anything', async () => {
  expect(await runLinli(['found', '--example'])).toBe(0);
  const plan = join(folder, 'plan.json');
  writeFileSync(plan, written.join(''));
  const first = JSON.parse(written.join('')) as { book: { id: number } };
  expect(await runLinli(['found', plan])).toBe(0);
  expect(await count()).toEqual([1, 6, 2, 2, 3]);
  expect(await runLinli(['found', plan])).toBe(0);
  expect(await count()).toEqual([1, 6, 2, 2, 3]);
  writeFileSync(plan, JSON.stringify({ ...first, book: { ...first.book, id: first.book.id + 1 } }));
  expect(await runLinli(['found', plan])).toBe(1);
  expect(written.join('')).toContain('choose another');
  expect(await count()).toEqual([1, 6, 2, 2, 3]);
  expect(await runLinli(['verify'])).toBe(0);
});

it('names what is wrong with a plan and makes nothing', async () => {
  const plan = join(folder, 'plan.json');
  writeFileSync(plan, '{"book": {"id": 0}}');
  expect(await runLinli(['found', plan])).toBe(1);
  expect(written.join('')).toContain('book.id');
  expect(await runLinli(['found', join(folder, 'missing.json')])).toBe(1);
});

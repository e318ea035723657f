import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';
import { expect, it } from 'vitest';

/** Holds the last 20 MB of what it makes, long enough for V8 to think it old, and prints the most the heap took, in MB. */
const work = `
  const held = [];
  let most = 0;
  for (let round = 0; round < 400; round++) {
    held[round % 20] = Array.from({ length: 25_000 }, (_, at) => ({ at }));
    most = Math.max(most, process.memoryUsage().heapTotal);
  }
  console.log(most / 1e6);
`;

function mostHeap(start: string): number {
  const source = readFileSync(fileURLToPath(new URL('./small-heap.ts', import.meta.url)), 'utf8');
  const { code } = transformSync(source, { loader: 'ts' });
  const input = `${code}\n${start}\n${work}`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-'], { input, encoding: 'utf8' }));
}

// Two processes of its own, which a busy machine starts slowly.
it('a process that keeps its heap small collects garbage before it takes more', () => {
  const small = mostHeap('keepHeapSmall();');
  expect(small).toBeGreaterThan(20);
  expect(small).toBeLessThan(0.8 * mostHeap(''));
}, 60_000);

/** The bench of imports works: its figures mean nothing here, but that each line is said and the file came in whole. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { builtFile } from '../support/built.ts';

it('`bench import` takes in a file of each kind and says rows a second and the most memory', async () => {
  const args = [builtFile('bench'), 'import', '--json', '--quick', '--engine', 'sqlite'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { case: string; value: number; unit: string });
  expect(lines.map(({ case: name, unit }) => `${name} ${unit}`)).toEqual(
    ['csv', 'xlsx', 'xlsx-shared'].flatMap((kind) => [
      `${kind}-check rows/s`,
      `${kind}-take rows/s`,
      `${kind}-rss MiB`,
    ]),
  );
  expect(lines.every(({ value }) => value > 0)).toBe(true);
});

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/source-tree.ts';

/** What stands wrong on each line of the file, by the names of the rules. */
const WRONG = [
  ['typescript(no-floating-promises)', 'Promise.resolve(1);'],
  ['typescript(await-thenable)', 'export const one = await 1;'],
  ['typescript(no-misused-promises)', 'export const two = (async () => 1)() ? 1 : 2;'],
  [
    'typescript(switch-exhaustiveness-check)',
    `export function f(x: 'a' | 'b') { switch (x) { case 'a': return 1; } return 2; }`,
  ],
  ['typescript(TS2322)', 'export const five: string = 5;'],
  ['typescript(no-explicit-any)', 'export const six = (x: any) => x;'],
  ['eslint(eqeqeq)', 'export const seven = (x: number) => x == 7;'],
] as const;

it('a dropped promise, an open switch and a wrong type are found in one look', () => {
  const folder = mkdtempSync(join(tmpdir(), 'linli-lint-'));
  try {
    const file = join(folder, 'wrong.ts');
    writeFileSync(file, `${WRONG.map(([, line]) => line).join('\n')}\n`);
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({
        extends: join(ROOT, 'tsconfig.json'),
        compilerOptions: { types: [] },
        include: ['*.ts'],
      }),
    );
    const oxlint = join(ROOT, 'node_modules/oxlint/bin/oxlint');
    const args = [
      oxlint,
      '-c',
      join(ROOT, '.oxlintrc.json'),
      '--type-aware',
      '--type-check',
      '-f',
      'json',
      file,
    ];
    let output = '';
    try {
      execFileSync(process.execPath, args, {
        cwd: folder,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
    } catch (failed) {
      output = String((failed as { stdout: string }).stdout);
    }
    const { diagnostics } = JSON.parse(output) as {
      diagnostics: { code: string; labels: { span: { line: number } }[] }[];
    };
    const found = diagnostics.map(({ code, labels }) => `${labels[0]!.span.line} ${code}`);
    expect(found).toEqual(expect.arrayContaining(WRONG.map(([rule], at) => `${at + 1} ${rule}`)));
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

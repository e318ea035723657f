import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const launcher = join(import.meta.dirname, 'launch.cjs');
let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-launch-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the launcher in a Node that says it is of this version. */
function launchWithNode(version: string, ...args: string[]) {
  const pretend = join(folder, 'pretend.cjs');
  writeFileSync(pretend, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  return spawnSync(process.execPath, ['--require', pretend, launcher, ...args], { encoding: 'utf8' });
}

describe('the launcher', () => {
  test.each(['18.20.4', '20.18.3', '8.17.0'])(
    'says in one sentence each that Node %s is too old',
    (version) => {
      const result = launchWithNode(version, 'nothing-of-that-name');
      expect(result.status).toBe(1);
      expect(result.stderr).toContain(`需要 Node.js 20.19 或更新版本，这台电脑上是 ${version}`);
      expect(result.stderr).toContain(`Node.js 20.19 or newer is needed, this is ${version}`);
      expect(result.stderr).not.toContain('    at ');
    },
  );

  test.each(['20.19.0', '22.1.0', '100.0.0'])('takes Node %s', (version) => {
    const result = launchWithNode(version, 'nothing-of-that-name');
    expect(result.stderr).toContain('there is no command named nothing-of-that-name');
    expect(result.status).toBe(1);
  });

  test.each([
    [['--help'], 0],
    [['--nope', '/'], 2],
  ])('tells how the contact sheets are made, for %j, and shows no stack', (args, status) => {
    const result = spawnSync(process.execPath, [launcher, 'sheets', ...args], { encoding: 'utf8' });
    expect(result.status).toBe(status);
    expect(result.stdout + result.stderr).toContain('npm run sheets -- PAGE… --base');
    expect(result.stderr).not.toContain('    at ');
  });

  test('is made of syntax that a very old Node can read', () => {
    const code = readFileSync(launcher, 'utf8')
      .replace(/\/\*[\s\S]*?\*\//g, '')
      .replace(/\/\/.*$/gm, '');
    for (const word of [/=>/, /\?\./, /\?\?/, /`/, /\b(const|let|class|async|await)\b/]) {
      expect(code).not.toMatch(word);
    }
  });
});

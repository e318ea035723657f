/** The tree as it stands, held to rules.ts and syntax.ts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listFiles, readText, ROOT } from '../support/source-tree.ts';
import * as rules from './rules.ts';
import { checkSyntax } from './syntax.ts';

/** Files of more than 300 lines, each with the reason why it is better in one piece. */
const LONG_FILES: Readonly<Record<string, string>> = {};

/** All that may lie at the top: the folders of design.md §5, and what tools look for there. */
const TOP = new Set([
  ...['api', 'web', 'drizzle', 'tests', '.ci', '.github'],
  ...[
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'knip.config.ts',
    'vitest.config.ts',
    '.oxlintrc.json',
    'eslint.config.js',
  ],
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'LICENSE'],
  ...['.dependency-cruiser.mjs', '.editorconfig', '.gitattributes', '.gitignore', '.npmrc', '.nvmrc'],
  ...['.oxfmtrc.json', '.prettierignore', '.prettierrc.json'],
]);

const TEXT = /\.(ts|js|cjs|mjs|svelte|css|html|json|md|sql|yml|yaml|svg)$/;
const files = listFiles();
const ours = files.filter(
  (path) => TEXT.test(path) && path !== 'package-lock.json' && !path.startsWith('tests/support/files/'),
);
const texts = new Map(ours.map((path) => [path, readText(path)]));

function complaintsOf(check: (path: string, text: string) => rules.Complaint[]): rules.Complaint[] {
  return [...texts].flatMap(([path, text]) => check(path, text));
}

describe('the tree', () => {
  test('has at its top only what belongs there', () => {
    const top = new Set(files.map((path) => path.split('/')[0] ?? ''));
    expect([...top].filter((name) => !TOP.has(name))).toEqual([]);
  });

  test('has names that fit', () => {
    expect(files.flatMap(rules.checkName)).toEqual([]);
  });

  test('has no file longer than 300 lines without a reason', () => {
    expect(complaintsOf((path, text) => rules.checkLength(path, text, LONG_FILES))).toEqual([]);
    expect(Object.keys(LONG_FILES).filter((path) => !texts.has(path))).toEqual([]);
  });

  test('leaves no work behind in comments', () => {
    // The file that looks for these words names them.
    const own = 'tests/tidy/rules.ts';
    expect(complaintsOf((path, text) => (path === own ? [] : rules.checkNoLeftovers(path, text)))).toEqual(
      [],
    );
  });

  test('silences a rule only with a reason', () => {
    expect(complaintsOf(rules.checkSilencedRules)).toEqual([]);
  });

  test('names no path of a machine', () => {
    expect(complaintsOf(rules.checkNoMachinePaths)).toEqual([]);
  });

  test('has no "any", no test left out, no query for one engine only, and whole import paths', () => {
    const typescript = [...texts].filter(([path]) => /\.(ts|cjs|mjs|js)$/.test(path));
    expect(typescript.flatMap(([path, text]) => checkSyntax(path, text))).toEqual([]);
  });
});

describe('the pages for people', () => {
  const scripts = (JSON.parse(readText('package.json')) as { scripts: Record<string, string> }).scripts;

  test('promise only commands that exist', () => {
    const pages = [...texts].filter(([path]) => path.endsWith('.md'));
    expect(pages.flatMap(([path, text]) => rules.checkCommands(path, text, scripts))).toEqual([]);
  });

  test('keep CONTRIBUTING under 80 lines, so that it is read', () => {
    expect(readText('CONTRIBUTING.md').split('\n').length).toBeLessThan(80);
  });

  test('end each decision in the test that holds it', () => {
    const decisions = files.filter((path) => path.startsWith('api/decisions/'));
    const exists = (path: string) => existsSync(join(ROOT, path));
    expect(decisions.flatMap((path) => rules.checkDecision(path, readText(path), exists))).toEqual([]);
  });
});

describe('the packages', () => {
  test('come from no server that only one machine knows', () => {
    expect(rules.checkLockfile(readText('package-lock.json'))).toEqual([]);
    expect(readText('.npmrc')).not.toMatch(/^\s*(@.*:)?registry\s*=/m);
  });

  test('are installed without asking: whatever compiles or unpacks is named in allowScripts', () => {
    const { allowScripts } = JSON.parse(readText('package.json')) as {
      allowScripts: Record<string, boolean>;
    };
    const lock = JSON.parse(readText('package-lock.json')) as {
      packages: Record<string, { hasInstallScript?: boolean; optional?: boolean }>;
    };
    const withScripts = Object.entries(lock.packages)
      .filter(([path, entry]) => path !== '' && entry.hasInstallScript === true)
      .map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect([...new Set(withScripts)].filter((name) => !(name in allowScripts))).toEqual([]);
  });

  test('are all named in the root: another package.json is at most a signpost', () => {
    const signposts = files.filter((path) => path.endsWith('/package.json'));
    const keys = signposts.flatMap((path) => Object.keys(JSON.parse(readText(path)) as object));
    expect(keys.filter((key) => /dependencies|scripts|workspaces/i.test(key))).toEqual([]);
  });
});

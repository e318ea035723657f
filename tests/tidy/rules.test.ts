/** Each rule finds what it is for, and leaves alone what only looks like it. */
import { describe, expect, test } from 'vitest';
import * as rules from './rules.ts';
import { checkSyntax } from './syntax.ts';

// Put together here, so that this file does not break the rules that it tests.
const WORK_LEFT = `// ${'TO'}DO: later`;
const SILENCED = `// ${'eslint'}-disable-next-line no-console`;

describe('names', () => {
  test('are kebab-case for code and PascalCase for components', () => {
    expect(rules.checkName('api/shop/confirmRedemption.ts')).toHaveLength(1);
    expect(rules.checkName('web/src/lib/ui/money.svelte')).toHaveLength(1);
    expect(rules.checkName('api/shop/confirm-redemption.ts')).toEqual([]);
    expect(rules.checkName('api/shop/shop.routes.test.ts')).toEqual([]);
    expect(rules.checkName('web/src/lib/ui/Money.svelte')).toEqual([]);
  });

  test("are SvelteKit's own where SvelteKit reads them", () => {
    expect(rules.checkName('web/src/routes/(member)/orders/[id]/+page.server.ts')).toEqual([]);
    expect(rules.checkName('web/src/routes/(member)/+layout.svelte')).toEqual([]);
  });

  test('say what is inside', () => {
    expect(rules.checkName('api/shop/utils.ts')).toHaveLength(1);
    expect(rules.checkName('api/common/money.ts')).toHaveLength(1);
  });
});

describe('the length of a file', () => {
  const long = 'x\n'.repeat(301);
  test('is at most 300 lines, unless it is listed', () => {
    expect(rules.checkLength('api/a.ts', long, {})).toHaveLength(1);
    expect(rules.checkLength('api/a.ts', 'x\n'.repeat(300), {})).toEqual([]);
    expect(rules.checkLength('api/a.ts', long, { 'api/a.ts': 'a reason' })).toEqual([]);
  });

  test('is taken off the list when it is short again', () => {
    expect(rules.checkLength('api/a.ts', 'x', { 'api/a.ts': 'a reason' })).toHaveLength(1);
  });
});

test('work that was left is found', () => {
  expect(rules.checkNoLeftovers('api/a.ts', WORK_LEFT)).toHaveLength(1);
  expect(rules.checkNoLeftovers('api/a.ts', 'a todo list for the resident')).toEqual([]);
});

test('a rule is silenced only with a reason', () => {
  expect(rules.checkSilencedRules('api/a.ts', SILENCED)).toHaveLength(1);
  expect(rules.checkSilencedRules('api/a.ts', `${SILENCED} -- the CLI prints`)).toEqual([]);
  expect(rules.checkSilencedRules('api/a.ts', `// ${'@ts'}-ignore -- why not`)).toHaveLength(1);
  expect(
    rules.checkSilencedRules('api/a.ts', `// ${'@ts'}-expect-error: a wrong access must not compile`),
  ).toEqual([]);
});

test('paths of one machine are found, routes and addresses are not', () => {
  const of = (...parts: string[]) => `read('/${parts.join('/')}')`;
  expect(rules.checkNoMachinePaths('api/a.ts', of('home', 'anna', 'linli'))).toHaveLength(1);
  expect(rules.checkNoMachinePaths('api/a.ts', of('tmp', 'x.sqlite'))).toHaveLength(1);
  expect(rules.checkNoMachinePaths('api/a.ts', 'https://example.org/home/anna ../work/main')).toEqual([]);
});

test('a lockfile that names another registry is found', () => {
  expect(rules.checkLockfile('"resolved": "https://npm.example.org/x.tgz"')).toHaveLength(1);
  expect(rules.checkLockfile('"resolved": "https://registry.npmjs.org/x.tgz"')).toEqual([]);
});

test('a decision ends in a test that exists, and is dated', () => {
  const page = 'Because.\n\nHeld by `tests/contract/journal.test.ts`.\n';
  const path = 'api/decisions/2026-01-31-one-writer.md';
  expect(rules.checkDecision(path, page, () => true)).toEqual([]);
  expect(rules.checkDecision(path, page, () => false)).toHaveLength(1);
  expect(rules.checkDecision(path, 'Because.\n', () => true)).toHaveLength(1);
  expect(rules.checkDecision('api/decisions/one-writer.md', page, () => true)).toHaveLength(1);
});

test('a command that a page promises exists', () => {
  expect(
    rules.checkCommands('README.md', '`npm run demo -- --reset`, npm test', { demo: '', test: '' }),
  ).toEqual([]);
  expect(rules.checkCommands('README.md', '`npm run dmeo` and npm start', { demo: '' })).toHaveLength(2);
});

describe('read as code', () => {
  const complaints = (code: string) => checkSyntax('api/a.ts', code);

  test('"any" is found as a type, not as a word', () => {
    expect(complaints('const x = y as any;')).toHaveLength(1);
    expect(complaints('const x = z.any();')).toHaveLength(1);
    expect(complaints("const x = 'any'; // in any case\nawait Promise.any([]);")).toEqual([]);
  });

  test('tests that are left out, or leave others out, are found', () => {
    expect(complaints("test.only('x', () => {});")).toHaveLength(1);
    expect(complaints("describe.skip('x', () => {});")).toHaveLength(1);
    expect(complaints("test.each([1]).only('x', () => {});")).toHaveLength(1);
    expect(complaints("queue.skip(3); test('x', () => {});")).toEqual([]);
  });

  test('queries that only SQLite can run are found, its own prepared statements are not', () => {
    expect(complaints('db.select().from(books).all();')).toHaveLength(1);
    expect(complaints('engine.db.insert(books).values(row).run();')).toHaveLength(1);
    expect(complaints('db.get(sql`select 1`);')).toHaveLength(1);
    expect(complaints('await db.select().from(books); map.get(1);')).toEqual([]);
    expect(complaints("database.prepare('select 1').all(); statements.insert.run(row);")).toEqual([]);
  });

  test('relative imports carry their ending', () => {
    expect(complaints("import { x } from './x';")).toHaveLength(1);
    expect(complaints("import { x } from './x.ts'; import ts from 'typescript';")).toEqual([]);
  });
});

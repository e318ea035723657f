/**
 * `npm run check [-- NAME …]`: format, lint, types, walls between modules, unused code and tidiness, two at a time. Says
 * what failed and shows only that.
 */
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compileMessages } from '../../api/cli/messages.ts';
import { type CommandResult, formatSeconds, runCommand } from '../../api/cli/run-command.ts';
import { ROOT } from '../support/source-tree.ts';
import { runVitest } from './vitest-step.ts';

const MINUTE_S = 60;

export type Check = {
  readonly name: string;
  /** Whether it reads what SvelteKit and Paraglide generate. */
  readonly needsGenerated?: true;
  readonly run: () => Promise<CommandResult>;
};

/**
 * A tool from node_modules, started without a shell or npx in between. The two that are written in Go live for seconds:
 * to collect their garbage was a third of their work, so that they begin only when memory would run short.
 */
function tool(script: string, args: readonly string[], folder = ''): Promise<CommandResult> {
  const file = join(ROOT, 'node_modules', script);
  return runCommand({
    file: process.execPath,
    args: [file, ...args],
    cwd: join(ROOT, folder),
    env: { ...process.env, GOGC: 'off', GOMEMLIMIT: '3GiB' },
    output: 'keep',
  });
}

const oxlint = (...args: readonly string[]) => tool('oxlint/bin/oxlint', args);

/** What oxlint does not know: Svelte's files, and that the core is synchronous. */
const eslint = () =>
  tool('eslint/bin/eslint.js', [
    '--max-warnings=0',
    '--cache',
    `--cache-location=${CACHE}/eslint`,
    'web/src',
    'api',
  ]);

/** What oxfmt does not know: Svelte's files. */
const prettier = () =>
  tool('prettier/bin/prettier.cjs', [
    '--check',
    '--log-level=warn',
    '--cache',
    `--cache-location=${CACHE}/prettier`,
    'web/src/**/*.svelte',
  ]);

const both = (one: CommandResult, other: CommandResult): CommandResult => ({
  ok: one.ok && other.ok,
  output: one.output + other.output,
  seconds: one.seconds + other.seconds,
});

const CACHE = '.cache';

const CHECKS: readonly Check[] = [
  // The longest at both ends, so that the short ones fill the gap between.
  {
    name: 'web types',
    needsGenerated: true,
    run: () => {
      // It keeps what it made of files that are gone.
      rmSync(join(ROOT, 'web/.svelte-kit/.svelte-check'), { recursive: true, force: true });
      const args = ['--tsconfig', 'tsconfig.json', '--tsgo', '--fail-on-warnings'];
      return tool('svelte-check/bin/svelte-check', args, 'web');
    },
  },
  // One look at the types serves the compiler's own errors and the rules that need them.
  {
    name: 'types',
    needsGenerated: true,
    run: () => oxlint('--type-aware', '--type-check', 'api', 'tests', 'vitest.config.ts', 'knip.config.ts'),
  },
  { name: 'tidy', run: () => runVitest('tidy', ['tidy'], 'keep') },
  { name: 'unused code', run: () => tool('knip/bin/knip.js', ['--no-progress']) },
  {
    name: 'walls',
    run: () =>
      tool('dependency-cruiser/bin/dependency-cruise.mjs', [
        '--config',
        '.dependency-cruiser.mjs',
        'api',
        'web/src',
        'tests',
      ]),
  },
  {
    name: 'format',
    run: async () => both(await tool('oxfmt/bin/oxfmt', ['--list-different', '.']), await prettier()),
  },
  { name: 'lint', run: async () => both(await oxlint('web', 'eslint.config.js'), await eslint()) },
];

/** What SvelteKit and Paraglide generate, which the types read. */
async function generateWebTypes(): Promise<boolean> {
  const [sync, wrong] = await Promise.all([
    tool('@sveltejs/kit/svelte-kit.js', ['sync'], 'web'),
    compileMessages(ROOT),
  ]);
  if (!sync.ok) console.error(sync.output.trimEnd());
  if (wrong !== undefined) console.error(wrong.trimEnd());
  return sync.ok && wrong === undefined;
}

/** What a linter found may change with its plugins, which its cache does not see. So `npm test` starts afresh. */
export function forgetCaches(): void {
  rmSync(join(ROOT, CACHE), { recursive: true, force: true });
}

/** Runs the named checks, or all of them, and `also`; answers whether every one passed. */
export async function runChecks(
  names: readonly string[] = [],
  also: readonly Check[] = [],
): Promise<boolean> {
  const startedAt = performance.now();
  const hasWeb = existsSync(join(ROOT, 'web/src/routes'));
  const asked = CHECKS.filter((check) => names.length === 0 || names.includes(check.name)).filter(
    (check) => hasWeb || check.name !== 'web types',
  );
  // What comes along is long, too, and so comes second: the short ones fill the gap between.
  const waiting = [...asked.slice(0, 1), ...also, ...asked.slice(1)];
  const generated = hasWeb ? generateWebTypes() : Promise.resolve(true);
  let ok = true;

  const work = async (next: () => Check | undefined) => {
    for (let check = next(); check !== undefined; check = next()) {
      if (check.needsGenerated) await generated;
      const result = await check.run();
      console.log(`${result.ok ? '✓' : '✗'} ${check.name.padEnd(12)} ${formatSeconds(result.seconds)}`);
      if (!result.ok) console.log(`${result.output.trimEnd()}\n`);
      ok &&= result.ok;
    }
  };
  // One generates and then takes the longest that is left, the other from the end.
  const fromFront = generated.then(() => work(() => waiting.shift()));
  await Promise.all([fromFront, work(() => waiting.pop())]);
  ok &&= await generated;

  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`check ${ok ? 'passed' : 'failed'} in ${formatSeconds(seconds)}`);
  if (seconds > MINUTE_S && also.length === 0)
    console.log('(It should take less than a minute; what became slow?)');
  return ok;
}

if (process.argv[1]?.endsWith('check.ts'))
  process.exitCode = (await runChecks(process.argv.slice(2))) ? 0 : 1;

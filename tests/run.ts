/** `npm test`: everything, in the order in which a mistake is cheapest to find. Its last line is the sum of real reports. */
import { join } from 'node:path';
import { formatSeconds, runCommand } from '../api/cli/run-command.ts';
import { type Check, forgetCaches, runChecks } from './run/check.ts';
import { provideTools } from './run/install.ts';
import { hasTests } from './run/projects.ts';
import { addCounts, countStep, failuresOf, formatCounts, NOTHING } from './run/reports.ts';
import { forgetReport, readReport, runVitest } from './run/vitest-step.ts';
import { ROOT } from './support/source-tree.ts';

type Step = {
  readonly name: string;
  /** The names of the vitest reports that this step owes. */
  readonly reports: readonly string[];
  readonly needsBuild?: true;
  readonly run: () => Promise<boolean>;
};

function tests(name: string, projects: readonly string[], options: { needsBuild?: true } = {}): Step {
  const present = projects.filter(hasTests);
  const absent = projects.filter((project) => !present.includes(project));
  return {
    name,
    reports: present.length > 0 ? [name] : [],
    ...options,
    async run() {
      if (absent.length > 0) console.log(`There are no tests yet in: ${absent.join(', ')}.`);
      return present.length === 0 || (await runVitest(name, present, 'show')).ok;
    },
  };
}

/** None of what needs it is run before it succeeded. */
let built = false;

/** Half of it works on one core, so the checks, which need nothing of it, have the other. */
const BUILD: Check = {
  name: 'build',
  needsGenerated: true,
  async run() {
    const args = ['--import', 'tsx', join(ROOT, 'api/cli/build.ts')];
    const result = await runCommand({ file: process.execPath, args, cwd: ROOT, output: 'keep' });
    built = result.ok;
    return result;
  },
};

const STEPS: readonly Step[] = [
  { name: 'check, build', reports: ['tidy'], run: () => runChecks([], [BUILD]) },
  tests('unit-properties', ['unit', 'properties']),
  tests('contract-api', ['contract', 'api'], { needsBuild: true }),
  tests('migrations-faults', ['migrations', 'faults'], { needsBuild: true }),
  tests('e2e', ['e2e'], { needsBuild: true }),
];

async function main(): Promise<void> {
  if (!(await provideTools())) process.exit(1);

  forgetCaches();
  let totals = NOTHING;
  const times: string[] = [];
  const failures: string[] = [];
  for (const step of STEPS) {
    console.log(`\n── ${step.name} ${'─'.repeat(60 - step.name.length)}`);
    step.reports.forEach(forgetReport);
    const startedAt = performance.now();
    const canRun: boolean = built || !step.needsBuild;
    if (!canRun) console.log('Not run, because the build failed.');
    const ok: boolean = canRun && (await step.run());

    const reports = step.reports.map(readReport).filter((report) => report !== undefined);
    const counts = countStep({ ok, owesReport: step.reports.length > 0, reports });
    totals = addCounts(totals, counts);
    for (const failure of reports.flatMap(failuresOf))
      failures.push(`✗ ${failure.replace(join(ROOT, '/'), '')}`);
    const time = formatSeconds((performance.now() - startedAt) / 1_000);
    times.push(
      `${counts.failed === 0 ? '✓' : '✗'} ${step.name.padEnd(20)} ${time.padStart(8)}   ${formatCounts(counts)}`,
    );
  }

  if (failures.length > 0) console.log(`\n${failures.join('\n')}`);
  console.log(`\n${times.join('\n')}\n`);
  console.log(formatCounts(totals));
  process.exitCode = totals.failed === 0 ? 0 : 1;
}

await main();

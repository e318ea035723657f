import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandResult, runCommand } from '../../api/cli/run-command.ts';
import { ROOT } from '../support/source-tree.ts';
import type { Report } from './reports.ts';

const REPORTS = join(ROOT, '.reports');

export function reportFile(step: string): string {
  return join(REPORTS, `${step}.json`);
}

/** An old report must never be counted for a run that crashed before it wrote its own. */
export function forgetReport(step: string): void {
  rmSync(reportFile(step), { force: true });
}

/** The report of a step, or none where it is missing or was cut off while it was written. */
export function readReport(step: string): Report | undefined {
  if (!existsSync(reportFile(step))) return undefined;
  try {
    return JSON.parse(readFileSync(reportFile(step), 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

/** Runs the tests of these projects and leaves vitest's own report in .reports/. */
export function runVitest(
  step: string,
  projects: readonly string[],
  output: 'show' | 'keep',
): Promise<CommandResult> {
  mkdirSync(REPORTS, { recursive: true });
  forgetReport(step);
  const args = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json'];
  args.push(`--outputFile.json=${reportFile(step)}`, ...projects.map((name) => `--project=${name}`));
  return runCommand({ file: process.execPath, args, cwd: ROOT, output });
}

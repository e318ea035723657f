/**
 * vitest's global set-up for tests that start a process or a thread of the product: its bundles are brought up to date while
 * PostgreSQL starts.
 */
import type { TestProject } from 'vitest/node';
import { runCommand } from '../../api/cli/run-command.ts';
import postgresSetup from './postgres-setup.ts';
import { projectRoot } from './project-root.ts';

/** On the global object, because each project loads this file anew. */
const globals = globalThis as { linliBuilt?: Promise<void> };

async function build(): Promise<void> {
  const args = ['--import', 'tsx', 'api/cli/build.ts', 'api'];
  const { ok, output } = await runCommand({
    file: process.execPath,
    args,
    cwd: projectRoot(),
    output: 'keep',
  });
  if (!ok) throw new Error(output);
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [end] = await Promise.all([postgresSetup(project), (globals.linliBuilt ??= build())]);
  return end;
}

/** What `npm run build -- api` makes: tests that start a process or a thread start what an operator starts. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { ThreadData } from '../../api/ledger/sqlite-thread.ts';
import { projectRoot } from './project-root.ts';

/** The bundle of that name, which vitest's set-up has brought up to date. */
export function builtFile(name: string): string {
  return join(projectRoot(), '.build', `${name}.mjs`);
}

export function startBuiltWorker(workerData: ThreadData): Worker {
  return new Worker(pathToFileURL(builtFile('sqlite-store.worker')), { workerData });
}

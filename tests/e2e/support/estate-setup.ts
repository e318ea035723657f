/**
 * vitest's global set-up of the browser tests: a demo estate is made once, and each file serves a copy of its own. Meanwhile
 * PostgreSQL starts in processes of its own.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { DemoRecord } from '../../../api/demo/demo-folder.ts';
import { makeSmallDemo } from './small-demo.ts';
import postgresSetup from '../../support/postgres-setup.ts';
import { quickFolder } from '../../support/quick-folder.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    estate: { folder: string; record: DemoRecord };
  }
}

async function makeEstate(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(quickFolder(), 'linli-estate-'));
  const record = await makeSmallDemo({ DATA_DIR: join(folder, 'data') });
  project.provide('estate', { folder: join(folder, 'data'), record });
  return () => rm(folder, { recursive: true, force: true });
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const ends = await Promise.all([makeEstate(project), postgresSetup(project)]);
  return async () => {
    for (const end of ends) await end();
  };
}

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/run/longest-first.ts';
import { PROJECTS, type Project } from './tests/run/projects.ts';

// Starts one PostgreSQL for the whole run (or takes TEST_POSTGRES_URL) and ends it afterwards.
const postgresSetup = fileURLToPath(new URL('tests/support/postgres-setup.ts', import.meta.url));
const buildSetup = fileURLToPath(new URL('tests/support/build-setup.ts', import.meta.url));
const estateSetup = fileURLToPath(new URL('tests/e2e/support/estate-setup.ts', import.meta.url));

/** One, because vitest starts the next when the one before is done: those of the built and of the estate start PostgreSQL, too. */
function setupOf({ postgres, built, estate }: Project): string[] {
  if (estate) return [estateSetup];
  if (built) return [buildSetup];
  return postgres ? [postgresSetup] : [];
}

export default defineConfig({
  resolve: { alias: { $lib: fileURLToPath(new URL('web/src/lib', import.meta.url)) } },
  test: {
    // Two workers wherever it runs, so that timings compare between a laptop and a build machine.
    maxWorkers: 2,
    // `.only` would leave all other tests out without a word; to run one test, name it with -t.
    allowOnly: false,
    sequence: { sequencer: LongestFirst },
    projects: PROJECTS.map((project) => ({
      extends: true as const,
      test: {
        name: project.name,
        include: project.folders.map((folder) => `${folder}/**/*.test.ts`),
        environment: 'node',
        testTimeout: project.timeoutMs,
        hookTimeout: project.timeoutMs,
        isolate: !project.shared,
        setupFiles: project.postgres
          ? [fileURLToPath(new URL('tests/support/after-file.ts', import.meta.url))]
          : [],
        globalSetup: setupOf(project),
      },
    })),
  },
});

import { listFiles } from '../support/source-tree.ts';

/** The kinds of test there are, in the order of design.md §8. vitest.config.ts and the runner read the same list. */
export type Project = {
  readonly name: string;
  readonly folders: readonly string[];
  /** For one test, and for the hooks around it. */
  readonly timeoutMs: number;
  /** Whether a PostgreSQL server is started before the first test. */
  readonly postgres?: true;
  /** Whether a demo estate is made before the first test, for each file to copy; PostgreSQL starts beside it. */
  readonly estate?: true;
  /** Whether the product is built, beside PostgreSQL, for those who start it as a process or thread. */
  readonly built?: true;
  /** Whether files share the modules that they load: to load the whole API anew costs more than most of its tests. */
  readonly shared?: true;
  /** The files that start before all others, because the last worker would otherwise be alone with one of them. */
  readonly longest?: readonly string[];
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const PROJECTS: readonly Project[] = [
  {
    name: 'unit',
    folders: ['api', 'web/src', 'tests/run', 'tests/support'],
    timeoutMs: 10 * SECOND,
    postgres: true,
    shared: true,
  },
  { name: 'properties', folders: ['tests/properties'], timeoutMs: 2 * MINUTE, postgres: true, shared: true },
  {
    name: 'contract',
    folders: ['tests/contract'],
    timeoutMs: MINUTE,
    postgres: true,
    built: true,
    shared: true,
  },
  { name: 'api', folders: ['tests/api'], timeoutMs: MINUTE, postgres: true, built: true, shared: true },
  { name: 'migrations', folders: ['tests/migrations'], timeoutMs: MINUTE, postgres: true },
  {
    name: 'faults',
    folders: ['tests/faults', 'tests/drills'],
    timeoutMs: 5 * MINUTE,
    postgres: true,
    built: true,
  },
  { name: 'tidy', folders: ['tests/tidy'], timeoutMs: MINUTE },
  {
    name: 'e2e',
    folders: ['tests/e2e'],
    timeoutMs: 4 * MINUTE,
    postgres: true,
    estate: true,
    shared: true,
    // The second is short to read and long to run: by its size it came last.
    longest: ['every-page.test.ts', 'setup-pages.test.ts'],
  },
];

export function hasTests(name: string): boolean {
  const project = PROJECTS.find((candidate) => candidate.name === name);
  if (project === undefined) throw new Error(`There is no test project named ${name}.`);
  return project.folders.some((folder) => listFiles(folder).some((file) => file.endsWith('.test.ts')));
}

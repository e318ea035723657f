/** The kinds of test there are, in the order of design.md §8. vitest.config.ts and the runner read the same list. */
export type Project = {
  readonly name: string;
  readonly include: readonly string[];
  /** For one test, and for the hooks around it. */
  readonly timeoutMs: number;
  /** Whether a PostgreSQL server is started before the first test. */
  readonly postgres?: true;
  /** Whether its files run one after another, because each wants the machine for itself. */
  readonly alone?: true;
};

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

export const PROJECTS: readonly Project[] = [
  {
    name: 'unit',
    include: ['api/**/*.test.ts', 'web/src/**/*.test.ts', 'tests/run/**/*.test.ts', 'tests/support/**/*.test.ts'],
    timeoutMs: 10 * SECOND,
    postgres: true,
  },
  { name: 'properties', include: ['tests/properties/**/*.test.ts'], timeoutMs: 2 * MINUTE, postgres: true },
  { name: 'contract', include: ['tests/contract/**/*.test.ts'], timeoutMs: MINUTE, postgres: true },
  { name: 'api', include: ['tests/api/**/*.test.ts'], timeoutMs: MINUTE, postgres: true },
  { name: 'migrations', include: ['tests/migrations/**/*.test.ts'], timeoutMs: MINUTE, postgres: true },
  { name: 'faults', include: ['tests/faults/**/*.test.ts'], timeoutMs: 5 * MINUTE, postgres: true, alone: true },
  { name: 'tidy', include: ['tests/tidy/**/*.test.ts'], timeoutMs: 30 * SECOND },
  { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], timeoutMs: 4 * MINUTE, postgres: true, alone: true },
];

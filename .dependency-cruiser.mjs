import { readdirSync } from 'node:fs';

/**
 * The walls of design.md §5. A module is a folder of api/; others see of it what its index.ts exports and nothing else.
 * Tests may look inside: they hold the walls' insides to account.
 */
const MODULES = readdirSync('api', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !['cli', 'decisions', 'demo', 'ledger'].includes(entry.name))
  .map(({ name }) => name)
  .join('|');
const TEST = '\\.test\\.ts$';
/** No clock, randomness, database, schema library or promise (style.md "Pure core"); eslint.config.js names the same. */
const PURE = [
  '^api/ledger/core/',
  '^api/[^/]+/rules/',
  '^api/fees/reconcile/',
  '^api/platform/money/',
  '^api/programme/calendar',
];
const NOT_PURE = [TEST, '\\.schemas\\.ts$'];

/** What a module shows to others; the large ones have a door for each part. */
const DOORS = [
  '^api/[^/]+/index\\.ts$',
  '^api/ledger/(core|proof)/index\\.ts$',
  '^api/platform/[^/]+/index\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'module-only-through-index',
      comment:
        'A module imports another only through its index.ts; only the schema is composed of its *.tables.ts.',
      severity: 'error',
      from: { path: '^api/([^/]+)/', pathNot: [TEST, ...PURE, '^api/(cli|demo)/', '^api/db/schema\\.ts$'] },
      to: { path: '^api/[^/]+/.+', pathNot: ['^api/$1/', ...DOORS] },
    },
    {
      name: 'pure-only-through-index',
      comment:
        'Pure code also has the pure half of a module as a door: its index.ts would bring the routes along.',
      severity: 'error',
      from: { path: '^api/([^/]+)/(?:core/|rules/|reconcile/|money/|calendar)', pathNot: TEST },
      to: { path: '^api/[^/]+/.+', pathNot: ['^api/$1/', ...DOORS, '^api/[^/]+/rules/index\\.ts$'] },
    },
    {
      name: 'top-only-through-index',
      comment: 'main.ts, app.ts, the CLI and the demo see of a module what every other module sees.',
      severity: 'error',
      from: { path: '^api/([^/]+\\.ts$|cli/|demo/)', pathNot: TEST },
      to: { path: `^api/(${MODULES}|ledger)/.+`, pathNot: ['/index\\.ts$'] },
    },
    {
      name: 'schema-takes-only-tables',
      severity: 'error',
      from: { path: '^api/db/schema\\.ts$' },
      to: { path: '^api/', pathNot: ['^api/db/', '\\.tables\\.ts$'] },
    },
    {
      name: 'ledger-knows-no-product',
      comment: 'Nothing in api/ledger imports a product module: the ledger would keep any books.',
      severity: 'error',
      from: { path: '^api/ledger/', pathNot: TEST },
      to: { path: '^api/', pathNot: ['^api/(ledger|db|platform)/'] },
    },
    {
      name: 'pure-knows-no-node',
      comment:
        'The core and the rules know no clock, randomness, file or database: time and ids come in as arguments.',
      severity: 'error',
      from: { path: PURE, pathNot: NOT_PURE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pure-knows-no-package',
      comment: 'Of all packages the rules take only decimal.js, to compute.',
      severity: 'error',
      from: { path: PURE, pathNot: NOT_PURE },
      to: { path: 'node_modules/', pathNot: 'node_modules/decimal\\.js/' },
    },
    {
      name: 'pure-knows-only-pure',
      comment: "What a pure file imports is pure, a module's door, or only a type.",
      severity: 'error',
      from: { path: PURE, pathNot: NOT_PURE },
      to: { path: '^api/', pathNot: [...PURE, '/index\\.ts$'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'production-needs-no-dev-package',
      comment: 'After npm ci --omit=dev the product still runs; the launcher looks whether it can build.',
      severity: 'error',
      from: {
        path: '^api/',
        pathNot: [TEST, '^api/cli/(build\\.ts|launch\\.cjs)$', '^api/db/generate\\.ts$'],
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'core-is-its-own',
      comment: 'The core of the ledger imports nothing of ours but itself.',
      severity: 'error',
      from: { path: '^api/ledger/core/', pathNot: TEST },
      to: { path: '^(api|web|tests)/', pathNot: '^api/ledger/core/' },
    },
    {
      name: 'product-knows-no-entry-point',
      comment: 'Modules do not import the process, the demo or the CLI.',
      severity: 'error',
      from: { path: `^api/(${MODULES}|ledger)/`, pathNot: TEST },
      to: { path: ['^api/(cli|demo)/', '^api/(main|app|contract)\\.ts$'] },
    },
    {
      name: 'web-takes-only-the-contract',
      comment: 'The web knows the API by its contract; the typed client is its only way in.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^(api|tests)/', pathNot: '^api/contract\\.ts$' },
    },
    {
      name: 'web-takes-only-types',
      comment:
        'Of the contract only types: so the web is built without the API, and no secret can slip into a page.',
      severity: 'error',
      from: { path: '^web/' },
      to: { path: '^api/contract\\.ts$', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-knows-no-tests',
      severity: 'error',
      from: { path: '^(api|web)/', pathNot: TEST },
      to: { path: '^tests/' },
    },
    {
      name: 'no-circles',
      comment: 'What imports itself in a circle cannot be understood, or loaded, in parts.',
      severity: 'error',
      from: { path: '^(api|web|tests)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'resolvable',
      severity: 'error',
      from: { pathNot: '^web/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^web/(build|\\.svelte-kit|src/lib/paraglide)/', '^\\.build/'] },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types', 'svelte'],
    },
  },
};

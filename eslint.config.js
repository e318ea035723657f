import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

const generated = [
  '.build/',
  '.svelte-kit/',
  '.reports/',
  '.cache/',
  'data/',
  'web/build/',
  'web/.svelte-kit/',
];

export default defineConfig(
  globalIgnores([...generated, 'web/src/lib/paraglide/', 'drizzle/']),
  js.configs.recommended,
  ts.configs.recommended,
  // Svelte's rules replace some of ESLint's own: in Svelte's files only.
  svelte.configs.recommended.map((config) => ({ files: ['web/src/**/*.{svelte,js,ts}'], ...config })),
  {
    languageOptions: { globals: { ...globals.node } },
    rules: {
      eqeqeq: ['error', 'always'],
      // A text without control characters is what we check for.
      'no-control-regex': 'off',
      'prefer-const': ['error', { destructuring: 'all' }],
      'object-shorthand': 'error',
      // The types say what exists; a name that only a type knows is none of this rule's business.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    // Typed where promises carry money. The web's types are svelte-check's: its typed client would be worked out again
    // for every file, for minutes.
    files: ['{api,tests}/**/*.ts', '*.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // A dropped promise in a ledger is a lost write.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { arguments: false } }],
      '@typescript-eslint/await-thenable': 'error',
      // A closed union of refusals is only closed while every switch over it is complete.
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: ts.parser },
    },
    rules: {
      // Knows that `let { … } = $props()` is how a component takes what it is given.
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // Linli is served from the root of its address; there is no base path that resolve() would add.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['web/**/*.ts'],
    languageOptions: { globals: { ...globals.browser } },
  },
  {
    // The pure core and the rules: time, ids and randomness come in as arguments.
    files: [
      'api/ledger/core/**/*.ts',
      'api/*/rules/**/*.ts',
      'api/fees/reconcile/**/*.ts',
      'api/platform/money/**/*.ts',
      'api/programme/calendar*.ts',
    ],
    ignores: ['**/*.test.ts', '**/*.schemas.ts'],
    rules: {
      'no-restricted-globals': [
        'error',
        'process',
        'setTimeout',
        'setInterval',
        'setImmediate',
        'fetch',
        'crypto',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'The time comes in as an argument.' },
        { object: 'Math', property: 'random', message: 'Randomness comes in as an argument.' },
        { object: 'performance', property: 'now', message: 'The time comes in as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
          message: 'The time comes in as an argument.',
        },
        { selector: ':function[async=true]', message: 'The core is synchronous.' },
        { selector: 'NewExpression[callee.name="Promise"]', message: 'The core is synchronous.' },
      ],
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { ...globals.node } },
    rules: {
      // Written for engines that are far too old, so that they can say that they are.
      '@typescript-eslint/no-require-imports': 'off',
      'no-var': 'off',
      'object-shorthand': 'off',
    },
  },
);

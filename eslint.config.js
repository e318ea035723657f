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

const svelteFiles = ['web/src/**/*.{svelte,svelte.ts}'];

/**
 * Oxlint holds most rules, the typed ones too, in a tenth of the time (.oxlintrc.json). What it does not know stands here:
 * Svelte's files, and that the pure core awaits nothing.
 */
export default defineConfig(
  globalIgnores([...generated, 'web/src/lib/paraglide/', 'drizzle/']),
  [js.configs.recommended, ts.configs.recommended, svelte.configs.recommended]
    .flat()
    .map((config) => ({ ...config, files: svelteFiles })),
  {
    files: svelteFiles,
    languageOptions: {
      globals: { ...globals.browser },
      parserOptions: { parser: ts.parser },
    },
    rules: {
      eqeqeq: ['error', 'always'],
      'object-shorthand': 'error',
      // The types say what exists; a name that only a type knows is none of this rule's business.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // Knows that `let { … } = $props()` is how a component takes what it is given.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
      // Linli is served from the root of its address; there is no base path that resolve() would add.
      'svelte/no-navigation-without-resolve': 'off',
    },
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
    languageOptions: { parser: ts.parser },
    rules: {
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
);

/**
 * `npm run build [api] [web]`: bundles what is missing or older than its sources, and leaves the rest alone, so that
 * every command may ask for it first.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { fingerprint, listSources } from './fingerprint.ts';
import { compileMessages, MESSAGE_INPUTS } from './messages.ts';
import { formatSeconds, runCommand } from './run-command.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const BUILD_FOLDER = '.build';
const HEARTBEAT_MS = 5_000;

/** The processes of the product, each by its source. A `*.worker.ts` runs in a thread or process of its own. */
const ENTRIES: Readonly<Record<string, string>> = {
  main: 'api/main.ts',
  demo: 'api/demo/main.ts',
  linli: 'api/cli/linli.ts',
  bench: 'tests/bench/main.ts',
  drill: 'tests/drills/main.ts',
};

type Step = {
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: () => readonly string[];
  /** What went wrong, in the tool's own words; nothing when it went well. */
  readonly run: () => Promise<string | undefined>;
};

const API_INPUTS = [
  'api',
  ...['bench', 'drills', 'faults', 'properties', 'support'].map((name) => `tests/${name}`),
];

function entries(): Record<string, string> {
  const found = Object.entries(ENTRIES).filter(([, source]) => existsSync(join(root, source)));
  for (const source of listSources(root, API_INPUTS)) {
    if (source.endsWith('.worker.ts')) found.push([basename(source, '.ts'), source]);
  }
  return Object.fromEntries(found);
}

/** Whole files appear at once: another process may be starting from the old ones at this moment. */
function replaceFile(path: string, bytes: Uint8Array | string): void {
  const next = `${path}.${process.pid}.new`;
  writeFileSync(next, bytes);
  renameSync(next, path);
}

const api: Step = {
  name: 'api',
  inputs: API_INPUTS,
  outputs: () => Object.keys(entries()).map((name) => `${BUILD_FOLDER}/${name}.mjs`),
  async run() {
    try {
      const result = await esbuild.build({
        absWorkingDir: root,
        entryPoints: entries(),
        outdir: BUILD_FOLDER,
        outExtension: { '.js': '.mjs' },
        bundle: true,
        packages: 'external',
        platform: 'node',
        format: 'esm',
        target: 'node20.19',
        sourcemap: 'linked',
        // Node keeps the maps of what it runs in memory; the sources in them are read by nobody.
        sourcesContent: false,
        write: false,
        logLevel: 'silent',
      });
      for (const file of result.outputFiles) replaceFile(file.path, file.contents);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  },
};

/** They lead to what SvelteKit's adapter was given, not to a source, and Node would hold 4 MB of them in memory. */
function removeServerMaps(): void {
  const folder = join(root, 'web/build');
  for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.map')) rmSync(join(folder, file));
  }
}

const web: Step = {
  name: 'web',
  // The web takes only types from the API (the walls see to that), so the API's sources do not change what it builds.
  inputs: [
    ...['src', 'static', 'svelte.config.js', 'vite.config.ts', 'tsconfig.json'].map((name) => `web/${name}`),
    ...MESSAGE_INPUTS,
    'package-lock.json',
  ],
  outputs: () => (existsSync(join(root, 'web/svelte.config.js')) ? ['web/build/handler.js'] : []),
  async run() {
    const wrong = await compileMessages(root);
    if (wrong !== undefined) return wrong;
    // SvelteKit reads its config from the working folder.
    const result = await runCommand({
      file: process.execPath,
      args: [join(root, 'node_modules/vite/bin/vite.js'), 'build'],
      cwd: join(root, 'web'),
      output: 'keep',
    });
    if (!result.ok) return result.output;
    removeServerMaps();
    return undefined;
  },
};

const STEPS = [api, web];

function isFresh(step: Step, hash: string): boolean {
  const record = join(root, BUILD_FOLDER, `${step.name}.hash`);
  if (!existsSync(record) || readFileSync(record, 'utf8') !== hash) return false;
  return step.outputs().every((output) => existsSync(join(root, output)));
}

async function runStep(step: Step): Promise<boolean> {
  if (step.outputs().length === 0) return true;
  const hash = fingerprint(root, step.inputs);
  if (isFresh(step, hash)) return true;

  const startedAt = performance.now();
  const elapsed = () => formatSeconds((performance.now() - startedAt) / 1_000);
  console.error(`构建 build: ${step.name} …`);
  const heartbeat = setInterval(() => console.error(`构建 build: ${step.name} … ${elapsed()}`), HEARTBEAT_MS);
  const failure = await step.run();
  clearInterval(heartbeat);
  if (failure !== undefined) {
    console.error(`${failure.trimEnd()}\n构建失败 build failed: ${step.name}, ${elapsed()}`);
    return false;
  }
  replaceFile(join(root, BUILD_FOLDER, `${step.name}.hash`), hash);
  console.error(`构建 build: ${step.name} ✓ ${elapsed()}`);
  return true;
}

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.find((name) => !STEPS.some((step) => step.name === name));
  if (unknown !== undefined) {
    console.error(
      `There is nothing to build named ${unknown}; there are: ${STEPS.map((step) => step.name).join(', ')}.`,
    );
    process.exit(1);
  }
  mkdirSync(join(root, BUILD_FOLDER), { recursive: true });
  for (const step of STEPS) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    if (!(await runStep(step))) process.exit(1);
  }
}

await main(process.argv.slice(2));

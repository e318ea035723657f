/** Starts `posting-child.ts` and reads what it acknowledges. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { DatabaseTarget } from '../../api/db/index.ts';
import { buildSync } from 'esbuild';
import { projectRoot } from '../support/project-root.ts';

/** The child, and the thread that it writes SQLite in, as they are built for the product. */
const SOURCES = ['tests/faults/posting-child.ts', 'api/ledger/sqlite-store.worker.ts'];

let built: string | undefined;

/** From its sources each child would be compiled anew, file by file: more work than all that it posts until it is killed. */
function builtChild(): string {
  if (built !== undefined) return built;
  const folder = join(projectRoot(), '.build', 'posting');
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = buildSync({
    absWorkingDir: projectRoot(),
    entryPoints: SOURCES,
    outdir: folder,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    write: false,
  });
  // Whole files appear at once: a test beside this one may be starting its child.
  for (const { path, contents } of outputFiles) {
    const next = `${path}.${process.pid}.new`;
    writeFileSync(next, contents);
    renameSync(next, path);
  }
  return (built = join(folder, `${basename(SOURCES[0]!, '.ts')}.mjs`));
}

export class PostingProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<NodeJS.Signals | number | null>;

  /** `tracer` is a command line that runs another one, such as strace with its options. */
  constructor(target: DatabaseTarget, run: string, options: { count?: number; tracer?: string[] } = {}) {
    const { count, tracer = [] } = options;
    const own = [process.execPath, builtChild(), JSON.stringify(target), run];
    const [command = '', ...args] = [...tracer, ...own, ...(count === undefined ? [] : [String(count)])];
    this.#child = spawn(command, args, { cwd: projectRoot(), stdio: ['pipe', 'pipe', 'inherit'] });
    // A child that is killed before it was told to begin leaves a pipe that nobody reads.
    this.#child.stdin.on('error', () => undefined);
    this.#ended = new Promise((resolve) =>
      this.#child.once('close', (code, signal) => resolve(signal ?? code)),
    );
  }

  /** Lets it post, and hands over each key with its status, until it ends; resolves to its signal or exit code. */
  async run(onAcknowledged: (key: string, status: string) => void): Promise<NodeJS.Signals | number | null> {
    this.#child.stdin.end('begin\n');
    for await (const line of createInterface({ input: this.#child.stdout })) {
      const [key = '', status = ''] = line.split(' ');
      onAcknowledged(key, status);
    }
    return this.#ended;
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }
}

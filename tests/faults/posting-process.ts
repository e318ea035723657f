/** Starts `posting-child.worker.ts` and reads what it acknowledges. */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { DatabaseTarget } from '../../api/db/index.ts';
import { builtFile } from '../support/built.ts';
import { projectRoot } from '../support/project-root.ts';

export class PostingProcess {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #ended: Promise<NodeJS.Signals | number | null>;

  /** `tracer` is a command line that runs another one, such as strace with its options. */
  constructor(target: DatabaseTarget, run: string, options: { count?: number; tracer?: string[] } = {}) {
    const { count, tracer = [] } = options;
    const own = [process.execPath, builtFile('posting-child.worker'), JSON.stringify(target), run];
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

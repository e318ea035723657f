/** A server in a process of its own on a free port, which a test run that is broken off takes with it. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export type ServedProcess = {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The first line that it prints with this in it; one that came already counts. */
  line(wanted: RegExp): Promise<string>;
  stop(): Promise<void>;
};

const PAGES = join('web', 'build', 'handler.js');
const ADDRESS = /http:\/\/[\d.]+:\d+/;

export async function startProcess(
  program: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ServedProcess> {
  for (const file of [PAGES, ...program.filter((part) => part.startsWith('.build'))]) {
    if (!existsSync(file)) throw new Error(`${file} is missing; run npm run build first.`);
  }
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const endWithUs = () => void child.kill();
  process.once('exit', endWithUs);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const said: string[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (text) => {
    said.push(text);
    for (const listener of listeners) listener();
  });
  const line = (wanted: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = said.find((text) => wanted.test(text));
        if (found === undefined) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`the server ended without a line like ${String(wanted)}`)));
    });
  const [url = ''] = ADDRESS.exec(await line(ADDRESS)) ?? [];
  return {
    url,
    line,
    async stop() {
      child.kill();
      await ended;
      process.off('exit', endWithUs);
    },
  };
}

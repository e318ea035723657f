import { spawn } from 'node:child_process';

export type Command = {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `show` writes straight to the terminal; `keep` collects, for whoever only wants to see it when it went wrong. */
  readonly output: 'show' | 'keep';
};

export type CommandResult = { readonly ok: boolean; readonly output: string; readonly seconds: number };

/** Runs one command to its end. A command that cannot be started, or that a signal ended, is a failed one. */
export function runCommand(command: Command): Promise<CommandResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command.file, command.args, {
      cwd: command.cwd,
      env: command.env ?? process.env,
      stdio: command.output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    // Who ends us ends what we started: a test run left behind would hold its database and its browser.
    const endBoth = () => {
      child.kill('SIGTERM');
      process.exit(143);
    };
    process.once('SIGTERM', endBoth);
    const finish = (ok: boolean, note = '') => {
      process.off('SIGTERM', endBoth);
      const output = Buffer.concat(chunks).toString('utf8') + note;
      resolve({ ok, output, seconds: (performance.now() - startedAt) / 1_000 });
    };
    child.on('error', (error) => finish(false, `${command.file}: ${error.message}\n`));
    child.on('close', (code, signal) => finish(code === 0, signal ? `ended by ${signal}\n` : ''));
  });
}

/** "3.2 s", as every progress line shows its time. */
export function formatSeconds(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

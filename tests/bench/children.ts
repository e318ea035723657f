/** Processes of a bench: each is a `*.worker.ts` that answers questions over Node's own channel. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Sent = { id: number; question: unknown };
type Answer = { id: number } & ({ result: unknown } | { error: string });
type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

export type Child<Question> = {
  ask<Result>(question: Question): Promise<Result>;
  /** Lets it close what it opened; resolves when the process is gone. */
  stop(): Promise<void>;
};

/** Starts `.build/<name>.worker.mjs`, which the build makes of `<name>.worker.ts`. */
export function startChild<Question extends object>(name: string): Child<Question> {
  const file = fileURLToPath(new URL(`./${name}.worker.mjs`, import.meta.url));
  // Standard output is for figures alone; what a server logs goes where errors go.
  const child = fork(file, { stdio: ['ignore', 2, 2, 'ipc'] });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  child.on('message', (message) => {
    const answer = message as Answer;
    const asker = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('error' in answer) asker?.reject(new Error(`${name}: ${answer.error}`));
    else asker?.resolve(answer.result);
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code) => {
      for (const { reject } of waiting.values()) reject(new Error(`the process ${name} ended with ${code}`));
      resolve();
    });
  });
  return {
    ask: <Result>(question: Question) =>
      new Promise<Result>((resolve, reject) => {
        const id = ++asked;
        waiting.set(id, { resolve: (result) => resolve(result as Result), reject });
        child.send({ id, question } satisfies Sent);
      }),
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The other end: answers questions until the parent goes away, then closes and ends. */
export function serveParent<Question>(input: {
  answer: (question: Question) => Promise<unknown>;
  close: () => Promise<void>;
}): void {
  process.on('message', (message) => {
    const { id, question } = message as Sent;
    input.answer(question as Question).then(
      (result) => process.send?.({ id, result } satisfies Answer),
      (error: unknown) => process.send?.({ id, error: textOf(error) } satisfies Answer),
    );
  });
  process.once('disconnect', () => {
    void input.close().finally(() => process.exit(0));
  });
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

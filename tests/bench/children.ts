/** Processes of a bench: each is a `*.worker.ts` that answers one question at a time over Node's own channel. */
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

type Answer = { result: unknown } | { error: string };

export type Child<Question> = {
  ask<Result>(question: Question): Promise<Result>;
  /** Lets it close what it opened; resolves when the process is gone. */
  stop(): Promise<void>;
};

/** Starts `.build/<name>.worker.mjs`, which the build makes of `<name>.worker.ts`. */
export function startChild<Question extends object>(name: string): Child<Question> {
  const file = fileURLToPath(new URL(`./${name}.worker.mjs`, import.meta.url));
  const child = fork(file, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    ask: <Result>(question: Question) => ask(child, name, question) as Promise<Result>,
    stop: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

function ask(child: ChildProcess, name: string, question: object): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      child.off('message', onAnswer);
      reject(new Error(`the process ${name} ended with ${code}`));
    };
    const onAnswer = (answer: unknown): void => {
      child.off('exit', onExit);
      const given = answer as Answer;
      if ('error' in given) reject(new Error(`${name}: ${given.error}`));
      else resolve(given.result);
    };
    child.once('exit', onExit);
    child.once('message', onAnswer);
    child.send(question);
  });
}

/** The other end: answers questions until the parent goes away, then closes and ends. */
export function serveParent<Question>(input: {
  answer: (question: Question) => Promise<unknown>;
  close: () => Promise<void>;
}): void {
  process.on('message', (question: unknown) => {
    input.answer(question as Question).then(
      (result) => process.send?.({ result } satisfies Answer),
      (error: unknown) =>
        process.send?.({ error: error instanceof Error ? (error.stack ?? '') : String(error) }),
    );
  });
  process.once('disconnect', () => {
    void input.close().finally(() => process.exit(0));
  });
}

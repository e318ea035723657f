/** The writer of one SQLite file, in a thread of its own: it answers what `SqliteThread` asks, one question at a time. */
import { parentPort, workerData } from 'node:worker_threads';
import { connectSqlite } from '../db/index.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { ThreadAnswer, ThreadData, ThreadQuestion } from './sqlite-thread.ts';

const { file, rowTables } = workerData as ThreadData;
const connection = connectSqlite(file, { readonly: false, journal: true });
const store = new SqliteStore(connection, rowTables);

/** What is cloned between threads keeps an error's words and loses its code. */
function describe(error: unknown): NonNullable<ThreadAnswer['error']> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as { code?: unknown };
  return { message: error.message, ...(typeof code === 'string' && { code }), stack: error.stack };
}

parentPort?.on('message', (question: ThreadQuestion | 'close') => {
  if (question === 'close') {
    connection.close();
    parentPort?.close();
    return;
  }
  const { id, does, book, units, now } = question;
  const reply = (answer: ThreadAnswer): void => parentPort?.postMessage(answer);
  store[does](book, units, now).then(
    (outcomes) => reply({ id, outcomes }),
    (error: unknown) => reply({ id, error: describe(error) }),
  );
});

/**
 * A process that posts, for tests that kill or trace it: `posting-child TARGET RUN [COUNT]`, where TARGET is a database
 * as JSON. It begins once it has read anything, so that it can be started beforehand, and prints each key once it is
 * acknowledged. With COUNT it posts that many units one after another and ends; without, on many lines until it is killed.
 */
import { writeSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDatabase, type DatabaseTarget } from '../../api/db/index.ts';
import { openLedger } from '../../api/ledger/index.ts';
import { unitOfKey } from './posting-load.ts';

const LINES = 24;

const [, , target = '', run = '', count] = process.argv;
await once(process.stdin, 'data');
process.stdin.destroy();
const engine = await openDatabase(JSON.parse(target) as DatabaseTarget);
if (engine.kind === 'refused') throw new Error(engine.en);
const ledger = openLedger(engine, { now: Date.now, limits: { batch: 16 }, thread: true });

/** Straight to the pipe: nothing that was acknowledged waits in this process, unless the pipe is full. */
async function print(text: string): Promise<void> {
  try {
    writeSync(1, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    await sleep(1);
    await print(text);
  }
}

async function post(line: number, end: number): Promise<void> {
  for (let i = 0; i < end; i++) {
    const key = `${run}-${line}-${i}`;
    const outcome = await ledger.journal.commit(1, unitOfKey(key));
    await print(`${key} ${outcome.status}\n`);
  }
}

if (count === undefined) {
  await Promise.all(Array.from({ length: LINES }, (_, line) => post(line, Infinity)));
} else {
  await post(0, Number(count));
  await ledger.stop();
  await engine.close();
}

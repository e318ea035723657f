/**
 * A process under load that waits to be killed: it posts units one after another on many lines and prints each key once
 * it is acknowledged. `node --import tsx posting-child.ts TARGET RUN`, where TARGET is a database as JSON.
 */
import { writeSync } from 'node:fs';
import { openDatabase, type DatabaseTarget } from '../../api/db/index.ts';
import { openLedger } from '../../api/ledger/index.ts';
import { unitOfKey } from './posting-load.ts';

const LINES = 24;

const [, , target = '', run = ''] = process.argv;
const engine = await openDatabase(JSON.parse(target) as DatabaseTarget);
if (engine.kind === 'refused') throw new Error(engine.en);
const { journal } = openLedger(engine, { now: Date.now, limits: { batch: 16 } });

async function post(line: number): Promise<never> {
  for (let i = 0; ; i++) {
    const key = `${run}-${line}-${i}`;
    const outcome = await journal.commit(1, unitOfKey(key));
    // Straight to the pipe: what is printed has been acknowledged, and nothing acknowledged waits in this process.
    writeSync(1, `${key} ${outcome.status} ${outcome.replayed}\n`);
  }
}

await Promise.all(Array.from({ length: LINES }, (_, line) => post(line)));

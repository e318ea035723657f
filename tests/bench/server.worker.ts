/** The server of the HTTP cases: the production process, or what it is compared with. */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { Journal, type LedgerStore } from '../../api/ledger/index.ts';
import { keepHeapSmall } from '../../api/platform/index.ts';
import { runExpiry } from '../../api/programme/index.ts';
import type { Server } from '../../api/server.ts';
import { startServer } from './bench-server.ts';
import { serveParent } from './children.ts';
import type { Site } from '../support/sites.ts';
import { AFTER_THE_END_MS, BOOK, type Stage } from './stage.ts';
import { countTaken, openTills, showCodes } from './tills.ts';

/**
 * `floor` answers without posting, `bare` is Hono alone, `single` commits each unit by itself, and
 * on `later` the points that end soon have ended.
 */
export type ServerMode = 'whole' | 'floor' | 'bare' | 'single' | 'later';
export type ServerQuestion =
  | { do: 'start'; site: Site; mode: ServerMode }
  | { do: 'expire' }
  /** Clerks who sign in at the stage's merchants. */
  | { do: 'tills'; stage: Stage }
  /** Codes that members show and those tills look up. */
  | { do: 'codes'; stage: Stage; from: number; count: number }
  | { do: 'taken' }
  /** Microseconds of processor time that this process has used. */
  | { do: 'cpu' };

let stop = async (): Promise<void> => undefined;
let server: Server | undefined;

async function answer(question: ServerQuestion): Promise<unknown> {
  if (question.do === 'cpu') return usedCpu();
  if (question.do === 'expire') return expire();
  if (question.do === 'tills') return openTills(running(), question.stage);
  if (question.do === 'codes') return showCodes(running(), question.stage, question);
  if (question.do === 'taken') return countTaken(running());
  return question.mode === 'bare' ? startBare() : start(question.site, question.mode);
}

function running(): Server {
  if (!server) throw new Error('no server runs');
  return server;
}

function usedCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function start(site: Site, mode: ServerMode): Promise<{ port: number }> {
  const clock = (): number => Date.now() + (mode === 'later' ? AFTER_THE_END_MS : 0);
  // As the product's own process does.
  if (site.databaseUrl === undefined) keepHeapSmall();
  server = await startServer(site, { clock });
  const { ledger, deps } = server;
  if (mode === 'single') {
    const single = new Journal({ store: ledger.store, now: deps.clock, limits: { batch: 1 } });
    ledger.journal.commit = (book, unit, lane) => single.commit(book, unit, lane);
  }
  if (mode === 'floor') {
    const floor = new Journal({ store: answering(ledger.store), now: deps.clock });
    ledger.journal.commit = (book, unit, lane) => floor.commit(book, unit, lane);
  }
  stop = () => server?.stop() ?? Promise.resolve();
  const address = await server.listen();
  if ('kind' in address) throw new Error(address.en);
  return { port: address.port };
}

/** Says of every unit that it was posted. Units are gathered for it as for a store that writes. */
function answering(store: LedgerStore): LedgerStore {
  let seq = 0;
  return {
    engine: store.engine,
    dryRun: (...asked) => store.dryRun(...asked),
    findKey: (...asked) => store.findKey(...asked),
    commit: async (_book, units, bookedAt) =>
      units.map(({ id }) => ({
        status: 'posted',
        answer: { unit: id, transactions: [++seq], bookedAt },
        replayed: false,
      })),
  };
}

/** The same server library and an answer of the same length, with nothing in between. */
async function startBare(): Promise<{ port: number }> {
  const app = new Hono();
  const fixed = {
    unit: '0'.repeat(36),
    transactions: ['1099511627776'],
    bookedAt: '2026-06-30T08:00:00.000Z',
  };
  app.post('/api/v1/ledger/transactions', (c) => c.json(fixed, 201));
  const bare = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve) => bare.listen(0, '127.0.0.1', resolve));
  stop = () =>
    new Promise((resolve) => {
      bare.close(() => resolve());
    });
  return { port: (bare.address() as AddressInfo).port };
}

/** The product's own expiry run, which goes through the journal's bulk lane. */
async function expire(): Promise<{ seconds: number; positions: number }> {
  const { deps } = running();
  const started = performance.now();
  const { positions, failed } = await runExpiry(deps, BOOK, deps.clock());
  if (failed > 0) throw new Error(`${failed} positions did not expire`);
  return { seconds: (performance.now() - started) / 1_000, positions };
}

serveParent<ServerQuestion>({ answer, close: () => stop() });

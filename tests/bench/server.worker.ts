/** The server of the HTTP cases: the production process, or what it is compared with. */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import type { AddressInfo } from 'node:net';
import { Journal, type Unit } from '../../api/ledger/index.ts';
import type { Server } from '../../api/server.ts';
import { startServer } from './bench-server.ts';
import { serveParent } from './children.ts';
import type { Site } from './databases.ts';
import { BOOK, expiredSeries, fundOfMember, UNIT, type Stage } from './stage.ts';

/** `floor` answers without posting, `bare` is Hono alone, `single` commits each unit by itself. */
export type ServerMode = 'whole' | 'floor' | 'bare' | 'single';
export type ServerQuestion =
  | { do: 'start'; site: Site; mode: ServerMode }
  | { do: 'expire'; stage: Stage; now: number }
  /** Microseconds of processor time that this process has used. */
  | { do: 'cpu' };

/** As much of a long run as waits at a time, so that it never fills the journal's queue. */
const EXPIRING_AT_ONCE = 1_000;

let stop = async (): Promise<void> => undefined;
let server: Server | undefined;

async function answer(question: ServerQuestion): Promise<unknown> {
  if (question.do === 'cpu') return usedCpu();
  if (question.do === 'expire') return expire(question.stage, question.now);
  return question.mode === 'bare' ? startBare() : start(question.site, question.mode);
}

function usedCpu(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function start(site: Site, mode: ServerMode): Promise<{ port: number }> {
  server = await startServer(site);
  const { ledger, deps } = server;
  if (mode === 'single') {
    const single = new Journal({ store: ledger.store, now: deps.clock, limits: { batch: 1 } });
    ledger.journal.commit = (book, unit, lane) => single.commit(book, unit, lane);
  }
  if (mode === 'floor') {
    let seq = 0;
    ledger.journal.commit = async (_book, unit) => {
      const answered = { unit: unit.id, transactions: [++seq], bookedAt: deps.clock() };
      return { status: 'posted', answer: answered, replayed: false };
    };
  }
  stop = () => server?.stop() ?? Promise.resolve();
  const address = await server.listen();
  if ('kind' in address) throw new Error(address.en);
  return { port: address.port };
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

/** The expiry run over all members whose series has ended, in the journal's bulk lane. */
async function expire(stage: Stage, now: number): Promise<{ seconds: number }> {
  const journal = server?.ledger.journal;
  if (!journal) throw new Error('no server to expire in');
  const { expiresAt, rateMicro } = expiredSeries(now);
  const started = performance.now();
  const members = stage.expiring.entries();
  const lane = async (): Promise<void> => {
    for (const [i, member] of members) {
      const fund = fundOfMember(stage, i);
      const asset = {
        kind: 'series' as const,
        unit: UNIT,
        fund,
        expiresAt,
        rateMicro,
        budgetReturns: 1 as const,
      };
      const id = `expire-${member}`;
      const unit: Unit = {
        id,
        key: { scope: 'expiry', key: id },
        requestHash: id,
        place: stage.place,
        actor: 'expiry',
        source: 'bench',
        commands: [{ do: 'expire', member, asset }],
      };
      const outcome = await journal.commit(BOOK, unit, 'bulk');
      if (outcome.status === 'refused') throw new Error(`an expiry was refused: ${outcome.refusal.code}`);
    }
  };
  await Promise.all(Array.from({ length: EXPIRING_AT_ONCE }, lane));
  return { seconds: (performance.now() - started) / 1_000 };
}

serveParent<ServerQuestion>({ answer, close: () => stop() });

/**
 * `reading`: how long a read takes in a book of a hundred thousand transactions and in one of a million, of the same
 * members, merchants and funds, so that what grows is their history alone.
 */
import type { Child } from './children.ts';
import { startChild } from './children.ts';
import { postgresDatabases, sqliteDatabases, type Site } from '../support/sites.ts';
import { median, rounded, type Line, type Report } from './figures.ts';
import type { LoadQuestion, LoadResult } from './load.worker.ts';
import type { EngineName, PostingOptions } from './posting.ts';
import { growHistory, type History } from './history.ts';
import { buildStage } from './stage.ts';
import type { ServerQuestion } from './server.worker.ts';

/** The stage alone makes some eighteen thousand transactions; each size lies above that. */
const SCALE = { members: 1_000, spenders: 2_000, expiring: 1 };
const WHOLE = { small: 100_000, large: 1_000_000, reads: 5_000, seconds: 60 };
const QUICK = { small: 25_000, large: 75_000, reads: 200, seconds: 5 };
/** Few enough that a read is timed and not its queue. */
const CONNECTIONS = 1;
/** The two sizes take turns, so that a noisy machine is noisy for both. */
const TURNS = 10;

type Effort = typeof WHOLE;
/** A book of a size, and the process that answers for it. */
type Book = { size: number; history: History; server: Child<ServerQuestion>; port: number };
type Asking = { load: Child<LoadQuestion>; token: string; effort: Effort };

export async function runReading(options: PostingOptions, report: Report): Promise<void> {
  const effort = options.quick ? QUICK : WHOLE;
  const wants = (name: string): boolean => options.only.length === 0 || options.only.includes(name);
  for (const engine of options.engines) {
    const databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
    try {
      const site = await databases.create();
      const now = Date.now();
      const stage = await buildStage(site, SCALE, now);
      const grow = (size: number): Promise<History> =>
        growHistory(site, stage, { size, largest: effort.large, now });
      const history = await grow(effort.small);
      const small = await open(await databases.copy(site), effort.small, history);
      const large = await open(site, effort.large, await grow(effort.large));
      await timeReads({ engine, small, large, token: stage.token, effort, wants, report });
    } finally {
      await databases.close();
    }
  }
}

async function open(site: Site, size: number, history: History): Promise<Book> {
  const server = startChild<ServerQuestion>('server');
  const { port } = await server.ask<{ port: number }>({ do: 'start', site, mode: 'whole' });
  return { size, history, server, port };
}

async function timeReads(input: {
  engine: EngineName;
  small: Book;
  large: Book;
  token: string;
  effort: Effort;
  wants: (name: string) => boolean;
  report: Report;
}): Promise<void> {
  const { engine, small, large, token, effort, wants, report } = input;
  const load = startChild<LoadQuestion>('load');
  try {
    for (const what of ['balance', 'statement', 'as-of'] as const) {
      if (!wants(what)) continue;
      for (const who of ['member', 'merchant', 'fund'] as const) {
        const of = { what, who, books: [small, large], asking: { load, token, effort } };
        const [less = Number.NaN, more = Number.NaN] = await takeTurns(of, engine, report);
        report(line(engine, `${what}-${who} large/small`, rounded(more / less, 2), 'ratio'));
      }
    }
  } finally {
    await load.stop();
    for (const { server } of [small, large]) await server.stop();
  }
}

/** The p50 of each book, in milliseconds. */
async function takeTurns(
  input: {
    what: 'balance' | 'statement' | 'as-of';
    who: 'member' | 'merchant' | 'fund';
    books: readonly Book[];
    asking: Asking;
  },
  engine: EngineName,
  report: Report,
): Promise<number[]> {
  const { what, who, books, asking } = input;
  const results = books.map((): LoadResult[] => []);
  for (let turn = 0; turn <= TURNS; turn++) {
    for (const [nth, book] of books.entries()) {
      const result = await readSome(book, what, book.history[who], asking);
      // The first turn connects and warms up.
      if (turn > 0) results[nth]?.push(result);
    }
  }
  return books.map(({ size }, nth) => {
    const turns = results[nth] ?? [];
    const [p50, p99] = [median(turns.map((t) => t.p50)), median(turns.map((t) => t.p99))];
    const note = `${turns.reduce((sum, { count }) => sum + count, 0)} reads`;
    const figures = { p50: rounded(p50, 3), p99: rounded(p99, 3), note };
    report(line(engine, `${what}-${who}-${size}`, rounded(p50, 3), 'ms', figures));
    return p50;
  });
}

async function readSome(
  { port, history }: Book,
  what: string,
  owner: string,
  { load, token, effort }: Asking,
): Promise<LoadResult> {
  const past = new Date(history.midway).toISOString();
  const path = {
    balance: 'balances',
    statement: 'statement?limit=20',
    'as-of': `balances?effectiveAt=${past}`,
  }[what];
  const count = Math.ceil(effort.reads / TURNS);
  const of = { port, token, owner, what: path ?? '', connections: CONNECTIONS };
  const result = await load.ask<LoadResult>({ do: 'read', ...of, count, seconds: effort.seconds / TURNS });
  if (result.failures > 0) throw new Error(`${what} answered ${result.firstFailure}`);
  return result;
}

function line(
  engine: EngineName,
  name: string,
  value: number,
  unit: Line['unit'],
  more: Partial<Line> = {},
): Line {
  return { bench: 'reading', engine, case: name, value, unit, ...more };
}

/**
 * `reading`: how long a read takes in a book of a hundred thousand transactions and in one of a million, of the same
 * members, merchants and funds, so that what grows is their history alone.
 */
import type { Child } from './children.ts';
import { startChild } from './children.ts';
import { postgresDatabases, sqliteDatabases, type Site } from './databases.ts';
import { rounded, type Line, type Report } from './figures.ts';
import type { LoadQuestion, LoadResult } from './load.worker.ts';
import type { EngineName, PostingOptions } from './posting.ts';
import { growHistory, type History } from './history.ts';
import { buildStage, type Stage } from './stage.ts';
import type { ServerQuestion } from './server.worker.ts';

/** The stage alone makes some eighteen thousand transactions; each size lies above that. */
const SCALE = { members: 1_000, spenders: 2_000, expiring: 1 };
const WHOLE = { sizes: [100_000, 1_000_000], reads: 5_000, seconds: 60 };
const QUICK = { sizes: [25_000, 75_000], reads: 200, seconds: 5 };
/** Few enough that a read is timed and not its queue. */
const CONNECTIONS = 1;

type Times = Map<string, number>;

export async function runReading(options: PostingOptions, report: Report): Promise<void> {
  const { sizes, ...effort } = options.quick ? QUICK : WHOLE;
  const wants = (name: string): boolean => options.only.length === 0 || options.only.includes(name);
  for (const engine of options.engines) {
    const databases = engine === 'sqlite' ? sqliteDatabases() : await postgresDatabases();
    try {
      const site = await databases.create();
      const now = Date.now();
      const stage = await buildStage(site, SCALE, now);
      const bySize: Times[] = [];
      for (const size of sizes) {
        const history = await growHistory(site, stage, { size, largest: Math.max(...sizes), now });
        bySize.push(await timeReads({ engine, site, stage, history, size, ...effort, wants, report }));
      }
      sayGrowth(engine, bySize, report);
    } finally {
      await databases.close();
    }
  }
}

async function timeReads(input: {
  engine: EngineName;
  site: Site;
  stage: Stage;
  history: History;
  size: number;
  reads: number;
  /** A read that takes long is done less often. */
  seconds: number;
  wants: (name: string) => boolean;
  report: Report;
}): Promise<Times> {
  const { engine, site, stage, history, size, reads, seconds, wants, report } = input;
  const server = startChild<ServerQuestion>('server');
  const load = startChild<LoadQuestion>('load');
  const times: Times = new Map();
  try {
    const { port } = await server.ask<{ port: number }>({ do: 'start', site, mode: 'whole' });
    const past = new Date(history.midway).toISOString();
    const reading = {
      balance: 'balances',
      statement: 'statement?limit=20',
      'as-of': `balances?effectiveAt=${past}`,
    };
    const owners = { member: history.member, merchant: history.merchant, fund: history.fund };
    for (const [what, path] of Object.entries(reading)) {
      if (!wants(what)) continue;
      for (const [who, owner] of Object.entries(owners)) {
        const read = (count: number): Promise<LoadResult> => {
          const common = { port, token: stage.token, owner, what: path };
          const of = { ...common, connections: CONNECTIONS, count, seconds };
          return load.ask<LoadResult>({ do: 'read', ...of });
        };
        await read(Math.ceil(reads / 10));
        const { p50, p99, count, failures, firstFailure } = await read(reads);
        if (failures > 0) throw new Error(`${what} of ${who} answered ${firstFailure}`);
        times.set(`${what} ${who}`, p50);
        const name = `${what}-${who}-${size}`;
        const note = `${count} reads`;
        report(
          line(engine, name, rounded(p50, 3), 'ms', { p50: rounded(p50, 3), p99: rounded(p99, 3), note }),
        );
      }
    }
  } finally {
    await load.stop();
    await (server as Child<ServerQuestion>).stop();
  }
  return times;
}

function sayGrowth(engine: EngineName, bySize: readonly Times[], report: Report): void {
  const [small, large] = bySize;
  for (const [name, before] of small ?? []) {
    const after = large?.get(name);
    if (after === undefined) continue;
    report(line(engine, `${name.replace(' ', '-')} large/small`, rounded(after / before, 2), 'ratio'));
  }
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
